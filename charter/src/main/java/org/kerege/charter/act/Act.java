package org.kerege.charter.act;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.Fields;
import org.kerege.charter.MalformedCharter;
import org.kerege.stix.CanonicalJson;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixId;
import org.kerege.stix.Timestamp;
import org.kerege.tlog.SigningKey;
import org.kerege.tlog.VerifierKey;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One signed deed: a STIX object of type `alliance-act`, defined by our extension. Its signature is a detached JWS
/// (RFC 7515 appendix F, EdDSA) over the object without `signature` in canonical form (RFC 8785); its digest is the
/// SHA-256 of the same bytes. Each key numbers its acts from one and names the digest of the one before.
///
/// @param alliance digest of the founding act; null in that act itself
/// @param key name of the signing key
/// @param number of this act among those of its key, from 1
/// @param previous digest of the act before it; null for the first
/// @param follows digests of the acts of others that it takes for given
/// @param claimed when its author says that it was made, which decides nothing
/// @param signed the signed bytes, not to be changed: the act without its signature in canonical form
/// @param signature the detached JWS
/// @param digest SHA-256 of the signed bytes, hexadecimal
public record Act(
        StixId id,
        String kind,
        @Nullable String alliance,
        String key,
        long number,
        @Nullable String previous,
        List<String> follows,
        Instant claimed,
        ObjectNode content,
        byte[] signed,
        String signature,
        String digest) {

    /// The STIX type of acts.
    public static final String TYPE = "alliance-act";

    /// The extension that defines the type; `docs/schemas/alliance-act.json` is its schema.
    public static final String EXTENSION =
            "extension-definition--a3d6c1f2-58e4-5b97-8c0d-1f7e9b2a6d45";

    /// Largest act, in bytes of canonical JSON.
    public static final int MAX_BYTES = 256 << 10;

    private static final int MAX_FOLLOWS = 2_000;
    private static final int DIGEST_CHARS = 64;

    public Act {
        follows = List.copyOf(follows);
    }

    /// Reads an act.
    ///
    /// @throws MalformedCharter when the object is none; whether its signature holds is asked with [#isSignedBy]
    public static Act read(JsonNode node) {
        Fields fields = Fields.of(node, "");
        if (!fields.text("type").equals(TYPE)) {
            throw new MalformedCharter("/type", "is " + TYPE);
        }
        if (!node.path("extensions")
                .path(EXTENSION)
                .path("extension_type")
                .asString("")
                .equals("new-sdo")) {
            throw new MalformedCharter("/extensions", "names " + EXTENSION + " as new-sdo");
        }
        fields.object("content");
        String signature = fields.text("signature");
        byte[] payload = payload((ObjectNode) node);
        if (payload.length > MAX_BYTES) {
            throw new MalformedCharter("", "an act has at most " + MAX_BYTES + " bytes");
        }
        List<String> follows = new ArrayList<>();
        for (Fields.Item item : fields.items("follows", MAX_FOLLOWS)) {
            follows.add(digest(item.value().asString(""), item.pointer()));
        }
        JsonNode number = node.path("number");
        if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 1) {
            throw new MalformedCharter("/number", "is a whole number from 1");
        }
        String previous = optionalDigest(fields, "previous");
        if ((number.longValue() == 1) != (previous == null)) {
            throw new MalformedCharter("/previous", "is there in every act of a key but its first");
        }
        return new Act(
                id(fields),
                fields.text("kind"),
                optionalDigest(fields, "alliance"),
                fields.text("key"),
                number.longValue(),
                previous,
                follows,
                created(fields),
                (ObjectNode) node.path("content"),
                payload,
                signature,
                sha256(payload));
    }

    /// Reads an act from UTF-8.
    ///
    /// @throws MalformedCharter when it is none
    public static Act read(byte[] utf8) {
        if (utf8.length > 2 * MAX_BYTES) {
            throw new MalformedCharter("", "an act has at most " + MAX_BYTES + " bytes");
        }
        try {
            return read(Json.mapper().readTree(utf8));
        } catch (JacksonException e) {
            throw new MalformedCharter("", "is not JSON: " + Json.reason(e));
        }
    }

    private static StixId id(Fields fields) {
        try {
            StixId id = StixId.parse(fields.text("id"));
            if (id.type().equals(TYPE)) {
                return id;
            }
        } catch (MalformedStix e) {
            // Told below.
        }
        throw new MalformedCharter("/id", "is " + TYPE + "--UUID");
    }

    private static Instant created(Fields fields) {
        try {
            return Timestamp.parse(fields.text("created")).instant();
        } catch (MalformedStix e) {
            throw new MalformedCharter("/created", "is a STIX timestamp");
        }
    }

    private static @Nullable String optionalDigest(Fields fields, String name) {
        String text = fields.optionalText(name);
        return text == null ? null : digest(text, fields.at(name));
    }

    private static String digest(String text, String pointer) {
        if (text.length() != DIGEST_CHARS
                || !text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            throw new MalformedCharter(pointer, "is a SHA-256 of 64 hexadecimal digits");
        }
        return text;
    }

    /// Makes and signs an act.
    ///
    /// @param before the last act of the same key; null when this is its first
    static Act sign(
            SigningKey key,
            String kind,
            @Nullable String alliance,
            @Nullable Act before,
            List<String> follows,
            ObjectNode content,
            Instant at) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("type", TYPE).put("spec_version", "2.1");
        String time = Timestamp.format(at);
        String name = key.verifier().name();
        long number = before == null ? 1 : before.number() + 1;
        json.put("created", time).put("modified", time);
        json.putObject("extensions").putObject(EXTENSION).put("extension_type", "new-sdo");
        json.put("kind", kind);
        if (alliance != null) {
            json.put("alliance", alliance);
        }
        json.put("key", name).put("number", number);
        if (before != null) {
            json.put("previous", before.digest());
        }
        if (!follows.isEmpty()) {
            var list = json.putArray("follows");
            follows.forEach(list::add);
        }
        json.set("content", content);
        // The same deed of the same key has the same identifier, wherever it is made.
        byte[] seed = CanonicalJson.write(json);
        json.put("id", TYPE + "--" + UUID.nameUUIDFromBytes(seed));
        json.put("signature", DetachedJws.sign(key, payload(json)));
        return read(json);
    }

    /// Whether the signature is that of `key` over this act.
    public boolean isSignedBy(VerifierKey key) {
        return key.name().equals(this.key) && DetachedJws.verifies(key, signed, signature);
    }

    private static byte[] payload(ObjectNode json) {
        ObjectNode unsigned = json.deepCopy();
        unsigned.remove("signature");
        try {
            return CanonicalJson.write(unsigned);
        } catch (MalformedStix e) {
            throw new MalformedCharter(e.pointer(), String.valueOf(e.getMessage()));
        }
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest(bytes));
    }

    static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// The act as a STIX object, made anew with each call.
    public ObjectNode json() {
        return ((ObjectNode) Json.mapper().readTree(signed)).put("signature", signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Act that && digest.equals(that.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return kind + " " + number + " of " + key + " (" + digest.substring(0, 12) + ")";
    }
}
