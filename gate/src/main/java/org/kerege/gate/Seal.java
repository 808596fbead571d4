package org.kerege.gate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.CanonicalJson;
import org.kerege.stix.Json;
import org.kerege.stix.StixObject;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The originator's signature on an object, which still verifies when a relay has cut parts out.
///
/// Every scalar of the object is a leaf at its JSON pointer. Its digest is SHA-256 over a zero byte, a 16-byte
/// salt, the length of the pointer as a 4-byte number, the pointer and the canonical JSON of the value. Digests
/// in ascending order are the leaves of a tree as in RFC 6962 §2.1; the originator signs a context string, the
/// object's identifier and version, and the root. Salts of a whole object follow from one secret by HMAC-SHA-256
/// over the pointer, cut to 16 bytes; a reduced object carries the salts of what is left and the digests of what
/// is hidden. Without its salt a hidden value cannot be guessed, not even one of two, and digests in order say
/// nothing of where it stood.
///
/// The seal is a property extension of the object (`suite`, `key`, `signature`, and either `secret` or `salts`
/// and `hidden`, binary values in base64url). Our own extensions are not under it.
public final class Seal {

    /// Identifier of the extension-definition.
    public static final String EXTENSION =
            "extension-definition--e7a3f1c5-42b8-5a6d-9d10-7b5c8e2f0a94";

    /// Ed25519 over the tree described here; other suites get other names.
    public static final String SUITE = "ed25519-sha256-1";

    private static final int SALT_BYTES = 16;
    private static final int SECRET_BYTES = 32;
    private static final int MAX_LEAVES = 200_000;
    private static final byte[] CONTEXT = "kerege-seal/1\0".getBytes(StandardCharsets.US_ASCII);
    private static final Base64.Encoder TO_TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder FROM_TEXT = Base64.getUrlDecoder();

    /// What looking at a seal comes to.
    public enum Verdict {
        /// Signed, and nothing is missing.
        WHOLE,
        /// Signed, and parts were cut out.
        REDUCED,
        /// Not by that key, or something was changed, added or moved.
        BROKEN,
        /// There is no seal.
        UNSEALED
    }

    private Seal() {}

    /// The object with the originator's seal.
    ///
    /// @param keyName how verifiers find the public key
    public static StixObject seal(
            StixObject object, String keyName, byte[] privateKey, SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        ObjectNode sealed = object.json().deepCopy();
        ObjectNode seal = sealed.withObjectProperty("extensions").putObject(EXTENSION);
        seal.put("extension_type", "property-extension");
        seal.put("suite", SUITE);
        seal.put("key", keyName);
        seal.put("secret", TO_TEXT.encodeToString(secret));
        byte[] message =
                message(object, root(leaves(sealed, seal).stream().map(Leaf::digest).toList()));
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, new Ed25519PrivateKeyParameters(privateKey));
        signer.update(message, 0, message.length);
        seal.put("signature", TO_TEXT.encodeToString(signer.generateSignature()));
        return StixObject.of(sealed);
    }

    /// How the signer named its key; null when there is no seal.
    public static @Nullable String keyName(StixObject object) {
        JsonNode name = object.json().path("extensions").path(EXTENSION).get("key");
        return name != null && name.isString() ? name.stringValue() : null;
    }

    /// Whether an object, whole or reduced, is as the owner of the key signed it.
    public static Verdict verify(StixObject object, byte[] publicKey) {
        if (!(object.json().path("extensions").get(EXTENSION) instanceof ObjectNode seal)) {
            return Verdict.UNSEALED;
        }
        try {
            if (!SUITE.equals(seal.path("suite").asString(""))) {
                return Verdict.BROKEN;
            }
            List<byte[]> digests = new ArrayList<>();
            leaves(object.json(), seal).forEach(leaf -> digests.add(leaf.digest()));
            boolean reduced = !seal.has("secret");
            if (reduced) {
                seal.path("hidden")
                        .forEach(hidden -> digests.add(FROM_TEXT.decode(hidden.asString(""))));
            }
            Ed25519Signer signer = new Ed25519Signer();
            signer.init(false, new Ed25519PublicKeyParameters(publicKey));
            byte[] message = message(object, root(digests));
            signer.update(message, 0, message.length);
            if (!signer.verifySignature(FROM_TEXT.decode(seal.path("signature").asString("")))) {
                return Verdict.BROKEN;
            }
            return reduced ? Verdict.REDUCED : Verdict.WHOLE;
        } catch (IllegalArgumentException e) {
            return Verdict.BROKEN;
        }
    }

    /// Gives the seal of `whole` to its reduced version: salts of what is left, digests of what is not. A version
    /// that was reduced before can be reduced again. Without a seal nothing happens.
    ///
    /// @param standing pointers in `whole` of the scalars that are left
    static void carryOver(ObjectNode whole, ObjectNode rest, Set<String> standing) {
        if (!(whole.path("extensions").get(EXTENSION) instanceof ObjectNode seal)) {
            return;
        }
        ObjectNode salts = Json.mapper().createObjectNode();
        List<byte[]> hidden = new ArrayList<>();
        for (JsonNode digest : seal.path("hidden")) {
            hidden.add(FROM_TEXT.decode(digest.asString("")));
        }
        for (Leaf leaf : leaves(whole, seal)) {
            if (standing.contains(leaf.at())) {
                salts.put(leaf.signedAt(), TO_TEXT.encodeToString(leaf.salt()));
            } else {
                hidden.add(leaf.digest());
            }
        }
        hidden.sort(Arrays::compareUnsigned);
        ObjectNode carried = rest.withObjectProperty("extensions").putObject(EXTENSION);
        for (String name : List.of("extension_type", "suite", "key", "signature")) {
            carried.set(name, seal.path(name));
        }
        carried.set("salts", salts);
        ArrayNode digests = carried.putArray("hidden");
        hidden.forEach(digest -> digests.add(TO_TEXT.encodeToString(digest)));
    }

    /// A scalar of a version of an object, or an empty list or dictionary.
    ///
    /// @param at pointer in this version
    /// @param signedAt pointer in the version that was signed
    private record Leaf(String at, String signedAt, byte[] salt, JsonNode value) {

        byte[] digest() {
            byte[] pointer = signedAt.getBytes(StandardCharsets.UTF_8);
            MessageDigest sha256 = sha256();
            sha256.update((byte) 0);
            sha256.update(salt);
            sha256.update(ByteBuffer.allocate(4).putInt(pointer.length).array());
            sha256.update(pointer);
            return sha256.digest(CanonicalJson.write(value));
        }
    }

    /// The leaves of a sealed version.
    ///
    /// @throws IllegalArgumentException when the seal has no salt for one of them, or one too many
    private static List<Leaf> leaves(ObjectNode object, ObjectNode seal) {
        List<Leaf> leaves = new ArrayList<>();
        if (seal.has("secret")) {
            Mac mac = mac(FROM_TEXT.decode(seal.path("secret").asString("")));
            Scalars.walk(
                    object,
                    null,
                    (at, _, value) -> leaves.add(new Leaf(at, at, salt(mac, at), value)));
            return leaves;
        }
        JsonNode salts = seal.path("salts");
        Scalars.walk(
                object,
                Scalars.Signed.of(salts.propertyNames()),
                (at, signedAt, value) ->
                        leaves.add(
                                new Leaf(
                                        at,
                                        signedAt,
                                        FROM_TEXT.decode(salts.path(signedAt).asString("")),
                                        value)));
        if (leaves.size() != salts.size()) {
            throw new IllegalArgumentException("the seal has a salt for something that is missing");
        }
        return leaves;
    }

    private static byte[] salt(Mac mac, String pointer) {
        return Arrays.copyOf(mac.doFinal(pointer.getBytes(StandardCharsets.UTF_8)), SALT_BYTES);
    }

    private static Mac mac(byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /// Context, identifier and version, each with its length before it, then the root.
    private static byte[] message(StixObject object, byte[] root) {
        byte[] id = object.id().toString().getBytes(StandardCharsets.UTF_8);
        byte[] version =
                object.version() == null
                        ? new byte[0]
                        : object.version().toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(CONTEXT.length + 8 + id.length + version.length + root.length)
                .put(CONTEXT)
                .putInt(id.length)
                .put(id)
                .putInt(version.length)
                .put(version)
                .put(root)
                .array();
    }

    /// Root of the Merkle tree over the digests in ascending order. Source: RFC 6962 §2.1; a leaf is already
    /// hashed with its zero byte.
    private static byte[] root(List<byte[]> digests) {
        if (digests.isEmpty() || digests.size() > MAX_LEAVES) {
            throw new IllegalArgumentException("a seal covers 1 to " + MAX_LEAVES + " values");
        }
        List<byte[]> ordered = new ArrayList<>(digests);
        ordered.sort(Arrays::compareUnsigned);
        return root(ordered, 0, ordered.size());
    }

    private static byte[] root(List<byte[]> leaves, int from, int to) {
        if (to - from == 1) {
            return leaves.get(from);
        }
        int left = Integer.highestOneBit(to - from - 1);
        MessageDigest sha256 = sha256();
        sha256.update((byte) 1);
        sha256.update(root(leaves, from, from + left));
        return sha256.digest(root(leaves, from + left, to));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
