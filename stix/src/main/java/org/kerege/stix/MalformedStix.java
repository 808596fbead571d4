package org.kerege.stix;

/// Text from outside that is not what it claims to be. The message names the value and the rule; it never
/// holds more than a short excerpt of the input.
public final class MalformedStix extends RuntimeException {

    private static final int EXCERPT_CHARS = 80;

    private final String pointer;
    private final String rule;

    /// @param pointer JSON pointer of the offending value, empty for the whole document
    /// @param rule what the standard asks for, with its section
    public MalformedStix(String pointer, String rule, String message) {
        super(message);
        this.pointer = pointer;
        this.rule = rule;
    }

    public String pointer() {
        return pointer;
    }

    public String rule() {
        return rule;
    }

    static String excerpt(String text) {
        return text.length() <= EXCERPT_CHARS ? text : text.substring(0, EXCERPT_CHARS) + "…";
    }
}
