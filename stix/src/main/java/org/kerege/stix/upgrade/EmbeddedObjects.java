package org.kerege.stix.upgrade;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.ScoIds;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.kerege.stix.marking.Selector;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The objects embedded in observed-data of STIX 2.0, `objects` with references by key, become objects of their
/// own with deterministic identifiers. An identifier may depend on those of the objects referred to, so these get
/// theirs first; a reference that leads back to its own object (STIX 2.0 does not rule that out) does not count.
/// Source: STIX 2.0 part 2 §2.10 and part 3 §2; STIX 2.1 §2.9, §4.14.
final class EmbeddedObjects {

    /// Most objects in one container, and most references one after the other.
    private static final int MAX_OBJECTS = 100_000;

    private static final int MAX_CHAIN = 500;

    private final ObjectNode observed;
    private final Map<String, ObjectNode> byKey = new LinkedHashMap<>();
    private final Map<String, StixId> ids = new LinkedHashMap<>();
    private final Set<String> underWay = new HashSet<>();
    private final Changes changes;

    private EmbeddedObjects(ObjectNode observed, Changes changes) {
        this.observed = observed;
        this.changes = changes;
    }

    /// Takes the embedded objects out of `observed` and leaves references to them.
    static List<StixObject> takeOut(ObjectNode observed, Changes changes) {
        if (!(observed.get("objects") instanceof ObjectNode container)
                || container.size() > MAX_OBJECTS) {
            throw malformed(
                    "/objects", "'objects' is no dictionary or has more than " + MAX_OBJECTS);
        }
        EmbeddedObjects embedded = new EmbeddedObjects(observed, changes);
        for (Map.Entry<String, JsonNode> entry : container.properties()) {
            embedded.add(entry.getKey(), entry.getValue());
        }
        return embedded.takenOut();
    }

    private void add(String key, JsonNode value) {
        String pointer = "/objects/" + escaped(key);
        if (!(value instanceof ObjectNode object)
                || !object.path("type").isString()
                || !StixId.isTypeName(object.path("type").stringValue())) {
            throw malformed(pointer, "an embedded object has no proper 'type'");
        }
        ObjectNode copy = object.deepCopy();
        String type = copy.path("type").stringValue();
        Properties.rename(copy, Renames.ofType(type), pointer, changes);
        for (Map.Entry<String, JsonNode> extension : copy.path("extensions").properties()) {
            if (extension.getValue() instanceof ObjectNode fields) {
                Properties.rename(
                        fields,
                        Renames.ofExtension(extension.getKey()),
                        pointer + "/extensions/" + escaped(extension.getKey()),
                        changes);
            }
        }
        renameHashes(copy, pointer);
        byKey.put(key, copy);
    }

    private void renameHashes(JsonNode value, String pointer) {
        for (Map.Entry<String, JsonNode> property : value.properties()) {
            String name = property.getKey();
            String place = pointer + "/" + escaped(name);
            if (property.getValue() instanceof ObjectNode fields
                    && (name.equals("hashes") || name.endsWith("_hashes"))) {
                Properties.rename(fields, Renames.ofHashes(), place, changes);
            } else {
                renameHashes(property.getValue(), place);
            }
        }
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                renameHashes(value.get(i), pointer + "/" + i);
            }
        }
    }

    private List<StixObject> takenOut() {
        byKey.keySet().forEach(this::idOf);
        byKey.forEach((key, object) -> refer(object, key, false));
        ArrayNode refs = observed.arrayNode();
        byKey.keySet().stream().map(this::ids).distinct().forEach(id -> refs.add(id.toString()));
        observed.remove("objects");
        observed.set("object_refs", refs);
        changes.add(
                "/objects",
                Change.Kind.MOVED,
                "%d embedded objects are objects of their own, named in object_refs (STIX 2.1 §4.14)"
                        .formatted(byKey.size()));
        mark();
        Map<StixId, StixObject> taken = new LinkedHashMap<>();
        byKey.forEach((key, object) -> {
            StixId id = ids(key);
            ObjectNode json = observed.objectNode();
            json.set("type", object.get("type"));
            json.put("spec_version", "2.1");
            json.put("id", id.toString());
            object.properties().forEach(e -> json.set(e.getKey(), e.getValue()));
            // Two keys may hold the same observable.
            taken.putIfAbsent(id, StixObject.of(json));
        });
        return List.copyOf(taken.values());
    }

    private StixId ids(String key) {
        StixId id = ids.get(key);
        if (id == null) {
            throw new IllegalStateException("every embedded object has its identifier by now");
        }
        return id;
    }

    /// The identifier of the object under `key`; null while it is being computed or where there is none.
    private @Nullable StixId idOf(String key) {
        StixId known = ids.get(key);
        ObjectNode object = byKey.get(key);
        if (known != null || object == null || underWay.contains(key)) {
            return known;
        }
        if (underWay.size() >= MAX_CHAIN) {
            throw malformed(
                    "/objects",
                    "more than " + MAX_CHAIN + " objects refer to one another in a row");
        }
        underWay.add(key);
        ObjectNode resolved = object.deepCopy();
        ObjectNode contributing = ScoIds.contributing(resolved);
        if (contributing != null) {
            refer(resolved, key, true);
            contributing = ScoIds.contributing(resolved);
        }
        underWay.remove(key);
        StixId id =
                contributing == null
                        ? new StixId(object.path("type").stringValue(), ownUuid(key))
                        : ScoIds.idOf(resolved);
        ids.put(key, id);
        return id;
    }

    /// Replaces the keys in `_ref` and `_refs` by identifiers, at every depth.
    ///
    /// @param dry for computing an identifier: a reference without one is only left out, not reported
    private void refer(JsonNode value, String key, boolean dry) {
        if (value instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                JsonNode old = object.path(name);
                if (name.endsWith("_ref") && old.isString()) {
                    StixId id = idOf(old.stringValue());
                    if (id != null) {
                        object.put(name, id.toString());
                    } else {
                        object.remove(name);
                        lost(key, name, old.stringValue(), dry);
                    }
                } else if (name.endsWith("_refs") && old instanceof ArrayNode list) {
                    referAll(object, name, list, key, dry);
                } else {
                    refer(old, key, dry);
                }
            }
        } else if (value.isArray()) {
            value.forEach(element -> refer(element, key, dry));
        }
    }

    private void referAll(ObjectNode object, String name, ArrayNode list, String key, boolean dry) {
        ArrayNode resolved = object.arrayNode();
        for (JsonNode element : list) {
            StixId id = idOf(element.asString(""));
            if (id != null) {
                resolved.add(id.toString());
            } else {
                lost(key, name, element.asString(""), dry);
            }
        }
        if (resolved.isEmpty()) {
            object.remove(name);
        } else {
            object.set(name, resolved);
        }
    }

    private void lost(String key, String name, String to, boolean dry) {
        if (!dry) {
            changes.add(
                    "/objects/" + escaped(key) + "/" + escaped(name),
                    Change.Kind.LOST,
                    "refers to '%s', which is no object of this observed-data"
                            .formatted(to.length() <= 80 ? to : to.substring(0, 80) + "…"));
        }
    }

    /// Observables are as secret as the observation that held them: they take over its markings, and the granular
    /// ones that were on them.
    private void mark() {
        JsonNode refs = observed.get("object_marking_refs");
        if (refs != null) {
            byKey.values().forEach(object -> object.set("object_marking_refs", refs.deepCopy()));
        }
        if (observed.get("granular_markings") instanceof ArrayNode markings) {
            markings.forEach(this::carry);
            SelectorMoves.apply(
                    observed,
                    selector ->
                            selector.steps().getFirst().equals("objects")
                                    ? selector.steps().size() == 1
                                            ? List.of("object_refs")
                                            : List.of()
                                    : List.of(selector.toString()));
        }
    }

    private void carry(JsonNode marking) {
        for (JsonNode text : marking.path("selectors")) {
            Selector selector;
            try {
                selector = Selector.parse(text.asString(""));
            } catch (MalformedStix e) {
                continue;
            }
            List<String> steps = selector.steps();
            if (!steps.getFirst().equals("objects")) {
                continue;
            }
            if (steps.size() == 1) {
                byKey.values().forEach(object -> markWhole(object, marking));
                continue;
            }
            ObjectNode object = byKey.get(steps.get(1));
            if (object == null) {
                continue;
            }
            if (steps.size() == 2) {
                markWhole(object, marking);
            } else {
                markPart(object, marking, steps.subList(2, steps.size()));
            }
        }
    }

    private static void markWhole(ObjectNode object, JsonNode marking) {
        JsonNode ref = marking.get("marking_ref");
        if (ref != null) {
            ArrayNode refs = object.withArrayProperty("object_marking_refs");
            if (refs.valueStream().noneMatch(ref::equals)) {
                refs.add(ref);
            }
        }
    }

    private static void markPart(ObjectNode object, JsonNode marking, List<String> steps) {
        String type = object.path("type").asString("");
        List<String> renamed = new ArrayList<>(steps);
        UnaryOperator<String> name = old -> Renames.ofType(type).getOrDefault(old, old);
        renamed.set(0, name.apply(steps.getFirst()));
        if (steps.size() > 2 && steps.getFirst().equals("extensions")) {
            renamed.set(
                    2, Renames.ofExtension(steps.get(1)).getOrDefault(steps.get(2), steps.get(2)));
        }
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i - 1).equals("hashes")) {
                renamed.set(i, Renames.ofHashes().getOrDefault(steps.get(i), steps.get(i)));
            }
        }
        ObjectNode copy = ((ObjectNode) marking).deepCopy();
        copy.putArray("selectors").add(String.join(".", renamed));
        object.withArrayProperty("granular_markings").add(copy);
    }

    /// Where nothing of the object makes an identifier, STIX asks for a UUID of version 4. Its bits come from the
    /// observation and the key rather than from chance, so that the same observation gives the same object again.
    private UUID ownUuid(String key) {
        try {
            String name = observed.path("id").asString("") + "/objects/" + key;
            ByteBuffer hash =
                    ByteBuffer.wrap(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(name.getBytes(StandardCharsets.UTF_8)));
            long high = (hash.getLong() & ~0xF000L) | 0x4000L;
            long low = (hash.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static MalformedStix malformed(String pointer, String message) {
        return new MalformedStix(
                pointer,
                "observed-data holds a dictionary of objects (STIX 2.0 part 3 §2)",
                message);
    }
}
