package org.kerege.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// One signature line of a note: `— name base64(id, signature)`. Source: C2SP signed-note, tlog-cosignature.
///
/// @param keyId first four bytes of the key's digest
/// @param signature what follows the id; for a cosignature its time in seconds (8 bytes) and 64 bytes
public record NoteSignature(String name, int keyId, byte[] signature) {

    private static final String DASH = "— ";

    public NoteSignature {
        signature = signature.clone();
    }

    /// Reads one line without its newline.
    ///
    /// @throws MalformedLog when it has another form
    public static NoteSignature parse(String line) {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(DASH) || space <= DASH.length()) {
            throw new MalformedLog(
                    "signature line '" + MalformedLog.excerpt(line) + "' is not — name base64");
        }
        String name = line.substring(DASH.length(), space);
        VerifierKey.requireName(name);
        byte[] bytes = Base64Text.decode(line.substring(space + 1), "signature of " + name);
        if (bytes.length <= Integer.BYTES) {
            throw new MalformedLog("the signature of " + name + " is too short");
        }
        return new NoteSignature(
                name,
                ByteBuffer.wrap(bytes).getInt(),
                Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length));
    }

    /// Whether name and id are those of `key`: then the signature must verify with it.
    public boolean isOf(VerifierKey key) {
        return keyId == key.id() && name.equals(key.name());
    }

    /// Whether this is the signature of `text` by `key`.
    public boolean verifies(String text, VerifierKey key) {
        if (!isOf(key)) {
            return false;
        }
        return switch (key.type()) {
            case LOG -> key.verifies(SignedNote.textBytes(text), signature);
            case COSIGNATURE ->
                    signature.length > Long.BYTES
                            && seconds() >= 0
                            && key.verifies(
                                    cosignedMessage(text, seconds()),
                                    Arrays.copyOfRange(signature, Long.BYTES, signature.length));
        };
    }

    /// When it was cosigned, if `text` is cosigned here by `key`; nothing otherwise.
    public Optional<Instant> cosignedAt(String text, VerifierKey key) {
        return key.type() == KeyType.COSIGNATURE && verifies(text, key)
                ? Optional.of(Instant.ofEpochSecond(seconds()))
                : Optional.empty();
    }

    private long seconds() {
        return ByteBuffer.wrap(signature).getLong();
    }

    static byte[] cosignedMessage(String text, long seconds) {
        return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature that
                && keyId == that.keyId
                && name.equals(that.name)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return 31 * keyId + Arrays.hashCode(signature);
    }

    /// The line without its newline.
    @Override
    public String toString() {
        byte[] bytes =
                ByteBuffer.allocate(Integer.BYTES + signature.length)
                        .putInt(keyId)
                        .put(signature)
                        .array();
        return DASH + name + " " + Base64Text.encode(bytes);
    }
}
