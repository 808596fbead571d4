package org.kerege.pattern;

/// A pattern as parsed: start here. Source: STIX 2.1 §9.
///
/// @param text the text as given
public record Pattern(String text, Dialect dialect, ObservationExpression expression) {

    /// Longest pattern that is read, in characters.
    public static final int MAX_CHARS = 1 << 20;

    /// Deepest tree that is built. Parentheses that do not change the meaning add nothing to it.
    public static final int MAX_DEPTH = 500;

    /// Most parentheses inside one another that are read.
    public static final int MAX_PARENTHESES = 20_000;

    /// Reads a pattern of STIX 2.1.
    ///
    /// @throws MalformedPattern when `text` is none, or exceeds [#MAX_CHARS], [#MAX_DEPTH] or
    ///     [#MAX_PARENTHESES]
    public static Pattern parse(String text) {
        return parse(text, Dialect.STIX_2_1);
    }

    /// Reads a pattern.
    ///
    /// @throws MalformedPattern when `text` is none, or exceeds [#MAX_CHARS], [#MAX_DEPTH] or
    ///     [#MAX_PARENTHESES]
    public static Pattern parse(String text, Dialect dialect) {
        return new Pattern(text, dialect, new Parser(text, dialect).pattern());
    }
}
