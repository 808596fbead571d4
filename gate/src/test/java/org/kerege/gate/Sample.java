package org.kerege.gate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Referents.Referent;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import tools.jackson.databind.node.ObjectNode;

/// A small alliance for the tests: A holds the node; B and C are members, D an observer, E a partner, F was
/// suspended, S is a stranger, K is a client of A.
final class Sample {

    static final Instant NOW = Instant.parse("2025-01-15T12:00:00Z");

    static final StixId A = organisation("A");
    static final StixId B = organisation("B");
    static final StixId C = organisation("C");
    static final StixId D = organisation("D");
    static final StixId E = organisation("E");
    static final StixId F = organisation("F");
    static final StixId K = organisation("K");
    static final StixId S = organisation("S");
    static final StixId GROUP = organisation("group of B and E");
    static final StixId ANNA = organisation("Anna of A");
    static final StixId BOLOT = organisation("Bolot of B");
    static final StixId ELENA = organisation("Elena of E");

    static final StixId TLP_CLEAR = marking("94868c89-83c2-464b-929b-a1a8aa3c8487");
    static final StixId TLP_GREEN = marking("bab4a63c-aed9-4cf5-a766-dfca5abac2bb");
    static final StixId TLP_AMBER = marking("55d920b0-5e8b-4f79-9ee9-91f868d9b421");
    static final StixId TLP_STRICT = marking("939a9414-2ddd-4d32-a0cd-375ea402b003");
    static final StixId TLP_RED = marking("e828b379-4e03-4974-9ac4-e53a884c97c1");

    private Sample() {}

    static StixId organisation(String name) {
        return new StixId(
                "identity", UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }

    static StixId marking(String uuid) {
        return new StixId("marking-definition", UUID.fromString(uuid));
    }

    static StixId named(String type, String name) {
        return new StixId(
                type, UUID.nameUUIDFromBytes((type + name).getBytes(StandardCharsets.UTF_8)));
    }

    static Roster roster() {
        return new Roster(
                A,
                Map.of(),
                Map.of(
                        A, Standing.MEMBER,
                        B, Standing.MEMBER,
                        C, Standing.MEMBER,
                        D, Standing.OBSERVER,
                        E, Standing.PARTNER,
                        F, Standing.SUSPENDED),
                Map.of(GROUP, Set.of(B, E)),
                Map.of(A, Set.of(K)),
                Set.of(
                        new Party.Tier(Standing.MEMBER),
                        new Party.Tier(Standing.OBSERVER),
                        new Party.Tier(Standing.PARTNER)),
                Set.of(new Party.Tier(Standing.MEMBER)),
                Map.of(
                        Standing.MEMBER, Tlp.RED,
                        Standing.OBSERVER, Tlp.GREEN,
                        Standing.PARTNER, Tlp.AMBER),
                Map.of(),
                Map.of(Channel.MISP, Tlp.GREEN),
                EnumSet.complementOf(EnumSet.of(Channel.MAIL, Channel.CALENDAR)),
                Pap.GREEN,
                null);
    }

    static Alliance alliance() {
        return alliance(roster());
    }

    static Alliance alliance(Roster roster) {
        return new Alliance() {
            @Override
            public Roster at(Instant at) {
                return roster;
            }

            @Override
            public long epoch() {
                return 1;
            }
        };
    }

    static Gate gate(StixObject... markings) {
        Map<StixId, StixObject> held = new HashMap<>();
        for (StixObject marking : markings) {
            held.put(marking.id(), marking);
        }
        return new Gate(
                alliance(),
                new Markings(held::get),
                new Interning.InMemory(),
                new Interning.InMemory());
    }

    static Recipient machine(StixId organisation) {
        return Recipient.organisation(organisation);
    }

    static View view(Gate gate, StixId organisation) {
        return gate.view(machine(organisation), Channel.TAXII, Purpose.DEFENCE, NOW);
    }

    static StixObject object(StixId id, Consumer<ObjectNode> more) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("type", id.type());
        json.put("spec_version", "2.1");
        json.put("id", id.toString());
        json.put("created", "2025-01-01T00:00:00.000Z");
        if (!id.type().equals("marking-definition")) {
            json.put("modified", "2025-01-01T00:00:00.000Z");
        }
        more.accept(json);
        return StixObject.of(json);
    }

    static StixObject indicator(String name, StixId creator, StixId... markings) {
        return object(
                named("indicator", name),
                json -> {
                    json.put("created_by_ref", creator.toString());
                    json.put("name", name);
                    json.put("description", "found in the logs of the finance office");
                    json.put("pattern", "[ipv4-addr:value = '198.51.100.7']");
                    json.put("pattern_type", "stix");
                    json.put("valid_from", "2025-01-01T00:00:00Z");
                    mark(json, markings);
                });
    }

    static void mark(ObjectNode json, StixId... markings) {
        if (markings.length > 0) {
            for (StixId marking : markings) {
                json.withArrayProperty("object_marking_refs").add(marking.toString());
            }
        }
    }

    static void markPart(ObjectNode json, StixId marking, String... selectors) {
        ObjectNode granular = json.withArrayProperty("granular_markings").addObject();
        granular.put("marking_ref", marking.toString());
        for (String selector : selectors) {
            granular.withArrayProperty("selectors").add(selector);
        }
    }

    /// Everything that was put in, found by its identifier.
    static final class Shelf implements Referents {

        final Gate gate;
        final Map<StixId, Placement> placements = new HashMap<>();
        final Map<StixId, StixObject> objects = new HashMap<>();

        Shelf(Gate gate) {
            this.gate = gate;
        }

        Placement put(Intake intake) {
            StixId id = intake.object().id();
            objects.put(id, intake.object());
            Placement placement = gate.place(intake, this, NOW);
            placements.put(id, placement);
            return placement;
        }

        @Override
        public @Nullable Referent find(StixId id) {
            Placement placement = placements.get(id);
            StixObject object = objects.get(id);
            return placement == null || object == null
                    ? null
                    : new Referent(placement.audience(), References.of(object));
        }
    }

    static List<StixId> organisations() {
        return List.of(A, B, C, D, E, F, K, S);
    }
}
