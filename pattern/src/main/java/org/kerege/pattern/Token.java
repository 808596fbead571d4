package org.kerege.pattern;

/// One word of a pattern: `text` from `start` up to `end`.
record Token(Kind kind, int start, int end) {

    enum Kind {
        OPEN_BRACKET("'['"),
        CLOSE_BRACKET("']'"),
        OPEN_PARENTHESIS("'('"),
        CLOSE_PARENTHESIS("')'"),
        COLON("':'"),
        DOT("'.'"),
        COMMA("','"),
        ASTERISK("'*'"),
        EQUAL("'='"),
        NOT_EQUAL("'!='"),
        LESS("'<'"),
        LESS_OR_EQUAL("'<='"),
        GREATER("'>'"),
        GREATER_OR_EQUAL("'>='"),
        WORD("a name"),
        KEYWORD("a keyword"),
        TRUTH("true or false"),
        INTEGER("an integer"),
        DECIMAL("a number"),
        STRING("a string in single quotes"),
        BINARY("a binary constant b'…'"),
        HEX("a hexadecimal constant h'…'"),
        TIMESTAMP("a timestamp t'…'"),
        END("the end of the pattern");

        private final String name;

        Kind(String name) {
            this.name = name;
        }

        /// How a message calls it.
        @Override
        public String toString() {
            return name;
        }
    }
}
