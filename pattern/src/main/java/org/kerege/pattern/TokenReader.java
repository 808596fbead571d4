package org.kerege.pattern;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.kerege.pattern.Token.Kind;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.Timestamp;

/// The tokens of a pattern with a view of the next one, and the values of constants. Every refusal points into
/// the text.
final class TokenReader {

    private static final int MAX_DIGITS = 1_000;
    private static final int MAX_COUNT_DIGITS = 18;
    private static final int EXCERPT_CHARS = 40;

    private final String text;
    private final Lexer lexer;
    private Token token;
    private int previousStart;

    TokenReader(String text) {
        this.text = text;
        this.lexer = new Lexer(text);
        if (text.length() > Pattern.MAX_CHARS) {
            throw lexer.fault(0, "a pattern of more than " + Pattern.MAX_CHARS + " characters", "");
        }
        this.token = lexer.next();
    }

    Kind kind() {
        return token.kind();
    }

    boolean is(Kind kind) {
        return token.kind() == kind;
    }

    boolean isKeyword(String keyword) {
        return token.kind() == Kind.KEYWORD && covers(keyword);
    }

    private boolean covers(String word) {
        return token.end() - token.start() == word.length() && text.startsWith(word, token.start());
    }

    /// Where the next token begins.
    int start() {
        return token.start();
    }

    /// The next token as written.
    String written() {
        return text.substring(token.start(), token.end());
    }

    void advance() {
        previousStart = token.start();
        token = lexer.next();
    }

    /// Passes the next token if it is a `kind`.
    boolean skip(Kind kind) {
        if (!is(kind)) {
            return false;
        }
        advance();
        return true;
    }

    boolean skipKeyword(String keyword) {
        if (!isKeyword(keyword)) {
            return false;
        }
        advance();
        return true;
    }

    void expect(Kind kind, String remedy) {
        if (!skip(kind)) {
            throw unexpected(kind.toString(), remedy);
        }
    }

    void expectKeyword(String keyword, String remedy) {
        if (!skipKeyword(keyword)) {
            throw unexpected(keyword, remedy);
        }
    }

    String takeWord() {
        String word = written();
        advance();
        return word;
    }

    /// The string constant that is next, without quotes and escapes.
    String takeString() {
        String value = unescaped(token.start() + 1, token.end() - 1);
        advance();
        return value;
    }

    private String unescaped(int from, int to) {
        String inner = text.substring(from, to);
        if (inner.indexOf('\\') < 0) {
            return inner;
        }
        StringBuilder value = new StringBuilder(inner.length());
        for (int i = 0; i < inner.length(); i++) {
            if (inner.charAt(i) == '\\') {
                i++;
            }
            value.append(inner.charAt(i));
        }
        return value.toString();
    }

    /// The number that is next, exactly.
    BigDecimal takeNumber() {
        if (token.end() - token.start() > MAX_DIGITS) {
            throw fault(token.start(), "a number of more than " + MAX_DIGITS + " digits", "");
        }
        BigDecimal number = new BigDecimal(written());
        advance();
        return number;
    }

    /// The integer that is next, as a count.
    long takeCount() {
        if (token.end() - token.start() > MAX_COUNT_DIGITS) {
            throw fault(token.start(), "a count of more than " + MAX_COUNT_DIGITS + " digits", "");
        }
        long count = Long.parseLong(written());
        advance();
        return count;
    }

    Timestamp takeTimestamp() {
        try {
            Timestamp value = Timestamp.parse(unescaped(token.start() + 2, token.end() - 1));
            advance();
            return value;
        } catch (MalformedStix e) {
            throw fault(
                    token.start(), String.valueOf(e.getMessage()), "Write t'2024-01-31T12:00:00Z'");
        }
    }

    Constant.Hex takeHex() {
        String digits = unescaped(token.start() + 2, token.end() - 1);
        boolean hexadecimal = digits.chars().allMatch(HexFormat::isHexDigit);
        if (!hexadecimal || digits.length() % 2 != 0) {
            throw fault(
                    token.start(),
                    "a hexadecimal constant of other than pairs of digits",
                    "Write h'0fff'");
        }
        advance();
        return new Constant.Hex(digits);
    }

    Constant.Binary takeBinary() {
        String inner = unescaped(token.start() + 2, token.end() - 1);
        // §9.2: line feeds inside the constant must be supported.
        String base64 = inner.replace("\n", "").replace("\r", "");
        if (!isBase64(base64)) {
            throw fault(
                    token.start(),
                    "a binary constant that is not base64 with padding (RFC 4648 §4)",
                    "Write b'ABI='");
        }
        advance();
        return new Constant.Binary(base64);
    }

    private static boolean isBase64(String text) {
        if (text.length() % 4 != 0) {
            return false;
        }
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// A refusal of the next token.
    ///
    /// @param expected what may stand here
    MalformedPattern unexpected(String expected, String remedy) {
        return fault(token.start(), "expected " + expected + ", found " + found(), hint(remedy));
    }

    /// `remedy`, or advice that the next token itself calls for.
    private String hint(String remedy) {
        if (token.kind() == Kind.WORD) {
            String upper = written().toUpperCase(Locale.ROOT);
            if (Lexer.KEYWORDS.contains(upper)) {
                return "Keywords are written in capitals: " + upper;
            }
        }
        return remedy;
    }

    private String found() {
        if (token.kind() == Kind.END) {
            return token.kind().toString();
        }
        String written = written();
        return written.length() <= EXCERPT_CHARS
                ? written
                : written.substring(0, EXCERPT_CHARS) + "…";
    }

    MalformedPattern fault(int offset, String problem, String remedy) {
        return lexer.fault(offset, problem, remedy);
    }

    /// A refusal that points at the token before the next one.
    MalformedPattern faultBefore(String problem, String remedy) {
        return fault(previousStart, problem, remedy);
    }
}
