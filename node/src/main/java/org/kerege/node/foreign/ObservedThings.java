package org.kerege.node.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kerege.node.exchange.draft.Observable;
import org.kerege.pattern.ComparisonExpression.IsSubset;
import org.kerege.pattern.ComparisonExpression.PropertyTest;
import org.kerege.pattern.ComparisonExpression.Relation;
import org.kerege.pattern.Constant;
import org.kerege.pattern.ObjectPath;
import org.kerege.stix.Json;
import org.kerege.stix.ScoIds;
import tools.jackson.databind.node.ObjectNode;

/// The cyber-observable objects that a sign is about, for what was seen and is no reason for an alarm. What an object
/// refers to stands beside it. Source: STIX 2.1 §6.
final class ObservedThings {

    private ObservedThings() {}

    /// @throws Unconvertible when the sign is about nothing that such an object can hold
    static List<ObjectNode> of(Sign sign) throws Unconvertible {
        List<ObjectNode> objects = new ArrayList<>();
        ObjectNode main = Json.mapper().createObjectNode();
        for (PropertyTest test : sign.tests()) {
            ObjectPath path = test.path();
            if (path.steps().stream().anyMatch(ObservedThings::leadsAway)) {
                addReferred(test, objects);
            } else if (path.steps().stream().allMatch(ObjectPath.Key.class::isInstance)
                    && !path.type().equals("network-traffic")) {
                put(main, test);
            }
        }
        if (!main.isEmpty()) {
            objects.addFirst(finished(sign.tests().getFirst().path().type(), main));
        }
        if (objects.isEmpty()) {
            throw new Unconvertible("no observable holds it");
        }
        return objects;
    }

    private static boolean leadsAway(ObjectPath.Step step) {
        return step instanceof ObjectPath.Key(String name)
                && (name.endsWith("_ref") || name.endsWith("_refs"));
    }

    private static void addReferred(PropertyTest test, List<ObjectNode> objects)
            throws Unconvertible {
        Optional<Observable> found =
                test instanceof Relation relation
                                && relation.constant() instanceof Constant.Text(String value)
                        ? Observable.of(value)
                        : Optional.empty();
        if (found.isPresent()) {
            PropertyTest own = Sign.test(found.get());
            ObjectNode json = Json.mapper().createObjectNode();
            put(json, own);
            objects.add(finished(own.path().type(), json));
        }
    }

    private static void put(ObjectNode into, PropertyTest test) {
        ObjectNode place = into;
        List<ObjectPath.Step> steps = test.path().steps();
        for (int i = 0; i < steps.size(); i++) {
            String name = steps.get(i) instanceof ObjectPath.Key(String key) ? key : "";
            if (i < steps.size() - 1) {
                place = place.withObjectProperty(name);
            } else if (test instanceof IsSubset network) {
                place.put(name, network.network());
            } else if (test instanceof Relation relation) {
                switch (relation.constant()) {
                    case Constant.Text(String value) -> place.put(name, value);
                    case Constant.Whole(var value) -> place.put(name, value);
                    case Constant other -> throw new IllegalArgumentException(other.toString());
                }
            }
        }
    }

    private static ObjectNode finished(String type, ObjectNode properties) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("type", type);
        json.put("spec_version", "2.1");
        json.put("id", "");
        json.setAll(properties);
        json.put("id", ScoIds.idOf(json).toString());
        return json;
    }
}
