package org.kerege.gate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A place in an object: property names and, in lists, positions from 0, outermost first.
record Place(List<String> steps) {

    Place {
        steps = List.copyOf(steps);
    }

    /// Resolves a selector; null when it has another form or points nowhere. Source: STIX 2.1 §7.2.3.1.
    static @Nullable Place select(ObjectNode object, String selector) {
        List<String> steps = new ArrayList<>();
        JsonNode at = object;
        for (String component : selector.split("\\.", -1)) {
            String step = component;
            if (at instanceof ArrayNode) {
                if (component.length() < 3
                        || component.charAt(0) != '['
                        || component.charAt(component.length() - 1) != ']') {
                    return null;
                }
                step = component.substring(1, component.length() - 1);
            }
            at = child(at, step);
            if (at == null) {
                return null;
            }
            steps.add(step);
        }
        return new Place(steps);
    }

    String property() {
        return steps.getFirst();
    }

    Place first(int count) {
        return new Place(steps.subList(0, count));
    }

    /// What stands here; null when nothing does.
    @Nullable JsonNode in(ObjectNode object) {
        JsonNode at = object;
        for (String step : steps) {
            at = child(at, step);
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    static @Nullable JsonNode child(JsonNode node, String step) {
        if (node instanceof ObjectNode object) {
            return object.get(step);
        }
        if (node instanceof ArrayNode array) {
            int position = position(step);
            return position >= 0 && position < array.size() ? array.get(position) : null;
        }
        return null;
    }

    /// A position as written in a step; -1 when it is none.
    static int position(String step) {
        if (step.isEmpty() || step.length() > 9 || (step.length() > 1 && step.charAt(0) == '0')) {
            return -1;
        }
        int position = 0;
        for (int i = 0; i < step.length(); i++) {
            char digit = step.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            position = position * 10 + (digit - '0');
        }
        return position;
    }
}
