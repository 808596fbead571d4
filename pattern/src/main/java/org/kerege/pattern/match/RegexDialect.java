package org.kerege.pattern.match;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A PCRE regular expression, rewritten for the engines that run it. Only what they read differently is
/// touched: `$`, the classes `\d \w \s` for Unicode, POSIX classes and brackets inside a bracket expression, names
/// of groups, comments.
final class RegexDialect {

    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

    /// PCRE's spellings that the backtracking engine does not read, or of names that it does not take.
    private static final Pattern OWN_SPELLINGS =
            Pattern.compile(
                    """
                    \\(\\?P?<(?<group>NAME)>\
                    |(?:\\(\\?P=|\\\\k[<{'])(?<reference>NAME)[)>}']\
                    |\\\\g(?:\\{(?=\\d+})|(?=\\d))(?<number>\\d+)}?\
                    |\\(\\?#[^)]*\\)\
                    |\\\\[NK](?!\\{)\
                    """
                            .replace("NAME", NAME));

    private final String regex;
    private final boolean wordBoundary;
    private final boolean linear;

    RegexDialect(String regex) {
        this.regex = regex;
        boolean boundary = false;
        boolean simple = true;
        boolean inClass = false;
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '\\' && i + 1 < regex.length()) {
                char escaped = regex.charAt(++i);
                if (!inClass) {
                    boundary |= escaped == 'b' || escaped == 'B';
                    // \Z is not in re2j; \Q would hide what follows from this scan.
                    simple &= "ZGKRXNhHvVQE".indexOf(escaped) < 0;
                }
            } else if (inClass) {
                inClass = c != ']';
            } else if (c == '[') {
                inClass = true;
                if (regex.startsWith("^", i + 1)) {
                    i++;
                }
                if (regex.startsWith("]", i + 1)) {
                    i++;
                }
            } else if (c == '$') {
                // In the middle of an expression, "before the last line feed" is a look-ahead.
                simple &=
                        i + 1 == regex.length()
                                || regex.charAt(i + 1) == ')'
                                || regex.charAt(i + 1) == '|';
            } else if (c == '(' && regex.startsWith("?", i + 1)) {
                // Flags can change what $ and white space mean.
                simple &= simpleGroup(i + 2);
            }
        }
        this.wordBoundary = boundary;
        this.linear = simple;
    }

    private boolean simpleGroup(int at) {
        return regex.startsWith(":", at)
                || regex.startsWith("P<", at)
                || regex.startsWith("i)", at)
                || regex.startsWith("i:", at)
                || regex.startsWith("s)", at)
                || regex.startsWith("is)", at)
                || regex.startsWith("si)", at)
                || (regex.startsWith("<", at)
                        && !regex.startsWith("<=", at)
                        && !regex.startsWith("<!", at));
    }

    boolean hasWordBoundary() {
        return wordBoundary;
    }

    /// Whether the linear engine can run it as PCRE would, so far as a look at it tells.
    boolean linear() {
        return linear;
    }

    /// @param unicode whether `\d`, `\w` and `\s` are Unicode's
    String forLinearEngine(boolean unicode) {
        StringBuilder out = new StringBuilder(regex.length() + 16);
        boolean inClass = false;
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '\\' && i + 1 < regex.length()) {
                char escaped = regex.charAt(++i);
                String members = unicode ? unicodeMembers(escaped) : "";
                if (members.isEmpty()) {
                    out.append(escape(escaped));
                } else if (Character.isLowerCase(escaped)) {
                    out.append(inClass ? members : "[" + members + "]");
                } else if (inClass) {
                    out.append(c).append(escaped);
                } else {
                    out.append("[^").append(members).append(']');
                }
            } else if (inClass) {
                if (c == '[' && regex.startsWith(":", i + 1) && regex.indexOf(":]", i + 2) > 0) {
                    int end = regex.indexOf(":]", i + 2) + 2;
                    out.append(regex, i, end);
                    i = end - 1;
                } else {
                    inClass = c != ']';
                    out.append(c);
                }
            } else if (c == '[') {
                inClass = true;
                out.append(c);
                if (regex.startsWith("^", i + 1)) {
                    out.append(regex.charAt(++i));
                }
                if (regex.startsWith("]", i + 1)) {
                    out.append("\\]");
                    i++;
                }
            } else if (c == '$') {
                out.append("(?:\\n?\\z)");
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String escape(char escaped) {
        // PCRE takes any escaped character that is no letter or digit for itself; the engines know
        // ASCII ones.
        return escaped < 0x80 ? "\\" + escaped : Character.toString(escaped);
    }

    private static String unicodeMembers(char escaped) {
        return switch (escaped) {
            case 'd', 'D' -> "\\p{Nd}";
            case 'w', 'W' -> "\\p{L}\\p{N}\\p{Mn}\\p{Mc}\\p{Pc}";
            case 's', 'S' -> "\\x09-\\x0d\\x{85}\\p{Z}";
            default -> "";
        };
    }

    String forBacktrackingEngine() {
        StringBuilder out = new StringBuilder(regex.length() + 16);
        boolean inClass = false;
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            int spelled = inClass ? i : ownSpelling(i, out);
            if (spelled > i) {
                i = spelled - 1;
            } else if (c == '\\' && i + 1 < regex.length()) {
                out.append(escape(regex.charAt(++i)));
            } else if (!inClass && c == '[') {
                inClass = true;
                out.append(c);
                if (regex.startsWith("^", i + 1)) {
                    out.append(regex.charAt(++i));
                }
                if (regex.startsWith("]", i + 1)) {
                    out.append("\\]");
                    i++;
                }
            } else if (inClass && c == '[') {
                int end = regex.startsWith(":", i + 1) ? regex.indexOf(":]", i + 2) : -1;
                String name = end < 0 ? "" : posix(regex.substring(i + 2, end));
                // This engine reads a bracket as a nested class and && as an intersection.
                out.append(name.isEmpty() ? "\\[" : name);
                i = name.isEmpty() ? i : end + 1;
            } else if (inClass && c == '&') {
                out.append("\\&");
            } else {
                inClass = inClass && c != ']';
                out.append(c);
            }
        }
        return out.toString();
    }

    /// Writes what begins at `at` where this engine spells it otherwise.
    ///
    /// @return where the rest begins, `at` itself when both spell it alike
    private int ownSpelling(int at, StringBuilder out) {
        Matcher construct = OWN_SPELLINGS.matcher(regex).region(at, regex.length());
        if (!construct.lookingAt()) {
            return at;
        }
        String group = construct.group("group");
        String reference = construct.group("reference");
        if (group != null) {
            out.append("(?<").append(name(group)).append('>');
        } else if (reference != null) {
            out.append("\\k<").append(name(reference)).append('>');
        } else if (construct.group("number") != null) {
            out.append("(?:\\").append(construct.group("number")).append(')');
        } else if (construct.group().equals("\\N")) {
            out.append("[^\\n]");
        }
        // A comment says nothing, and where \K lets the match begin does not matter to whether
        // there is one.
        return construct.end();
    }

    /// Names of groups have no underscore here.
    private static String name(String group) {
        return group.replace("_", "0underscore0");
    }

    private static String posix(String name) {
        return switch (name) {
            case "alpha" -> "\\p{Alpha}";
            case "digit" -> "\\p{Digit}";
            case "alnum" -> "\\p{Alnum}";
            case "upper" -> "\\p{Upper}";
            case "lower" -> "\\p{Lower}";
            case "punct" -> "\\p{Punct}";
            case "space" -> "\\s";
            case "blank" -> "\\p{Blank}";
            case "xdigit" -> "\\p{XDigit}";
            case "cntrl" -> "\\p{Cntrl}";
            case "graph" -> "\\p{Graph}";
            case "print" -> "\\p{Print}";
            case "word" -> "\\w";
            default -> "";
        };
    }
}
