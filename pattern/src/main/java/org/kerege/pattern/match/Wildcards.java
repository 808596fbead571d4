package org.kerege.pattern.match;

import java.text.Normalizer;

/// The template of a LIKE comparison: `%` for any run of characters, `_` for exactly one, both line feeds
/// included. Template and value are brought to NFC; a character is a code point. Work is at most the product of
/// the two lengths. Source: STIX 2.1 §9.6.1.
final class Wildcards {

    private static final int RUN = '%';
    private static final int ONE = '_';

    private final int[] template;

    Wildcards(String template) {
        this.template = Normalizer.normalize(template, Normalizer.Form.NFC).codePoints().toArray();
    }

    boolean matches(String value) {
        int[] text = Normalizer.normalize(value, Normalizer.Form.NFC).codePoints().toArray();
        int at = 0;
        int wanted = 0;
        int lastRun = -1;
        int runEnd = 0;
        // Only the last % ever needs another try: an earlier one that ends later leaves less for
        // the rest.
        while (at < text.length) {
            if (wanted < template.length && template[wanted] == RUN) {
                lastRun = wanted++;
                runEnd = at;
            } else if (wanted < template.length
                    && (template[wanted] == ONE || template[wanted] == text[at])) {
                wanted++;
                at++;
            } else if (lastRun >= 0) {
                wanted = lastRun + 1;
                at = ++runEnd;
            } else {
                return false;
            }
        }
        while (wanted < template.length && template[wanted] == RUN) {
            wanted++;
        }
        return wanted == template.length;
    }
}
