package org.kerege.pattern.sigma;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A text with wildcards: `*` for any run of characters, `?` for one; `\*`, `\?` and `\\` stand for themselves, and so
/// does any other backslash. Source: Sigma rules specification 2.0, "Wildcards" and "Escaping".
///
/// @param parts texts as they are, `null`-free; wildcards stand as [Wildcard]
record SigmaText(List<Object> parts) {

    /// A wildcard.
    enum Wildcard {
        RUN,
        ONE
    }

    SigmaText {
        parts = List.copyOf(parts);
    }

    static SigmaText parse(String written) {
        List<Object> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            boolean escapes = c == '\\' && i + 1 < written.length();
            if (escapes && "*?\\".indexOf(written.charAt(i + 1)) >= 0) {
                plain.append(written.charAt(++i));
            } else if (c == '*' || c == '?') {
                end(plain, parts);
                parts.add(c == '*' ? Wildcard.RUN : Wildcard.ONE);
            } else {
                plain.append(c);
            }
        }
        end(plain, parts);
        return new SigmaText(parts);
    }

    static SigmaText plain(String text) {
        return new SigmaText(text.isEmpty() ? List.of() : List.of(text));
    }

    private static void end(StringBuilder plain, List<Object> parts) {
        if (!plain.isEmpty()) {
            parts.add(plain.toString());
            plain.setLength(0);
        }
    }

    boolean isPlain() {
        return parts.stream().allMatch(String.class::isInstance);
    }

    /// The text of one that is plain.
    String text() {
        StringBuilder text = new StringBuilder();
        parts.forEach(text::append);
        return text.toString();
    }

    /// The same with any text before or after it.
    SigmaText within(boolean before, boolean after) {
        List<Object> wider = new ArrayList<>(parts);
        if (before && (wider.isEmpty() || wider.getFirst() != Wildcard.RUN)) {
            wider.addFirst(Wildcard.RUN);
        }
        if (after && (wider.isEmpty() || wider.getLast() != Wildcard.RUN)) {
            wider.addLast(Wildcard.RUN);
        }
        return new SigmaText(wider);
    }

    /// The regular expression that finds it.
    String regex(boolean cased) {
        StringBuilder regex = new StringBuilder(cased ? "" : "(?i)");
        int first = 0;
        int last = parts.size();
        if (parts.size() > 1 && parts.getFirst() == Wildcard.RUN) {
            first = 1;
        }
        if (last - first > 1 && parts.getLast() == Wildcard.RUN) {
            last--;
        }
        if (parts.subList(first, last).stream().anyMatch(Wildcard.class::isInstance)) {
            regex.append("(?s)");
        }
        regex.append(first == 0 ? "^" : "");
        for (Object part : parts.subList(first, last)) {
            switch (part) {
                case Wildcard.RUN -> regex.append(".*");
                case Wildcard.ONE -> regex.append('.');
                default -> escape(part.toString(), regex);
            }
        }
        return regex.append(last == parts.size() ? "$" : "").toString();
    }

    private static void escape(String text, StringBuilder into) {
        text.codePoints()
                .forEach(c -> {
                    if (c < 0x80 && !Character.isLetterOrDigit(c) && c > ' ') {
                        into.append('\\');
                    }
                    into.appendCodePoint(c);
                });
    }

    /// What stands behind a first run and one separator of a path, where no other separator and no run follows: then
    /// it is the name of a file. Null otherwise.
    @Nullable SigmaText fileName() {
        if (parts.size() < 2
                || parts.getFirst() != Wildcard.RUN
                || !(parts.get(1) instanceof String begin)
                || !isSeparator(begin.charAt(0))
                || begin.length() == 1) {
            return null;
        }
        List<Object> name = new ArrayList<>(parts.subList(1, parts.size()));
        name.set(0, begin.substring(1));
        boolean whole =
                name.stream()
                        .allMatch(part ->
                                part instanceof String text
                                        && text.chars().noneMatch(SigmaText::isSeparator));
        return whole ? new SigmaText(name) : null;
    }

    private static boolean isSeparator(int c) {
        return c == '\\' || c == '/';
    }
}
