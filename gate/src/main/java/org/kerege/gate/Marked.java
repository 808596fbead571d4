package org.kerege.gate;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import tools.jackson.databind.JsonNode;

/// One object with what its markings say of the whole and of parts that can be left out. A part goes no wider
/// than the whole: its label already holds the object's. A marked part that the object cannot be without, and a
/// selector that points nowhere, mark the whole.
///
/// @param parts places by the label that governs them
record Marked(Label whole, Map<Label, Set<Place>> parts) {

    /// Most pairs of marking and selector that are weighed for one object.
    static final int MAX_SELECTORS = 10_000;

    /// Lists whose members make no sense without each of their own properties.
    private static final Set<String> WHOLE_MEMBERS =
            Set.of("external_references", "kill_chain_phases");

    /// Reads the markings of an object.
    ///
    /// @param unmarked label of an object whose markings do not say who may have it
    static Marked read(StixObject object, Markings markings, Label unmarked) {
        return new Reading(object, markings).finish(unmarked);
    }

    /// Collects the granular markings of one object.
    private static final class Reading {

        private final StixObject object;
        private final Markings markings;
        private final Map<StixId, Label> labels = new HashMap<>();
        private final Map<Label, Set<Place>> parts = new HashMap<>();
        private Label whole;

        Reading(StixObject object, Markings markings) {
            this.object = object;
            this.markings = markings;
            this.whole = markings.labelOf(object.json().get("object_marking_refs"));
        }

        Marked finish(Label unmarked) {
            JsonNode granular = object.json().get("granular_markings");
            if (granular != null) {
                readAll(granular);
            }
            if (object.type().equals("marking-definition")) {
                // A marking binds itself: who may not have what it marks need not read its lists.
                whole = whole.join(markings.label(object.id()));
            }
            Label all = whole.saysWho() ? whole : whole.join(unmarked);
            Map<Label, Set<Place>> governed = new HashMap<>();
            parts.forEach((label, places) -> {
                Label both = all.join(label);
                if (!both.equals(all)) {
                    governed.computeIfAbsent(both, _ -> new LinkedHashSet<>()).addAll(places);
                }
            });
            return new Marked(all, Map.copyOf(governed));
        }

        private void readAll(JsonNode granular) {
            if (!granular.isArray()) {
                mark(Fault.unreadable("granular_markings"));
                return;
            }
            int weighed = 0;
            for (JsonNode entry : granular) {
                JsonNode ref = entry.get("marking_ref");
                JsonNode selectors = entry.path("selectors");
                if (ref == null && entry.path("lang").isString()) {
                    continue;
                }
                Label label = label(ref);
                if (!selectors.isArray() || selectors.isEmpty()) {
                    whole = whole.join(label);
                    continue;
                }
                weighed += selectors.size();
                if (weighed > MAX_SELECTORS || labels.size() > Markings.MAX_MARKINGS) {
                    mark(new Fault(Fault.Kind.TOO_MANY_MARKINGS, Integer.toString(MAX_SELECTORS)));
                    return;
                }
                for (JsonNode selector : selectors) {
                    readOne(label, selector.asString(""));
                }
            }
        }

        private void readOne(Label label, String selector) {
            Place place = Place.select(object.json(), selector);
            if (place == null || Required.is(object.type(), place.property())) {
                whole = whole.join(label);
                return;
            }
            Place hideable =
                    WHOLE_MEMBERS.contains(place.property()) && place.steps().size() > 2
                            ? place.first(2)
                            : place;
            parts.computeIfAbsent(label, _ -> new LinkedHashSet<>()).add(hideable);
        }

        private Label label(@Nullable JsonNode ref) {
            try {
                StixId id = StixId.parse(ref == null ? "" : ref.asString(""));
                return labels.computeIfAbsent(id, markings::label);
            } catch (MalformedStix e) {
                return Label.of(Fault.unreadable("granular_markings"));
            }
        }

        private void mark(Fault fault) {
            whole = whole.join(Label.of(fault));
        }
    }

    /// Places of which `hidden` says that their label keeps them from the recipient.
    Set<Place> placesWhere(Predicate<Label> hidden) {
        Set<Place> places = new LinkedHashSet<>();
        parts.forEach((label, under) -> {
            if (hidden.test(label)) {
                places.addAll(under);
            }
        });
        return places;
    }

    /// Whether a place lies in one of `places`.
    static boolean covers(Set<Place> places, Place place) {
        List<String> steps = place.steps();
        for (int count = 1; count <= steps.size(); count++) {
            if (places.contains(place.first(count))) {
                return true;
            }
        }
        return false;
    }
}
