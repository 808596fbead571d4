package org.kerege.tlog;

/// What a note signature says about the text. Source: C2SP signed-note, "Signature types".
public enum KeyType {
    /// Ed25519 over the note's text: a log's own signature.
    LOG(0x01),

    /// Ed25519 over the checkpoint with the time of signing: a witness's cosignature/v1.
    COSIGNATURE(0x04);

    private final byte number;

    KeyType(int number) {
        this.number = (byte) number;
    }

    byte number() {
        return number;
    }

    static KeyType of(byte number) {
        for (KeyType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        throw new MalformedLog(
                "signature type 0x%02x is not one of 0x01, 0x04".formatted(number & 0xff));
    }
}
