package org.kerege.stix.upgrade;

import java.util.List;
import java.util.function.Function;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.marking.Selector;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Keeps granular markings on their content when that moves: a selector left behind would uncover what it
/// protected.
final class SelectorMoves {

    private SelectorMoves() {}

    /// Replaces each selector of `object` by those that `move` gives; a marking without selectors goes. One that
    /// cannot be read stays, for the validator to name.
    static void apply(ObjectNode object, Function<Selector, List<String>> move) {
        if (!(object.get("granular_markings") instanceof ArrayNode markings)) {
            return;
        }
        ArrayNode kept = object.arrayNode();
        for (JsonNode marking : markings) {
            if (marking instanceof ObjectNode fields
                    && fields.get("selectors") instanceof ArrayNode selectors) {
                ArrayNode moved = object.arrayNode();
                for (JsonNode selector : selectors) {
                    moved(selector, move).forEach(moved::add);
                }
                if (moved.isEmpty()) {
                    continue;
                }
                fields.set("selectors", moved);
            }
            kept.add(marking);
        }
        if (kept.isEmpty()) {
            object.remove("granular_markings");
        } else {
            object.set("granular_markings", kept);
        }
    }

    private static List<String> moved(JsonNode selector, Function<Selector, List<String>> move) {
        try {
            return move.apply(Selector.parse(selector.asString("")));
        } catch (MalformedStix e) {
            return List.of(selector.asString(""));
        }
    }
}
