package org.kerege.pattern.match;

import com.google.re2j.Pattern;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// The regular expression of a MATCHES comparison, searched for anywhere in a value. `.` takes line feeds, `$`
/// is the end or right before a last line feed, classes such as `\d` are Unicode's for text and ASCII's for
/// bytes, as PCRE has them with DOTALL and UNICODE.
///
/// Nearly every expression runs on re2j, in time linear in the value. What that cannot express (look-around,
/// back references, atomic groups, possessive repetition) runs on a backtracking engine that is stopped after
/// [#MAX_STEPS] steps; the question is then [Undecided], never answered wrongly. Source: STIX 2.1 §9.6.1.
final class RegexSearch {

    /// Characters that the backtracking engine may look at for one value.
    static final int MAX_STEPS = 5_000_000;

    private final @Nullable Pattern linear;
    private final java.util.regex.@Nullable Pattern backtracking;

    /// Whether the linear engine sees the same word boundaries only in ASCII text.
    private final boolean asciiOnly;

    private final String source;

    private RegexSearch(
            @Nullable Pattern linear,
            java.util.regex.@Nullable Pattern backtracking,
            boolean asciiOnly,
            String source) {
        this.linear = linear;
        this.backtracking = backtracking;
        this.asciiOnly = asciiOnly;
        this.source = source;
    }

    /// For values that are text; both are brought to NFC. Nothing where `regex` is no regular expression.
    static Optional<RegexSearch> forText(String regex) {
        return compile(Normalizer.normalize(regex, Normalizer.Form.NFC), true);
    }

    /// For values that are bytes, each a character up to U+00FF.
    static Optional<RegexSearch> forBytes(String regex) {
        return compile(regex, false);
    }

    private static Optional<RegexSearch> compile(String regex, boolean text) {
        RegexDialect dialect = new RegexDialect(regex);
        @Nullable Pattern linear = null;
        if (dialect.linear()) {
            try {
                linear = Pattern.compile(dialect.forLinearEngine(text), Pattern.DOTALL);
            } catch (com.google.re2j.PatternSyntaxException e) {
                // Not an error yet: the other engine knows more constructs.
                linear = null;
            }
        }
        boolean asciiOnly = text && dialect.hasWordBoundary();
        java.util.regex.@Nullable Pattern backtracking = null;
        if (linear == null || asciiOnly) {
            int flags = java.util.regex.Pattern.DOTALL | java.util.regex.Pattern.UNIX_LINES;
            if (text) {
                flags |=
                        java.util.regex.Pattern.UNICODE_CHARACTER_CLASS
                                | java.util.regex.Pattern.UNICODE_CASE;
            }
            try {
                backtracking =
                        java.util.regex.Pattern.compile(dialect.forBacktrackingEngine(), flags);
            } catch (PatternSyntaxException e) {
                if (linear == null) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new RegexSearch(linear, backtracking, asciiOnly, regex));
    }

    /// Whether `value` holds a match.
    ///
    /// @throws Undecided when that takes too many steps
    boolean foundIn(String value) {
        if (linear != null && (backtracking == null || !asciiOnly || isAscii(value))) {
            return linear.matcher(value).find();
        }
        return backtracking != null && foundByBacktracking(backtracking, value);
    }

    private boolean foundByBacktracking(java.util.regex.Pattern regex, String value) {
        try {
            return regex.matcher(new CountedText(value, 0, value.length(), new Steps())).find();
        } catch (StepsExceeded | StackOverflowError e) {
            // The engine recurses with the length of the value; running out of stack is running out
            // of
            // allowance, and leaves nothing behind.
            throw new Undecided(
                    "MATCHES '%s' took more than %,d steps on a value of %,d characters"
                            .formatted(
                                    source.length() <= 80 ? source : source.substring(0, 80) + "…",
                                    MAX_STEPS,
                                    value.length()));
        }
    }

    private static boolean isAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static final class Steps {
        private int taken;
    }

    private static final class StepsExceeded extends RuntimeException {
        StepsExceeded() {
            super("too many steps", null, false, false);
        }
    }

    /// Text that counts how often it is looked at.
    private record CountedText(String text, int from, int to, Steps steps) implements CharSequence {

        @Override
        public char charAt(int index) {
            if (++steps.taken > MAX_STEPS) {
                throw new StepsExceeded();
            }
            return text.charAt(from + index);
        }

        @Override
        public int length() {
            return to - from;
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new CountedText(text, from + start, from + end, steps);
        }

        @Override
        public String toString() {
            return text.substring(from, to);
        }
    }
}
