package org.kerege.stix.validation;

import java.util.Locale;
import java.util.Set;

/// Language tags of RFC 5646: well-formed (§2.1), with a language that ISO 639 and the Unicode locale data
/// know. Region and script are looked at for their form alone, as registries of them grow.
final class LanguageTag {

    private static final Set<String> TWO_LETTERS = Set.of(Locale.getISOLanguages());

    /// Codes of ISO 639-2 that have another one for terminology; RFC 5646 uses the other one.
    private static final Set<String> BIBLIOGRAPHIC =
            Set.of(
                    "alb", "arm", "baq", "bur", "chi", "cze", "dut", "fre", "geo", "ger", "gre",
                    "ice", "mac", "mao", "may", "per", "rum", "slo", "tib", "wel");

    private LanguageTag() {}

    static boolean isValid(String text) {
        if (text.isEmpty() || text.length() > 100) {
            return false;
        }
        String[] parts = text.split("-", -1);
        int extension = -1;
        for (int i = 0; i < parts.length; i++) {
            if (!isAlphanumeric(parts[i])) {
                return false;
            }
            if (extension < 0 && parts[i].length() == 1) {
                extension = i;
            }
        }
        boolean extensionHasContent = extension < parts.length - 1;
        if (extension == 0) {
            return extensionHasContent && (parts[0].equals("x") || parts[0].equals("i"));
        }
        int end = extension < 0 ? parts.length : extension;
        return extensionHasContent && isLanguage(parts[0]) && hasFormOfTail(parts, end);
    }

    /// Also the three-letter codes of ISO 639-2 for libraries, which older content has.
    static boolean isValidOrBibliographic(String text) {
        return isValid(text) || BIBLIOGRAPHIC.contains(text);
    }

    private static boolean isLanguage(String code) {
        if (code.length() == 2) {
            return TWO_LETTERS.contains(code.toLowerCase(Locale.ROOT));
        }
        if (code.length() != 3 || !isAlphabetic(code)) {
            return false;
        }
        String lower = code.toLowerCase(Locale.ROOT);
        return !Locale.of(lower).getDisplayLanguage(Locale.ENGLISH).equals(lower);
    }

    /// Extended languages, then a script, a region and variants, each optional and in this order.
    private static boolean hasFormOfTail(String[] parts, int end) {
        int next = 1;
        while (next < end && next <= 3 && parts[next].length() == 3 && isAlphabetic(parts[next])) {
            next++;
        }
        if (next < end && parts[next].length() == 4 && isAlphabetic(parts[next])) {
            next++;
        }
        if (next < end && isRegion(parts[next])) {
            next++;
        }
        while (next < end && isVariant(parts[next])) {
            next++;
        }
        return next == end;
    }

    private static boolean isRegion(String part) {
        return part.length() == 2
                ? isAlphabetic(part)
                : part.length() == 3 && part.chars().allMatch(c -> Formats.isDigit((char) c));
    }

    private static boolean isVariant(String part) {
        return part.length() >= 5 || (part.length() == 4 && Formats.isDigit(part.charAt(0)));
    }

    private static boolean isAlphabetic(String part) {
        return part.chars().allMatch(c -> Formats.isLetter((char) c));
    }

    private static boolean isAlphanumeric(String part) {
        return !part.isEmpty()
                && part.length() <= 8
                && part.chars()
                        .allMatch(c -> Formats.isLetter((char) c) || Formats.isDigit((char) c));
    }
}
