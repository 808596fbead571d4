package org.kerege.node.gate;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Alliance;
import org.kerege.gate.Interning;
import org.kerege.gate.Roster;
import org.kerege.gate.Standing;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What is supposed, to see what the gate would say: other markings of an object, other standings of organisations.
/// Nothing of it is kept.
///
/// @param markings identifiers of the markings that the object would have; null where it keeps its own
/// @param standings of organisations by name or identifier; those not named keep their own
public record Supposition(@Nullable List<StixId> markings, Map<String, Standing> standings) {

    /// Everything as it is.
    public static final Supposition NOTHING = new Supposition(null, Map.of());

    public Supposition {
        markings = markings == null ? null : List.copyOf(markings);
        standings = Map.copyOf(standings);
    }

    /// Whether everything is as it is.
    public boolean none() {
        return markings == null && standings.isEmpty();
    }

    /// The object with the supposed markings.
    StixObject of(StixObject object) {
        if (markings == null) {
            return object;
        }
        ObjectNode json = Json.mapper().readTree(object.bytes()).asObject();
        ArrayNode refs = json.putArray("object_marking_refs");
        markings.forEach(id -> refs.add(id.toString()));
        return StixObject.of(json);
    }

    /// The alliance with the supposed standings.
    Alliance of(Alliance alliance, Organisations organisations) {
        Map<StixId, Standing> changed = new HashMap<>();
        standings.forEach((name, standing) -> changed.put(organisations.identity(name), standing));
        return new Alliance() {
            @Override
            public Roster at(Instant at) {
                return alliance.at(at).withStandings(changed);
            }

            @Override
            public long epoch() {
                return alliance.epoch();
            }
        };
    }

    /// Numbers as they are stored, and further ones that are forgotten.
    static Interning passing(Interning stored) {
        Interning.InMemory numbers = new Interning.InMemory();
        int last = 0;
        for (Interning.Entry entry : stored.after(0)) {
            while (++last < entry.id()) {
                numbers.intern("not in use " + last);
            }
            numbers.intern(entry.text());
        }
        return new Interning() {
            @Override
            public int intern(String text) {
                return numbers.intern(text);
            }

            @Override
            public Iterable<Entry> after(int id) {
                return id == 0 ? stored.after(0) : List.of();
            }
        };
    }
}
