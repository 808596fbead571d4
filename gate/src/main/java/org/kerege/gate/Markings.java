package org.kerege.gate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import tools.jackson.databind.JsonNode;

/// What marking identifiers mean. A marking carries its own markings along: an object goes no wider than the
/// definition that its readers need to understand it.
///
/// @param held finds a marking-definition that this node holds, null when it holds none of that identifier
public record Markings(Function<StixId, @Nullable StixObject> held) {

    /// Most distinct markings that are weighed for one object.
    public static final int MAX_MARKINGS = 1_000;

    /// The same markings, each looked up at most once. For one piece of work on one thread.
    Markings lookedUpOnce() {
        Map<StixId, Optional<StixObject>> seen = new HashMap<>();
        return new Markings(id ->
                seen.computeIfAbsent(id, asked -> Optional.ofNullable(held.apply(asked)))
                        .orElse(null));
    }

    /// The label of one marking, of every marking it carries, and so on.
    public Label label(StixId marking) {
        return label(marking, new HashSet<>(), new int[1]);
    }

    /// The label of what `refs`, the value of `object_marking_refs`, lists; [Label#NONE] when it is absent.
    Label labelOf(@Nullable JsonNode refs) {
        return labelOf(refs, new HashSet<>(), new int[1]);
    }

    private Label labelOf(@Nullable JsonNode refs, Set<StixId> path, int[] weighed) {
        if (refs == null) {
            return Label.NONE;
        }
        if (!refs.isArray()) {
            return Label.of(Fault.unreadable("object_marking_refs"));
        }
        Set<StixId> distinct = new LinkedHashSet<>();
        for (JsonNode ref : refs) {
            try {
                distinct.add(StixId.parse(ref.asString("")));
            } catch (MalformedStix e) {
                return Label.of(Fault.unreadable("object_marking_refs"));
            }
        }
        Label mixture = Label.NONE;
        for (StixId marking : distinct) {
            mixture = mixture.join(label(marking, path, weighed));
        }
        return mixture;
    }

    /// @param path markings that led here
    /// @param weighed how many were weighed so far; the bound holds for all paths together
    private Label label(StixId marking, Set<StixId> path, int[] weighed) {
        if (weighed[0]++ >= MAX_MARKINGS) {
            return Label.of(
                    new Fault(Fault.Kind.TOO_MANY_MARKINGS, Integer.toString(MAX_MARKINGS)));
        }
        if (!path.add(marking)) {
            return Label.of(new Fault(Fault.Kind.CIRCULAR_MARKING, marking.toString()));
        }
        try {
            Label known = KnownMarkings.label(marking);
            StixObject definition = known == null ? held.apply(marking) : null;
            if (known != null) {
                return known;
            }
            if (definition == null || !definition.type().equals("marking-definition")) {
                return Label.of(Fault.unknown(marking));
            }
            Label own = MarkingReader.read(definition);
            return own.join(labelOf(definition.json().get("object_marking_refs"), path, weighed));
        } finally {
            path.remove(marking);
        }
    }
}
