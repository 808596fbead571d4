package org.kerege.node.desk;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kerege.node.exchange.Version;
import org.kerege.node.exchange.search.Reader;
import org.kerege.node.exchange.search.VisibleObject;
import org.kerege.node.exchange.search.VisibleObjects;
import org.kerege.stix.Json;
import org.kerege.stix.marking.Tlp;
import tools.jackson.databind.JsonNode;

/// One version of an object in the form in which its reader may have it.
///
/// @param version sortable text, see [Version]
/// @param bytes as they may be shown: whole, or without the parts that are withheld
/// @param reduced whether parts are withheld
public record Entry(
        long seq,
        String id,
        String version,
        String type,
        boolean reduced,
        byte[] bytes,
        JsonNode json) {

    /// Stands for a marking that is no level of TLP.
    public static final String OTHER = "OTHER";

    private static final Map<String, String> LEVELS =
            Arrays.stream(Tlp.values())
                    .collect(
                            Collectors.toMap(
                                    tlp -> tlp.id().toString(), tlp -> tlp.level().name()));

    /// The object as it stands in the form in which its reader may have it.
    public static Entry of(VisibleObject object) {
        return new Entry(
                object.seq(),
                object.id(),
                object.version(),
                object.type(),
                object.reduced(),
                object.bytes(),
                Json.mapper().readTree(object.bytes()));
    }

    /// All versions of one object that its reader may see, newest first.
    ///
    /// @param id as an address has it: NUL, which the store takes in no text, is left out
    static List<Entry> versions(VisibleObjects objects, Reader reader, String id) {
        return seen(objects, reader, id).map(Entry::of).toList();
    }

    /// The newest of them.
    static Optional<Entry> newest(VisibleObjects objects, Reader reader, String id) {
        return seen(objects, reader, id).findFirst().map(Entry::of);
    }

    private static Stream<VisibleObject> seen(VisibleObjects objects, Reader reader, String id) {
        return objects.versions(reader, id.replace("\0", "")).stream();
    }

    /// What a person would call it: its name, value or identifier.
    public String title() {
        return Stream.of("name", "value", "path", "abstract", "pattern")
                .map(this::text)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse(Shown.text(id));
    }

    /// The same, with the names of what a relationship or sighting stands between.
    ///
    /// @param names of objects that the reader may see, by identifier
    public String title(Map<String, String> names) {
        return switch (type) {
            case "relationship" ->
                    named("source_ref", names)
                            + " "
                            + text("relationship_type")
                            + " "
                            + named("target_ref", names);
            case "sighting" -> named("sighting_of_ref", names) + " × " + count();
            default -> title();
        };
    }

    /// Identifiers of the objects that [#title(Map)] names.
    List<String> mentioned() {
        return Stream.of("source_ref", "target_ref", "sighting_of_ref", "created_by_ref")
                .map(property -> json.path(property).asString(""))
                .filter(id -> !id.isEmpty())
                .toList();
    }

    private String named(String property, Map<String, String> names) {
        String id = text(property);
        return names.getOrDefault(id, id);
    }

    /// A property's text as it may be shown, empty where there is none.
    public String text(String property) {
        return Shown.text(json.path(property).asString(""));
    }

    public String modified() {
        return Version.timestamp(version);
    }

    /// Levels it is marked with, by name; [#OTHER] for other markings.
    public List<String> levels() {
        return json.path("object_marking_refs")
                .valueStream()
                .map(ref -> LEVELS.getOrDefault(ref.asString(""), OTHER))
                .distinct()
                .toList();
    }

    /// The object's JSON, set out in lines, as it may be shown.
    public String source() {
        return Shown.source(json.toPrettyString());
    }

    /// Whether its maker has taken it back.
    public boolean isRevoked() {
        return json.path("revoked").asBoolean(false);
    }

    /// How often a sighting was made.
    public long count() {
        return json.path("count").asLong(1);
    }
}
