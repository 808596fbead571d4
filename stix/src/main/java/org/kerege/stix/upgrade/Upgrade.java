package org.kerege.stix.upgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixObject;
import org.kerege.stix.marking.Tlp;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An object of STIX 2.0 as STIX 2.1 has it. The same object always gives the same result, byte for byte, so what
/// arrives twice is recognised. Identifiers, times and references stay; observed-data gives its embedded objects
/// out as objects of their own. Source: STIX 2.0 parts 1 to 5 against STIX 2.1.
///
/// @param object the object itself, of STIX 2.1
/// @param observables the cyber-observable objects it held, in its order; they are marked as it is
/// @param changes what differs, in the order in which it was done
public record Upgrade(StixObject object, List<StixObject> observables, List<Change> changes) {

    /// Where the labels of STIX 2.0 have become a vocabulary of their own.
    private static final Map<String, String> TYPES_PROPERTY =
            Map.of(
                    "indicator", "indicator_types",
                    "malware", "malware_types",
                    "report", "report_types",
                    "threat-actor", "threat_actor_types",
                    "tool", "tool_types",
                    "identity", "roles");

    /// How a term of a vocabulary looks; a tag such as `tlp:white` or `misp:type="url"` is none. Source: STIX 2.1
    /// §2.12 and §2.13.
    private static final Predicate<String> TERM =
            Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*").asMatchPredicate();

    public Upgrade {
        observables = List.copyOf(observables);
        changes = List.copyOf(changes);
    }

    /// Whether an object is of STIX 2.0.
    public static boolean isDue(StixObject object) {
        return object.specVersion().equals("2.0") && !object.type().equals("bundle");
    }

    /// Upgrades one object; one that is no longer of STIX 2.0 comes back as it is.
    ///
    /// @throws MalformedStix when observed-data holds objects without a type or more than can be read
    public static Upgrade of(StixObject old) {
        if (!isDue(old)) {
            return new Upgrade(old, List.of(), List.of());
        }
        Tlp tlp = Tlp.of(old.id());
        if (tlp != null) {
            return new Upgrade(
                    tlp.definition(),
                    List.of(),
                    List.of(
                            new Change(
                                    "",
                                    Change.Kind.RENAMED,
                                    "TLP markings have one fixed form (STIX 2.1 §7.2.1.4)")));
        }
        Work work = new Work(old);
        work.run();
        return new Upgrade(StixObject.of(work.json), work.observables, work.changes.list());
    }

    /// Whether everything that the object said is still said.
    public boolean lossless() {
        return changes.stream().noneMatch(change -> change.kind() == Change.Kind.LOST);
    }

    /// All objects: the observables first, then the object that refers to them.
    public List<StixObject> objects() {
        List<StixObject> objects = new ArrayList<>(observables);
        objects.add(object);
        return objects;
    }

    /// One upgrade under way.
    private static final class Work {

        private final StixObject old;
        private final ObjectNode json;
        private final Changes changes = new Changes();
        private List<StixObject> observables = List.of();

        Work(StixObject old) {
            this.old = old;
            this.json = old.json().deepCopy();
        }

        void run() {
            json.put("spec_version", "2.1");
            changes.add("", Change.Kind.ADDED, "spec_version is 2.1 (STIX 2.1 §3.2)");
            splitLabels();
            hashNames();
            switch (old.type()) {
                case "indicator" -> indicator();
                case "malware" -> malware();
                case "observed-data" -> {
                    if (json.has("objects")) {
                        observables = EmbeddedObjects.takeOut(json, changes);
                    }
                }
                default -> {
                    // The other types have the same properties in both versions.
                }
            }
        }

        private void indicator() {
            json.put("pattern_type", "stix");
            changes.add("", Change.Kind.ADDED, "pattern_type is stix, the only one of STIX 2.0");
            String pattern = old.text("pattern");
            if (pattern == null) {
                return;
            }
            String upgraded = PatternUpgrade.upgrade(pattern);
            if (!upgraded.equals(pattern)) {
                json.put("pattern", upgraded);
                changes.add(
                        "/pattern",
                        Change.Kind.RENAMED,
                        "times and properties are written as in STIX 2.1 §9: " + excerpt(upgraded));
            }
        }

        private void malware() {
            if (!json.has("is_family")) {
                json.put("is_family", false);
                changes.add(
                        "",
                        Change.Kind.ASSUMED,
                        "is_family is false: STIX 2.0 does not say whether this is a family");
            }
        }

        private void splitLabels() {
            String property = TYPES_PROPERTY.get(old.type());
            if (property == null
                    || json.has(property)
                    || !(json.get("labels") instanceof ArrayNode labels)) {
                return;
            }
            ArrayNode types = json.arrayNode();
            ArrayNode rest = json.arrayNode();
            List<String> places = new ArrayList<>();
            for (JsonNode label : labels) {
                boolean term = label.isString() && TERM.test(label.stringValue());
                places.add(
                        term
                                ? property + ".[" + types.size() + "]"
                                : "labels.[" + rest.size() + "]");
                (term ? types : rest).add(label);
            }
            if (types.isEmpty()) {
                return;
            }
            json.set(property, types);
            json.remove("labels");
            if (!rest.isEmpty()) {
                json.set("labels", rest);
            }
            changes.add(
                    "/labels",
                    Change.Kind.RENAMED,
                    "labels that are terms of a vocabulary are now in " + property);
            List<String> whole = rest.isEmpty() ? List.of(property) : List.of(property, "labels");
            SelectorMoves.apply(
                    json,
                    selector -> {
                        if (selector.toString().equals("labels")) {
                            return whole;
                        }
                        if (!selector.steps().getFirst().equals("labels")) {
                            return List.of(selector.toString());
                        }
                        String list = selector.steps().get(1);
                        int index = place(list, places.size());
                        return index < 0 ? List.of() : List.of(places.get(index));
                    });
        }

        private static int place(String step, int size) {
            for (int i = 0; i < size; i++) {
                if (step.equals("[" + i + "]")) {
                    return i;
                }
            }
            return -1;
        }

        private void hashNames() {
            int index = 0;
            for (JsonNode reference : json.path("external_references")) {
                if (reference.get("hashes") instanceof ObjectNode hashes) {
                    Properties.rename(
                            hashes,
                            Renames.ofHashes(),
                            "/external_references/" + index + "/hashes",
                            changes);
                }
                index++;
            }
        }

        private static String excerpt(String text) {
            return text.length() <= 200 ? text : text.substring(0, 200) + "…";
        }
    }
}
