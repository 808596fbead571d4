package org.kerege.node.agreement;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.act.DetachedJws;
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

/// What one organisation tells another and answers for: a STIX object of one of our types with a `signature`, a detached
/// JWS over the object without that property in canonical form (RFC 8785). `docs/schemas/peer-dialogue.json` is its schema.
///
/// @param json the whole object, not to be changed
/// @param signed what is signed, not to be changed
/// @param digest SHA-256 of what is signed, hexadecimal
public record SignedObject(
        StixId id, ObjectNode json, byte[] signed, String signature, String digest) {

    /// The extension that defines the types.
    public static final String EXTENSION =
            "extension-definition--6b1f0c52-3d0e-5a8b-9c47-2e5d8a71f394";

    /// Largest object of this kind, in bytes: an answer holds the answers of those to whom its author had passed on.
    public static final int MAX_BYTES = 4 << 20;

    private static final int LONGEST_TEXT = 2_000;

    /// Makes and signs an object.
    ///
    /// @param author identity of the organisation that answers for it
    /// @param content what it says beside what every object of STIX says
    public static SignedObject sign(
            SigningKey key,
            StixId id,
            StixId author,
            Instant created,
            Instant at,
            ObjectNode content) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("type", id.type()).put("spec_version", "2.1").put("id", id.toString());
        json.put("created_by_ref", author.toString());
        json.put("created", Timestamp.format(created)).put("modified", Timestamp.format(at));
        json.putObject("extensions").putObject(EXTENSION).put("extension_type", "new-sdo");
        json.setAll(content);
        json.put("signature", DetachedJws.sign(key, payload(json)));
        return of(json, Set.of(id.type()));
    }

    /// A new identifier.
    public static StixId newId(String type) {
        return new StixId(type, UUID.randomUUID());
    }

    /// Reads an object; whether its signature holds is asked with [#isSignedBy].
    ///
    /// @param types which of our types are expected
    /// @throws MalformedStix when it is none
    public static SignedObject read(byte[] utf8, Set<String> types) {
        if (utf8.length > MAX_BYTES) {
            throw new MalformedStix(
                    "", "a signed object has at most " + MAX_BYTES + " bytes", "it is too large");
        }
        try {
            JsonNode json = Json.mapper().readTree(utf8);
            if (json instanceof ObjectNode object) {
                return of(object, types);
            }
        } catch (JacksonException e) {
            throw new MalformedStix("", "a signed object is JSON", Json.reason(e));
        }
        throw new MalformedStix("", "a signed object is a JSON object", "it is something else");
    }

    /// Holds what was read already.
    public static SignedObject of(ObjectNode json, Set<String> types) {
        if (!types.contains(json.path("type").asString(""))) {
            throw new MalformedStix("/type", "one of " + types, "is of another type");
        }
        StixId id = StixId.parse(text(json, "id"));
        if (!id.type().equals(json.path("type").asString())) {
            throw new MalformedStix("/id", "begins with the object's type", "is " + id);
        }
        if (!json.path("extensions")
                .path(EXTENSION)
                .path("extension_type")
                .asString("")
                .equals("new-sdo")) {
            throw new MalformedStix("/extensions", "names " + EXTENSION, "does not name it");
        }
        byte[] signed = payload(json);
        return new SignedObject(id, json, signed, text(json, "signature"), sha256(signed));
    }

    private static byte[] payload(ObjectNode json) {
        ObjectNode unsigned = json.deepCopy();
        unsigned.remove("signature");
        return CanonicalJson.write(unsigned);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Whether the signature is that of `key` over this object as it is.
    public boolean isSignedBy(VerifierKey key) {
        return DetachedJws.verifies(key, signed, signature);
    }

    /// The object in UTF-8.
    public byte[] bytes() {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Identity of the organisation that answers for it.
    public StixId author() {
        return StixId.parse(text("created_by_ref"));
    }

    /// A text that has to be there.
    public String text(String name) {
        return text(json, name);
    }

    /// A text that may be absent.
    public @Nullable String optionalText(String name) {
        return json.has(name) ? text(json, name) : null;
    }

    /// A time that has to be there.
    public Instant instant(String name) {
        return Timestamp.parse(text(name)).instant();
    }

    /// A time that may be absent.
    public @Nullable Instant optionalInstant(String name) {
        return json.has(name) ? instant(name) : null;
    }

    /// A list of texts, empty where there is none.
    public List<String> texts(String name, int most) {
        JsonNode list = json.path(name);
        if (list.size() > most || (json.has(name) && !list.isArray())) {
            throw new MalformedStix("/" + name, "a list of at most " + most, "is none");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode one : list) {
            if (!one.isString() || one.stringValue().length() > LONGEST_TEXT) {
                throw new MalformedStix("/" + name, "a list of texts", "holds something else");
            }
            texts.add(one.stringValue());
        }
        return texts;
    }

    static String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isString()
                || value.stringValue().isBlank()
                || value.stringValue().length() > LONGEST_TEXT) {
            throw new MalformedStix(
                    "/" + name, "a text of 1 to " + LONGEST_TEXT + " characters", "is none");
        }
        return value.stringValue();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedObject that
                && digest.equals(that.digest)
                && signature.equals(that.signature);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }
}
