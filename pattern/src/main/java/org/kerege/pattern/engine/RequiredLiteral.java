package org.kerege.pattern.engine;

import java.util.Optional;

/// The longest text that every match of a regular expression holds, read off its outermost level. Whatever this does
/// not know for certain ends a run or gives up: a shorter literal costs time, a wrong one would lose matches.
final class RequiredLiteral {

    private final String regex;
    private final StringBuilder run = new StringBuilder();
    private String longest = "";
    private int at;

    private RequiredLiteral(String regex) {
        this.regex = regex;
    }

    /// The literal of `regex`, nothing where none is certain.
    static Optional<String> of(String regex) {
        return new RequiredLiteral(regex).search();
    }

    private Optional<String> search() {
        while (at < regex.length()) {
            char c = regex.charAt(at);
            switch (c) {
                case '|' -> {
                    return Optional.empty();
                }
                case '(' -> {
                    if (!skipGroup()) {
                        return Optional.empty();
                    }
                }
                case '[' -> {
                    end();
                    skipClass();
                    skipQuantifier();
                }
                case '\\' -> {
                    if (!escape()) {
                        return Optional.empty();
                    }
                }
                case '.', '^', '$' -> {
                    end();
                    at++;
                    skipQuantifier();
                }
                default -> {
                    at++;
                    literal(c);
                }
            }
        }
        end();
        return longest.isEmpty() ? Optional.empty() : Optional.of(longest);
    }

    /// Takes one character with the quantifier behind it.
    private void literal(char c) {
        // What folds in other ways than ASCII, or may be written in two forms, is not relied on.
        boolean certain = c < 0x80;
        boolean quantified = at < regex.length() && "*+?{".indexOf(regex.charAt(at)) >= 0;
        if (certain && !quantified) {
            run.append(c);
            return;
        }
        if (certain && regex.charAt(at) == '+') {
            run.append(c);
        }
        end();
        skipQuantifier();
    }

    private void end() {
        if (run.length() > longest.length()) {
            longest = run.toString();
        }
        run.setLength(0);
    }

    private boolean escape() {
        if (at + 1 >= regex.length()) {
            return false;
        }
        char c = regex.charAt(at + 1);
        at += 2;
        if (c < 0x80 && !Character.isLetterOrDigit(c)) {
            literal(c);
            return true;
        }
        end();
        // Code points, properties, control characters and quotations have more text behind them.
        if ("xpPcNuokgQE".indexOf(c) >= 0 || Character.isDigit(c)) {
            return false;
        }
        skipQuantifier();
        return true;
    }

    /// Skips a group as a whole; whether what it says about the rest is known.
    private boolean skipGroup() {
        end();
        if (regex.startsWith("(?i)", at) || regex.startsWith("(?s)", at)) {
            at += 4;
            return true;
        }
        boolean plain =
                !regex.startsWith("(?", at)
                        || regex.startsWith("(?:", at)
                        || regex.startsWith("(?P<", at);
        if (!plain || regex.startsWith("(*", at)) {
            return false;
        }
        int depth = 0;
        while (at < regex.length()) {
            char c = regex.charAt(at);
            if (c == '\\') {
                if (regex.startsWith("\\Q", at)) {
                    return false;
                }
                at += 2;
            } else if (c == '[') {
                skipClass();
            } else {
                at++;
                if (c == '(') {
                    if (regex.startsWith("?", at) && !regex.startsWith("?:", at) && depth > 0) {
                        return false;
                    }
                    depth++;
                } else if (c == ')' && --depth == 0) {
                    skipQuantifier();
                    return true;
                }
            }
        }
        return false;
    }

    private void skipClass() {
        at++;
        if (regex.startsWith("^", at)) {
            at++;
        }
        if (regex.startsWith("]", at)) {
            at++;
        }
        while (at < regex.length() && regex.charAt(at) != ']') {
            int named = endOfNamedClass();
            at = named > 0 ? named : at + (regex.charAt(at) == '\\' ? 2 : 1);
        }
        at++;
    }

    /// Behind `[:name:]` where that stands here, else negative.
    private int endOfNamedClass() {
        int end = regex.startsWith("[:", at) ? regex.indexOf(":]", at + 2) : -1;
        boolean named =
                end > 0
                        && regex.substring(at + 2, end)
                                .chars()
                                .allMatch(c -> c == '^' || Character.isLetter(c));
        return named ? end + 2 : -1;
    }

    private void skipQuantifier() {
        while (at < regex.length()) {
            char c = regex.charAt(at);
            if (c == '*' || c == '+' || c == '?') {
                at++;
            } else if (c == '{') {
                int close = regex.indexOf('}', at);
                boolean counts =
                        close > 0
                                && regex.substring(at + 1, close)
                                        .chars()
                                        .allMatch(d -> d == ',' || (d >= '0' && d <= '9'));
                at = counts ? close + 1 : at + 1;
            } else {
                return;
            }
        }
    }
}
