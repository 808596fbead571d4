package org.kerege.charter;

/// A file or an act that is not what it claims to be, or says what cannot be. The message names the place and the
/// rule.
public final class MalformedCharter extends IllegalArgumentException {

    private final String pointer;

    /// @param pointer JSON pointer of the offending value, empty for the whole document
    public MalformedCharter(String pointer, String message) {
        super(pointer.isEmpty() ? message : pointer + ": " + message);
        this.pointer = pointer;
    }

    public String pointer() {
        return pointer;
    }
}
