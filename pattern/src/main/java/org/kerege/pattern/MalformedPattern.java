package org.kerege.pattern;

/// A text that is no pattern: where, what was expected, and how to mend it. The message holds all of it.
public final class MalformedPattern extends RuntimeException {

    private final int offset;
    private final int line;
    private final int column;
    private final String problem;
    private final String remedy;

    /// @param offset characters before the fault in the whole text
    /// @param line from 1
    /// @param column from 1, in characters of the line
    /// @param problem what was found and what was expected
    /// @param remedy how to mend it, empty where we cannot tell
    MalformedPattern(int offset, int line, int column, String problem, String remedy) {
        super(
                "line %d, column %d: %s%s"
                        .formatted(line, column, problem, remedy.isEmpty() ? "" : ". " + remedy));
        this.offset = offset;
        this.line = line;
        this.column = column;
        this.problem = problem;
        this.remedy = remedy;
    }

    /// Characters before the fault in the whole text.
    public int offset() {
        return offset;
    }

    /// From 1.
    public int line() {
        return line;
    }

    /// From 1, in characters of the line.
    public int column() {
        return column;
    }

    /// What was found and what was expected.
    public String problem() {
        return problem;
    }

    /// How to mend it, empty where we cannot tell.
    public String remedy() {
        return remedy;
    }
}
