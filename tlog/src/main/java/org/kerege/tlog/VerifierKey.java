package org.kerege.tlog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// The public side of a note key, a "vkey": `name+hexid+base64(type, key)`. Name and id together say whose signature
/// line a line is. Source: C2SP signed-note, "Verifier keys".
public final class VerifierKey {

    private static final int ID_BYTES = 4;

    private final String name;
    private final KeyType type;
    private final Ed25519PublicKeyParameters key;
    private final int id;

    private VerifierKey(String name, KeyType type, Ed25519PublicKeyParameters key) {
        requireName(name);
        this.name = name;
        this.type = type;
        this.key = key;
        this.id = id(name, type, key.getEncoded());
    }

    /// The key of this name and type.
    ///
    /// @param publicKey 32 bytes as RFC 8032 encodes them
    /// @throws MalformedLog when the name or the key is none
    public static VerifierKey of(String name, KeyType type, byte[] publicKey) {
        if (publicKey.length != Ed25519.PUBLIC_KEY_SIZE) {
            throw new MalformedLog("an Ed25519 key has 32 bytes, not " + publicKey.length);
        }
        try {
            return new VerifierKey(name, type, new Ed25519PublicKeyParameters(publicKey));
        } catch (IllegalArgumentException e) {
            throw new MalformedLog("the key of " + name + " is no point of Ed25519");
        }
    }

    /// Reads a vkey.
    ///
    /// @throws MalformedLog when `text` has another form, another signature type, or an id that is not its key's
    public static VerifierKey parse(String text) {
        // The base64 part may itself hold a plus sign: only the first two separate.
        int first = text.indexOf('+');
        int second = text.indexOf('+', first + 1);
        if (first < 1 || second != first + 1 + 2 * ID_BYTES) {
            throw malformed(text);
        }
        byte[] material = Base64Text.decode(text.substring(second + 1), "verifier key");
        if (material.length != 1 + Ed25519.PUBLIC_KEY_SIZE) {
            throw malformed(text);
        }
        VerifierKey key =
                of(
                        text.substring(0, first),
                        KeyType.of(material[0]),
                        Arrays.copyOfRange(material, 1, material.length));
        if (!hex(key.id).equals(text.substring(first + 1, second))) {
            throw new MalformedLog("the verifier key of " + key.name + " has another key's id");
        }
        return key;
    }

    public String name() {
        return name;
    }

    public KeyType type() {
        return type;
    }

    /// The first four bytes of the key's digest, as one number.
    public int id() {
        return id;
    }

    /// 32 bytes as RFC 8032 encodes them.
    public byte[] publicKey() {
        return key.getEncoded();
    }

    /// Whether `signature` is this key's bare Ed25519 signature of `message`.
    public boolean verifies(byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && key.verify(
                        Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    }

    static void requireName(String name) {
        boolean wellFormed =
                !name.isEmpty()
                        && name.codePoints()
                                .noneMatch(c ->
                                        c == '+'
                                                || Character.isSpaceChar(c)
                                                || Character.isWhitespace(c)
                                                || c < ' ');
        if (!wellFormed) {
            throw new MalformedLog(
                    "key name '"
                            + MalformedLog.excerpt(name)
                            + "' is empty or has a space or plus");
        }
    }

    private static int id(String name, KeyType type, byte[] publicKey) {
        MessageDigest sha256 = Hash.sha256();
        sha256.update(name.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) '\n');
        sha256.update(type.number());
        byte[] digest = sha256.digest(publicKey);
        return HexFormat.fromHexDigits(HexFormat.of().formatHex(digest, 0, ID_BYTES));
    }

    private static String hex(int id) {
        return HexFormat.of().toHexDigits(id);
    }

    private static MalformedLog malformed(String text) {
        return new MalformedLog(
                "verifier key '" + MalformedLog.excerpt(text) + "' is not name+id+base64");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that
                && name.equals(that.name)
                && type == that.type
                && Arrays.equals(key.getEncoded(), that.key.getEncoded());
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + id;
    }

    @Override
    public String toString() {
        byte[] material = new byte[1 + Ed25519.PUBLIC_KEY_SIZE];
        material[0] = type.number();
        System.arraycopy(key.getEncoded(), 0, material, 1, Ed25519.PUBLIC_KEY_SIZE);
        return name + "+" + hex(id) + "+" + Base64Text.encode(material);
    }
}
