package org.kerege.stix;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One version of a STIX object: the bytes as received and what was read from them. Any object with a
/// well-formed `type` and `id` can be held, also one of an unknown type; whether it obeys the standard is the
/// verdict of the validator. Neither the bytes nor the tree may be changed by whoever receives them.
public final class StixObject {

    private final byte[] bytes;
    private final ObjectNode json;
    private final StixId id;
    private final @Nullable Timestamp created;
    private final @Nullable Timestamp modified;

    private StixObject(byte[] bytes, ObjectNode json) {
        this.bytes = bytes;
        this.json = json;
        String type = requiredText(json, "type");
        this.id = StixId.parse(requiredText(json, "id"));
        if (!id.type().equals(type)) {
            throw new MalformedStix(
                    "/id",
                    "the type in the identifier is the object's type (STIX 2.1 §2.9)",
                    "identifier '" + id + "' is not of type '" + MalformedStix.excerpt(type) + "'");
        }
        this.created = timestamp(json, "created");
        this.modified = timestamp(json, "modified");
    }

    /// Reads one object from its JSON text in UTF-8. The array is kept, not copied.
    ///
    /// @throws MalformedStix when the text is no JSON object with a fitting `type` and `id`
    public static StixObject read(byte[] utf8) {
        JsonNode tree;
        try {
            tree = Json.mapper().readTree(utf8);
        } catch (JacksonException | ArithmeticException | NumberFormatException e) {
            throw new MalformedStix(
                    "", "an object is JSON text (RFC 8259)", "not JSON: " + Json.reason(e));
        }
        if (!(tree instanceof ObjectNode object)) {
            throw new MalformedStix(
                    "", "an object is a JSON object (STIX 2.1 §3)", "not a JSON object");
        }
        return new StixObject(utf8, object);
    }

    /// Holds an object whose tree has already been read from exactly these bytes.
    ///
    /// @throws MalformedStix when it has no fitting `type` and `id`
    public static StixObject of(byte[] utf8, ObjectNode json) {
        return new StixObject(utf8, json);
    }

    /// Holds an object made here; its bytes are the tree as compact JSON.
    ///
    /// @throws MalformedStix when it has no fitting `type` and `id`
    public static StixObject of(ObjectNode json) {
        return new StixObject(Json.mapper().writeValueAsBytes(json), json);
    }

    public StixId id() {
        return id;
    }

    public String type() {
        return id.type();
    }

    /// The bytes as received.
    public byte[] bytes() {
        return bytes;
    }

    public ObjectNode json() {
        return json;
    }

    public @Nullable Timestamp created() {
        return created;
    }

    public @Nullable Timestamp modified() {
        return modified;
    }

    /// What orders the versions of this object: `modified`, else `created` (marking definitions), else null
    /// (cyber-observable objects, which have one version). Source: TAXII 2.1 §3.4.1.
    public @Nullable Timestamp version() {
        return modified != null ? modified : created;
    }

    /// `spec_version`; `2.0` for a domain object without one, `2.1` for a cyber-observable without one.
    /// Source: STIX 2.1 §3.2.
    public String specVersion() {
        String stated = text("spec_version");
        if (stated != null) {
            return stated;
        }
        return created == null ? "2.1" : "2.0";
    }

    public boolean revoked() {
        return json.path("revoked").asBoolean(false);
    }

    public @Nullable StixId createdBy() {
        String creator = text("created_by_ref");
        return creator == null ? null : StixId.parse(creator);
    }

    /// Identifiers in `object_marking_refs`, in order; those of another form are left out.
    public List<StixId> markings() {
        List<StixId> markings = new ArrayList<>();
        for (JsonNode ref : json.path("object_marking_refs")) {
            if (ref.isString()) {
                try {
                    markings.add(StixId.parse(ref.stringValue()));
                } catch (MalformedStix e) {
                    // The validator names it; the gate counts what is listed and cannot be read.
                }
            }
        }
        return List.copyOf(markings);
    }

    /// The string property `name` of the object, null when absent or of another kind.
    public @Nullable String text(String name) {
        JsonNode value = json.get(name);
        return value != null && value.isString() ? value.stringValue() : null;
    }

    /// Types of STIX that are not versioned objects with `created`: cyber-observables. Source: STIX 2.1 §6.
    public static final Set<String> OBSERVABLE_TYPES =
            Set.of(
                    "artifact",
                    "autonomous-system",
                    "directory",
                    "domain-name",
                    "email-addr",
                    "email-message",
                    "file",
                    "ipv4-addr",
                    "ipv6-addr",
                    "mac-addr",
                    "mutex",
                    "network-traffic",
                    "process",
                    "software",
                    "url",
                    "user-account",
                    "windows-registry-key",
                    "x509-certificate");

    private static String requiredText(ObjectNode json, String name) {
        JsonNode value = json.get(name);
        if (value == null || !value.isString()) {
            throw new MalformedStix(
                    "/" + name,
                    "'" + name + "' is required and a string (STIX 2.1 §3.2)",
                    "'" + name + "' is missing or not a string");
        }
        return value.stringValue();
    }

    private static @Nullable Timestamp timestamp(ObjectNode json, String name) {
        JsonNode value = json.get(name);
        if (value == null || !value.isString()) {
            return null;
        }
        try {
            return Timestamp.parse(value.stringValue());
        } catch (MalformedStix e) {
            // A time that cannot be read orders nothing; the validator names it.
            return null;
        }
    }

    @Override
    public String toString() {
        return modified == null ? id.toString() : id + "@" + modified;
    }
}
