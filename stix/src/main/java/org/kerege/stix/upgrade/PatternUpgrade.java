package org.kerege.stix.upgrade;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A pattern of STIX 2.0 as one of STIX 2.1: the times of `START … STOP …` become timestamp literals, and object
/// paths take the names that properties have now. Everything else, white space included, stays as it is, also
/// where the text is no pattern. Source: STIX 2.0 part 5 §4, STIX 2.1 §9.
final class PatternUpgrade {

    /// A quoted text after START or STOP, any other quoted text, or an object path up to its first step and
    /// what follows. Possessive, so that no text makes the search go back.
    private static final Pattern PLACE =
            Pattern.compile(
                    "(?<window>\\b(?:START|STOP)\\s++)(?<time>'[^'\\\\]*+')"
                            + "|'(?:[^'\\\\]|\\\\.)*+'"
                            + "|(?<type>[a-z0-9-]++):(?<steps>(?:[A-Za-z0-9_.-]++|'(?:[^'\\\\]|\\\\.)*+'|\\[[0-9*]++])++)",
                    Pattern.DOTALL);

    private PatternUpgrade() {}

    static String upgrade(String pattern) {
        Matcher places = PLACE.matcher(pattern);
        return places.replaceAll(place -> Matcher.quoteReplacement(replacement(place)));
    }

    private static String replacement(MatchResult place) {
        if (place.group("window") != null) {
            return place.group("window") + "t" + place.group("time");
        }
        String type = place.group("type");
        return type == null ? place.group() : type + ":" + steps(type, place.group("steps"));
    }

    private static String steps(String type, String path) {
        String[] steps = path.split("\\.", -1);
        Map<String, String> names = Renames.ofType(type);
        steps[0] = renamed(steps[0], names);
        for (int i = 1; i < steps.length; i++) {
            String before = steps[i - 1];
            if (before.equals("hashes") || before.endsWith("_hashes")) {
                steps[i] = renamed(steps[i], Renames.ofHashes());
            } else if (i == 2 && steps[0].equals("extensions")) {
                steps[i] = renamed(steps[i], Renames.ofExtension(unquoted(before)));
            }
        }
        return String.join(".", steps);
    }

    /// The step with its new name; list steps after it stay.
    private static String renamed(String step, Map<String, String> names) {
        int list = step.indexOf('[');
        String name = list < 0 ? step : step.substring(0, list);
        String renamed = names.get(unquoted(name));
        return renamed == null ? step : renamed + step.substring(name.length());
    }

    private static String unquoted(String step) {
        boolean quoted = step.length() > 1 && step.startsWith("'") && step.endsWith("'");
        return quoted ? step.substring(1, step.length() - 1) : step;
    }
}
