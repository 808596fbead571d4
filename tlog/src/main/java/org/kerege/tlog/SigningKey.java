package org.kerege.tlog;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// The private side of a note key. Its text form, `PRIVATE+KEY+name+hexid+base64(type, seed)`, is that of Go's note
/// package; whoever keeps it in a file makes the file readable by its owner alone.
public final class SigningKey {

    private static final String PREFIX = "PRIVATE+KEY+";

    private final Ed25519PrivateKeyParameters seed;
    private final VerifierKey verifier;

    private SigningKey(String name, KeyType type, Ed25519PrivateKeyParameters seed) {
        this.seed = seed;
        this.verifier = VerifierKey.of(name, type, seed.generatePublicKey().getEncoded());
    }

    /// A new key.
    public static SigningKey generate(String name, KeyType type, SecureRandom random) {
        return new SigningKey(name, type, new Ed25519PrivateKeyParameters(random));
    }

    /// The key that grows from a 32-byte seed.
    public static SigningKey fromSeed(String name, KeyType type, byte[] seed) {
        if (seed.length != Ed25519.SECRET_KEY_SIZE) {
            throw new MalformedLog("an Ed25519 seed has 32 bytes, not " + seed.length);
        }
        return new SigningKey(name, type, new Ed25519PrivateKeyParameters(seed));
    }

    /// Reads the text form. No message ever holds any of it.
    ///
    /// @throws MalformedLog when it has another form
    public static SigningKey parse(String text) {
        String[] parts = text.split("\\+", 5);
        if (!text.startsWith(PREFIX) || parts.length != 5) {
            throw new MalformedLog("the signing key has another form than PRIVATE+KEY+name+id+…");
        }
        byte[] material;
        try {
            material = Base64Text.decode(parts[4], "signing key");
        } catch (MalformedLog e) {
            throw new MalformedLog("the signing key of " + parts[2] + " is not base64");
        }
        if (material.length != 1 + Ed25519.SECRET_KEY_SIZE) {
            throw new MalformedLog("the signing key of " + parts[2] + " has another length");
        }
        return fromSeed(
                parts[2],
                KeyType.of(material[0]),
                Arrays.copyOfRange(material, 1, material.length));
    }

    public VerifierKey verifier() {
        return verifier;
    }

    /// The bare Ed25519 signature of `message`, 64 bytes.
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        seed.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        return signature;
    }

    /// A signature line for the text of a note.
    ///
    /// @throws IllegalStateException when this is a witness's key, which signs with its time
    public NoteSignature signNote(String text) {
        require(KeyType.LOG);
        return new NoteSignature(verifier.name(), verifier.id(), sign(SignedNote.textBytes(text)));
    }

    /// A cosignature line for a checkpoint's text: this key saw the log consistent up to it.
    ///
    /// @param at time of signing, kept to the second
    /// @throws IllegalStateException when this is not a witness's key
    public NoteSignature cosign(String text, Instant at) {
        require(KeyType.COSIGNATURE);
        long seconds = at.getEpochSecond();
        byte[] signature = sign(NoteSignature.cosignedMessage(text, seconds));
        byte[] timed =
                ByteBuffer.allocate(Long.BYTES + signature.length)
                        .putLong(seconds)
                        .put(signature)
                        .array();
        return new NoteSignature(verifier.name(), verifier.id(), timed);
    }

    private void require(KeyType type) {
        if (verifier.type() != type) {
            throw new IllegalStateException(
                    "the key of " + verifier.name() + " is of type " + verifier.type());
        }
    }

    /// The secret text form, to be written to a file of its owner.
    public String secretText() {
        byte[] material = new byte[1 + Ed25519.SECRET_KEY_SIZE];
        material[0] = verifier.type().number();
        seed.encode(material, 1);
        String[] parts = verifier.toString().split("\\+", 3);
        return PREFIX + parts[0] + "+" + parts[1] + "+" + Base64Text.encode(material);
    }

    /// Whose key it is; never the secret.
    @Override
    public String toString() {
        return "signing key of " + verifier.name();
    }
}
