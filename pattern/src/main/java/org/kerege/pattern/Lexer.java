package org.kerege.pattern;

import java.util.Set;

/// Cuts the text of a pattern into tokens, one at a time. Besides the specification it takes what the widely
/// used grammar of OASIS takes: `==`, `<>`, a plus sign before a number, and comments (`//` to the end of the
/// line and `/* */`). Source: STIX 2.1 §9.2 (constants), §9.8 (white space, comments).
final class Lexer {

    static final Set<String> KEYWORDS =
            Set.of(
                    "AND",
                    "OR",
                    "NOT",
                    "FOLLOWEDBY",
                    "LIKE",
                    "MATCHES",
                    "ISSUBSET",
                    "ISSUPERSET",
                    "EXISTS",
                    "IN",
                    "START",
                    "STOP",
                    "WITHIN",
                    "SECONDS",
                    "REPEATS",
                    "TIMES");

    private final String text;
    private int at;

    Lexer(String text) {
        this.text = text;
    }

    /// The next token; at the end of the text [Token.Kind#END], as often as asked.
    Token next() {
        skipSpaceAndComments();
        int start = at;
        if (at == text.length()) {
            return new Token(Token.Kind.END, start, start);
        }
        char c = text.charAt(at);
        if (startsWord(c)) {
            return word();
        }
        if (c == '\'') {
            return string(Token.Kind.STRING, start);
        }
        if (startsNumber()) {
            return number();
        }
        return sign();
    }

    private Token sign() {
        int start = at;
        char c = text.charAt(at);
        char after = at + 1 < text.length() ? text.charAt(at + 1) : 0;
        return switch (c) {
            case '[' -> take(Token.Kind.OPEN_BRACKET, 1);
            case ']' -> take(Token.Kind.CLOSE_BRACKET, 1);
            case '(' -> take(Token.Kind.OPEN_PARENTHESIS, 1);
            case ')' -> take(Token.Kind.CLOSE_PARENTHESIS, 1);
            case ':' -> take(Token.Kind.COLON, 1);
            case '.' -> take(Token.Kind.DOT, 1);
            case ',' -> take(Token.Kind.COMMA, 1);
            case '*' -> take(Token.Kind.ASTERISK, 1);
            case '=' -> take(Token.Kind.EQUAL, after == '=' ? 2 : 1);
            case '<' ->
                    switch (after) {
                        case '=' -> take(Token.Kind.LESS_OR_EQUAL, 2);
                        case '>' -> take(Token.Kind.NOT_EQUAL, 2);
                        default -> take(Token.Kind.LESS, 1);
                    };
            case '>' ->
                    after == '='
                            ? take(Token.Kind.GREATER_OR_EQUAL, 2)
                            : take(Token.Kind.GREATER, 1);
            case '!' -> {
                if (after == '=') {
                    yield take(Token.Kind.NOT_EQUAL, 2);
                }
                throw fault(start, "'!' stands alone", "Not equal is written !=");
            }
            case '"' ->
                    throw fault(
                            start, "'\"' begins no token", "Strings stand in single quotes: 'a'");
            case '\u2018', '\u2019', '\u201c', '\u201d' ->
                    throw fault(
                            start,
                            "a typographic quotation mark begins no token",
                            "Strings stand in straight single quotes: 'a'");
            case '-', '+' ->
                    throw fault(start, "a sign with no digit right after it", "Write -1, not - 1");
            default -> {
                int codePoint = text.codePointAt(at);
                String shown =
                        Character.isISOControl(codePoint)
                                        || Character.getType(codePoint) == Character.FORMAT
                                        || Character.getType(codePoint) == Character.SURROGATE
                                ? "U+%04X".formatted(codePoint)
                                : "'" + Character.toString(codePoint) + "'";
                throw fault(start, shown + " begins no token", "");
            }
        };
    }

    private Token take(Token.Kind kind, int length) {
        at += length;
        return new Token(kind, at - length, at);
    }

    private Token word() {
        int start = at;
        at++;
        while (at < text.length() && continuesWord(text.charAt(at))) {
            at++;
        }
        if (at == start + 1 && at < text.length() && text.charAt(at) == '\'') {
            switch (text.charAt(start)) {
                case 'b' -> {
                    return string(Token.Kind.BINARY, start);
                }
                case 'h' -> {
                    return string(Token.Kind.HEX, start);
                }
                case 't' -> {
                    return string(Token.Kind.TIMESTAMP, start);
                }
                default -> {}
            }
        }
        String word = text.substring(start, at);
        if (KEYWORDS.contains(word)) {
            return new Token(Token.Kind.KEYWORD, start, at);
        }
        return word.equals("true") || word.equals("false")
                ? new Token(Token.Kind.TRUTH, start, at)
                : new Token(Token.Kind.WORD, start, at);
    }

    /// Reads from the opening quote at `at`; `start` is where the prefix, if any, begins.
    private Token string(Token.Kind kind, int start) {
        int quote = at;
        at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'') {
                at++;
                return new Token(kind, start, at);
            }
            if (c == '\\') {
                char after = at + 1 < text.length() ? text.charAt(at + 1) : 0;
                if (after != '\'' && after != '\\') {
                    throw fault(
                            at,
                            "a backslash before neither a single quote nor a backslash",
                            "Write a backslash as \\\\");
                }
                at++;
            }
            at++;
        }
        throw fault(
                quote,
                "the string that begins here has no closing quote",
                "Close it with ' and write a quote inside it as \\'");
    }

    private boolean startsNumber() {
        int i = at;
        char c = text.charAt(i);
        if (c == '-' || c == '+') {
            i++;
        }
        if (i < text.length() && text.charAt(i) == '.') {
            i++;
        }
        return i < text.length() && isDigit(text.charAt(i));
    }

    private Token number() {
        int start = at;
        if (!isDigit(text.charAt(at)) && text.charAt(at) != '.') {
            at++;
        }
        int digits = at;
        skipDigits();
        boolean fraction =
                at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1));
        if (fraction) {
            at++;
            skipDigits();
        } else if (at - digits > 1 && text.charAt(digits) == '0') {
            throw fault(start, "an integer with a leading zero", "Leave the zero out");
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            throw fault(at, "a number has no exponent", "Write its digits out");
        }
        return new Token(fraction ? Token.Kind.DECIMAL : Token.Kind.INTEGER, start, at);
    }

    private void skipDigits() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private void skipSpaceAndComments() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isSpace(c)) {
                at++;
            } else if (text.startsWith("//", at)) {
                while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
                    at++;
                }
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw fault(at, "the comment that begins here has no end", "End it with */");
                }
                at = end + 2;
            } else {
                return;
            }
        }
    }

    /// Unicode property White_Space.
    private static boolean isSpace(char c) {
        return c == ' '
                || (c >= '\t' && c <= '\r')
                || c == '\u0085'
                || c == '\u00a0'
                || c == '\u1680'
                || (c >= '\u2000' && c <= '\u200a')
                || c == '\u2028'
                || c == '\u2029'
                || c == '\u202f'
                || c == '\u205f'
                || c == '\u3000';
    }

    private static boolean startsWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean continuesWord(char c) {
        return startsWord(c) || isDigit(c) || c == '-';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// A refusal that points at `offset`.
    MalformedPattern fault(int offset, String problem, String remedy) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new MalformedPattern(offset, line, offset - lineStart + 1, problem, remedy);
    }
}
