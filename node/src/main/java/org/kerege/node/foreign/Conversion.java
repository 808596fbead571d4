package org.kerege.node.foreign;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.kerege.gate.NamedPersons;
import org.kerege.node.hunt.Indicator;
import org.kerege.pattern.warning.WarningLists;
import org.kerege.stix.BundleWriter;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.kerege.stix.Timestamp;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Collects what sources say and writes it as one bundle. What names a person is kept apart. The same statements
/// make the same objects, whenever they are converted. Not for several threads.
final class Conversion {

    /// When every source that is known by its name alone counts as having begun: a constant, so that its identity is
    /// the same in every import.
    static final Instant SOURCES_SINCE = Instant.parse("2020-01-01T00:00:00Z");

    /// Most objects of one import.
    static final int MOST = 2_000_000;

    private final Consumer<String> report;
    private final Map<StixId, Statement> things = new LinkedHashMap<>();
    private final Map<StixId, Statement> persons = new LinkedHashMap<>();
    private final Map<StixId, StixObject> observed = new LinkedHashMap<>();

    /// Sources and markings of what was observed.
    private final Map<StixId, StixObject> besideObserved = new LinkedHashMap<>();

    private int indicators;
    private int personsFound;
    private int repeated;
    private int refused;
    private final Map<String, Integer> reasons = new TreeMap<>();

    private final WarningLists knownGood;
    private int heldBack;

    /// @param report takes a line for each thing that is refused, set apart or held back
    /// @param knownGood an indicator of whose values all are on its lists is held back
    Conversion(Consumer<String> report, WarningLists knownGood) {
        this.report = report;
        this.knownGood = knownGood;
    }

    static UUID uuid(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The identity of a source that is known by its name.
    static StixObject source(String name) {
        return source(new StixId("identity", uuid("source " + name)), name);
    }

    static StixObject source(StixId id, String name) {
        ObjectNode json = begun("identity", id);
        json.put("created", Timestamp.format(SOURCES_SINCE));
        json.put("modified", Timestamp.format(SOURCES_SINCE));
        json.put("name", name);
        json.put("identity_class", "organization");
        return StixObject.of(json);
    }

    /// Takes a statement in.
    ///
    /// @param place file and line or attribute, for people
    void add(String place, Statement statement) {
        try {
            statement.check();
            if (statement.alarming()) {
                addIndicator(place, statement);
            } else {
                addObserved(place, statement);
            }
        } catch (Unconvertible e) {
            refuse(place, e.reason());
        }
    }

    void refuse(String place, String reason) {
        refused++;
        reasons.merge(reason, 1, Integer::sum);
        report.accept(place + ": not converted: " + reason);
    }

    private void addIndicator(String place, Statement statement) throws Unconvertible {
        Optional<String> lists = knownGood.holding(statement.sign().expression());
        if (lists.isPresent()) {
            heldBack++;
            report.accept(place + ": held back: known-good by " + lists.get());
            return;
        }
        StixId id =
                new StixId(
                        "indicator",
                        uuid(
                                statement.source().id()
                                        + " "
                                        + statement.key()
                                        + " "
                                        + statement.sign().pattern()));
        StixObject made = indicator(id, statement);
        boolean person = NamedPersons.in(made) || Indicator.of(made).namesPerson();
        Map<StixId, Statement> kept = person ? persons : things;
        Statement earlier = kept.get(id);
        if (earlier != null) {
            // Said twice with two markings, it goes no further than the stricter of them.
            kept.put(id, earlier.with(earlier.marks().and(statement.marks())));
            repeated++;
            return;
        }
        room();
        kept.put(id, statement);
        if (person) {
            setApart(place);
        } else {
            indicators++;
        }
    }

    private void addObserved(String place, Statement statement) throws Unconvertible {
        boolean person = false;
        for (ObjectNode json : ObservedThings.of(statement.sign())) {
            StixObject one = StixObject.of(json);
            person |= NamedPersons.in(one);
            if (person) {
                continue;
            }
            StixObject earlier = observed.get(one.id());
            ArrayNode refs = json.putArray("object_marking_refs");
            statement
                    .marks()
                    .refs(statement.source().id())
                    .forEach(ref -> refs.add(ref.toString()));
            if (earlier != null) {
                // An observable has one version; its markings add up to the strictest.
                earlier.markings()
                        .forEach(ref -> {
                            if (!one.markings().contains(ref)) {
                                refs.add(ref.toString());
                            }
                        });
                repeated++;
            }
            if (refs.isEmpty()) {
                json.remove("object_marking_refs");
            }
            room();
            observed.put(one.id(), StixObject.of(json));
            context(statement, besideObserved);
        }
        if (person) {
            setApart(place);
        }
    }

    /// Counts a value that names a person and has no pattern.
    void setApart(String place) {
        report.accept(place + ": set apart: it names a person");
        personsFound++;
    }

    private void room() {
        if (things.size() + persons.size() + observed.size() >= MOST) {
            throw new IllegalArgumentException("an import takes at most " + MOST + " objects");
        }
    }

    int made() {
        return things.size() + observed.size();
    }

    /// How often something was not converted for each reason.
    Map<String, Integer> reasons() {
        return reasons;
    }

    /// The counts, for people.
    String summary() {
        return indicators
                + " indicators, "
                + observed.size()
                + " observables, "
                + personsFound
                + " set apart because they name a person, "
                + heldBack
                + " held back as known-good, "
                + repeated
                + " repeated, "
                + refused
                + " not converted";
    }

    /// The first objects that would be made, a line each, for people.
    ///
    /// @param most lines
    List<String> preview(int most) {
        Stream<String> made =
                things.values().stream()
                        .map(one ->
                                "indicator  "
                                        + one.sign().pattern()
                                        + "  from "
                                        + Timestamp.format(one.validFrom())
                                        + one.marks().words());
        Stream<String> seen = observed.values().stream().map(one -> one.type() + "  " + one.json());
        return Stream.concat(made, seen).limit(most).toList();
    }

    /// Writes what names no person.
    void write(OutputStream out) throws IOException {
        write(out, things, observed.values());
    }

    /// Writes the indicators that name a person, for whoever is to record why they may be used.
    void writePersons(OutputStream out) throws IOException {
        write(out, persons, List.of());
    }

    private void write(
            OutputStream out, Map<StixId, Statement> said, Collection<StixObject> besides)
            throws IOException {
        Map<StixId, StixObject> all = new LinkedHashMap<>();
        said.values().forEach(one -> context(one, all));
        if (!besides.isEmpty()) {
            besideObserved.forEach(all::putIfAbsent);
        }
        said.forEach((id, statement) -> all.put(id, indicator(id, statement)));
        besides.forEach(one -> all.put(one.id(), one));
        try (BundleWriter bundle = new BundleWriter(out, uuid(all.keySet().toString()))) {
            for (StixObject one : all.values()) {
                bundle.add(one);
            }
        }
    }

    private static void context(Statement one, Map<StixId, StixObject> all) {
        all.putIfAbsent(one.source().id(), one.source());
        one.marks()
                .definitions(one.source().id())
                .forEach(marking -> all.putIfAbsent(marking.id(), marking));
    }

    private static StixObject indicator(StixId id, Statement statement) {
        ObjectNode json = begun("indicator", id);
        json.put("created_by_ref", statement.source().id().toString());
        json.put("created", Timestamp.format(statement.created()));
        json.put("modified", Timestamp.format(statement.modified()));
        ArrayNode refs = Json.mapper().createArrayNode();
        statement.marks().refs(statement.source().id()).forEach(ref -> refs.add(ref.toString()));
        if (!refs.isEmpty()) {
            json.set("object_marking_refs", refs);
        }
        json.put("name", statement.sign().name());
        if (!statement.description().isEmpty()) {
            json.put("description", statement.description());
        }
        json.putArray("indicator_types").add("malicious-activity");
        json.put("pattern", statement.sign().pattern());
        json.put("pattern_type", "stix");
        json.put("pattern_version", "2.1");
        json.put("valid_from", Timestamp.format(statement.validFrom()));
        Instant until = statement.validUntil();
        if (until != null) {
            json.put("valid_until", Timestamp.format(until));
        }
        return StixObject.of(json);
    }

    private static ObjectNode begun(String type, StixId id) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("type", type);
        json.put("spec_version", "2.1");
        json.put("id", id.toString());
        return json;
    }
}
