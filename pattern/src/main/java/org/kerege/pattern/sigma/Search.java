package org.kerege.pattern.sigma;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.pattern.sigma.Logic.Ask;

/// Reads one search of a rule: a map of fields, all of which must hold, or a list of maps, one of which must.
/// Source: Sigma rules specification 2.0, "Detection", and appendix "Modifiers".
final class Search {

    /// Most values and fields of one rule.
    private static final int MOST = 20_000;

    private static final List<String> DASHES = List.of("-", "/", "\u2013", "\u2014", "\u2015");

    private int read;

    /// @param search as YAML has it
    Logic read(Object search) throws Irreducible {
        return switch (search) {
            case Map<?, ?> map -> map(map);
            case List<?> list -> {
                List<Logic> any = new ArrayList<>();
                for (Object one : list) {
                    if (!(one instanceof Map<?, ?> map)) {
                        throw keyword();
                    }
                    any.add(map(map));
                }
                if (any.isEmpty()) {
                    throw new Irreducible("a search of it is empty");
                }
                yield new Logic.Or(any);
            }
            default -> throw keyword();
        };
    }

    private static Irreducible keyword() {
        return new Irreducible("it looks for words anywhere in an event");
    }

    private Logic map(Map<?, ?> map) throws Irreducible {
        List<Logic> all = new ArrayList<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            all.add(field(String.valueOf(entry.getKey()), entry.getValue()));
        }
        if (all.isEmpty()) {
            throw new Irreducible("a search of it is empty");
        }
        return new Logic.And(all);
    }

    private Logic field(String key, @Nullable Object value) throws Irreducible {
        String[] words = key.split("\\|", -1);
        if (words[0].isEmpty()) {
            throw keyword();
        }
        List<String> modifiers = new ArrayList<>(List.of(words).subList(1, words.length));
        boolean all = modifiers.remove("all");
        boolean negated = modifiers.remove("neq");
        List<?> values = value instanceof List<?> list ? list : new ArrayList<>(single(value));
        List<Logic> asked = new ArrayList<>();
        for (Object one : values) {
            List<Logic> forms = new ArrayList<>();
            for (Ask ask : asks(one, modifiers)) {
                if (++read > MOST) {
                    throw new Irreducible("it has more than " + MOST + " values");
                }
                forms.add(new Logic.Field(words[0], ask));
            }
            asked.add(forms.size() == 1 ? forms.getFirst() : new Logic.Or(forms));
        }
        if (asked.isEmpty()) {
            throw new Irreducible("a search of it is empty");
        }
        Logic logic = all ? new Logic.And(asked) : new Logic.Or(asked);
        return negated ? new Logic.Not(logic) : logic;
    }

    private static List<@Nullable Object> single(@Nullable Object value) {
        List<@Nullable Object> one = new ArrayList<>();
        one.add(value);
        return one;
    }

    /// What a value with its modifiers asks; several where any of them will do.
    private static List<Ask> asks(@Nullable Object value, List<String> modifiers)
            throws Irreducible {
        if (value == null) {
            return List.of(new Ask.Present(false));
        }
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            throw new Irreducible("a value of it is no text and no number");
        }
        String written = String.valueOf(value);
        if (modifiers.contains("re")) {
            return List.of(regex(written, modifiers));
        }
        List<SigmaText> forms = List.of(SigmaText.parse(written));
        boolean cased = false;
        boolean before = false;
        boolean after = false;
        for (String modifier : modifiers) {
            switch (modifier.toLowerCase(Locale.ROOT)) {
                case "contains" -> {
                    before = true;
                    after = true;
                }
                case "startswith" -> after = true;
                case "endswith" -> before = true;
                case "cased" -> cased = true;
                case "windash" -> forms = dashed(forms);
                case "wide", "utf16le", "utf16" -> forms = wide(plain(forms), modifier);
                case "base64" -> forms = base64(plain(forms));
                case "base64offset" -> forms = base64AtAnyOffset(plain(forms));
                case "cidr" -> {
                    return List.of(new Ask.Network(written));
                }
                case "exists" -> {
                    return List.of(new Ask.Present(Boolean.parseBoolean(written)));
                }
                case "lt", "lte", "gt", "gte" -> {
                    return List.of(order(modifier, written));
                }
                default ->
                        throw new Irreducible(
                                "no pattern says what its modifier '"
                                        + (modifier.length() > 30 ? "?" : modifier)
                                        + "' says");
            }
        }
        List<Ask> asks = new ArrayList<>();
        for (SigmaText form : forms) {
            asks.add(new Ask.Text(form.within(before, after), cased));
        }
        return asks;
    }

    private static Ask regex(String regex, List<String> modifiers) throws Irreducible {
        StringBuilder flags = new StringBuilder();
        for (String modifier : modifiers) {
            switch (modifier) {
                case "re" -> {
                    // That is what it is.
                }
                case "i", "m", "s" -> flags.append("(?").append(modifier).append(')');
                default ->
                        throw new Irreducible(
                                "no pattern says what the modifiers of its expression say");
            }
        }
        return new Ask.Regex(flags + regex);
    }

    private static Ask order(String modifier, String written) throws Irreducible {
        try {
            String sign = modifier.startsWith("lt") ? "<" : ">";
            return new Ask.Order(
                    modifier.endsWith("e") ? sign + "=" : sign, Long.parseLong(written));
        } catch (NumberFormatException e) {
            throw new Irreducible("it compares by order with what is no whole number");
        }
    }

    /// A hyphen before an option may be any of the dashes that Windows takes for one.
    private static List<SigmaText> dashed(List<SigmaText> forms) {
        Set<SigmaText> all = new LinkedHashSet<>();
        for (SigmaText form : forms) {
            for (String dash : DASHES) {
                all.add(
                        new SigmaText(
                                form.parts().stream()
                                        .map(part ->
                                                part instanceof String text
                                                        ? text.replaceAll(
                                                                "(?<![\\p{L}\\p{N}_])[-/](?=[\\p{L}\\p{N}_])",
                                                                java.util.regex.Matcher
                                                                        .quoteReplacement(dash))
                                                        : part)
                                        .toList()));
            }
        }
        return List.copyOf(all);
    }

    private static List<SigmaText> plain(List<SigmaText> forms) throws Irreducible {
        for (SigmaText form : forms) {
            if (!form.isPlain()) {
                throw new Irreducible("a value with a wildcard cannot be encoded");
            }
        }
        return forms;
    }

    /// In two bytes a character, each byte as a character of its own.
    private static List<SigmaText> wide(List<SigmaText> forms, String modifier) {
        String mark = modifier.equals("utf16") ? "\u00ff\u00fe" : "";
        return forms.stream()
                .map(form ->
                        SigmaText.plain(
                                mark
                                        + new String(
                                                form.text().getBytes(StandardCharsets.UTF_16LE),
                                                StandardCharsets.ISO_8859_1)))
                .toList();
    }

    private static byte[] bytes(SigmaText form) {
        String text = form.text();
        boolean encoded = text.indexOf('\0') >= 0;
        return text.getBytes(encoded ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private static List<SigmaText> base64(List<SigmaText> forms) {
        return forms.stream()
                .map(form -> SigmaText.plain(Base64.getEncoder().encodeToString(bytes(form))))
                .toList();
    }

    /// What stays the same of an encoded text, whichever of three offsets it stands at.
    private static List<SigmaText> base64AtAnyOffset(List<SigmaText> forms) {
        int[] skipped = {0, 2, 3};
        int[] cut = {0, 3, 2};
        List<SigmaText> all = new ArrayList<>();
        for (SigmaText form : forms) {
            byte[] text = bytes(form);
            for (int offset = 0; offset < 3; offset++) {
                byte[] shifted = new byte[offset + text.length];
                System.arraycopy(text, 0, shifted, offset, text.length);
                String encoded = Base64.getEncoder().encodeToString(shifted);
                all.add(
                        SigmaText.plain(
                                encoded.substring(
                                        skipped[offset],
                                        encoded.length() - cut[shifted.length % 3])));
            }
        }
        return all;
    }
}
