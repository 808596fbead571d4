package org.kerege.gate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// The objects that one object refers to, by what becomes of it when one of them is closed to a reader.
///
/// `created_by_ref` and the references to markings are not among them: they are the author's own signature and
/// conditions, known from the object whether or not the referent is held.
///
/// @param needed references that the object cannot be without
/// @param anyOf lists of which at least one member must stay
/// @param optional references that can be left out
public record References(Set<StixId> needed, List<Set<StixId>> anyOf, Set<StixId> optional) {

    public static final References NONE = new References(Set.of(), List.of(), Set.of());

    private static final Set<String> OPEN =
            Set.of("created_by_ref", "object_marking_refs", "marking_ref");

    public References {
        needed = Set.copyOf(needed);
        anyOf = anyOf.stream().map(Set::copyOf).toList();
        optional = Set.copyOf(optional);
    }

    /// Reads them from an object: every property, at any depth, whose name ends in `_ref` or `_refs`. Values
    /// that are no identifiers, as in the old container of observed data, refer to nothing outside.
    public static References of(StixObject object) {
        Set<StixId> needed = new LinkedHashSet<>();
        List<Set<StixId>> anyOf = new ArrayList<>();
        Set<StixId> optional = new LinkedHashSet<>();
        for (Map.Entry<String, JsonNode> property : object.json().properties()) {
            Set<StixId> found = new LinkedHashSet<>();
            collect(property.getKey(), property.getValue(), found);
            if (found.isEmpty()) {
                continue;
            }
            boolean required = Required.is(object.type(), property.getKey());
            if (!required) {
                optional.addAll(found);
            } else if (property.getKey().endsWith("_refs")) {
                anyOf.add(found);
            } else {
                needed.addAll(found);
            }
        }
        return new References(needed, anyOf, optional);
    }

    /// What the object cannot be without, and every member of its lists.
    Set<StixId> unavoidable() {
        Set<StixId> unavoidable = new LinkedHashSet<>(needed);
        anyOf.forEach(unavoidable::addAll);
        return unavoidable;
    }

    /// All of them.
    public Set<StixId> all() {
        Set<StixId> all = new LinkedHashSet<>(needed);
        anyOf.forEach(all::addAll);
        all.addAll(optional);
        return all;
    }

    /// The identifier that a value of property `name` refers to; null when it is no closing reference.
    static @Nullable StixId target(String name, JsonNode value) {
        if (!(name.endsWith("_ref") || name.endsWith("_refs"))
                || !value.isString()
                || OPEN.contains(name)) {
            return null;
        }
        try {
            return StixId.parse(value.stringValue());
        } catch (MalformedStix e) {
            return null;
        }
    }

    private static void collect(String name, JsonNode value, Set<StixId> found) {
        if (value.isString()) {
            StixId target = target(name, value);
            if (target != null) {
                found.add(target);
            }
        } else if (value instanceof ArrayNode array) {
            array.forEach(member -> collect(name, member, found));
        } else {
            for (Map.Entry<String, JsonNode> property : value.properties()) {
                collect(property.getKey(), property.getValue(), found);
            }
        }
    }
}
