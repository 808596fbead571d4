package org.kerege.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Paths into an answer's body: names joined by dots, `[n]` an element, `[*]` every element, `[?key=value]` the
/// elements of which a property has that text. The empty path is the body itself.
final class BodyPath {

    private static final Pattern STEP =
            Pattern.compile("([^.\\[\\]]+)|\\[(\\d+)]|\\[(\\*)]|\\[\\?([^=\\]]+)=([^\\]]*)]");

    private BodyPath() {}

    /// What the path leads to, in order; nothing where it leads nowhere.
    static List<JsonNode> find(JsonNode body, String path) {
        List<JsonNode> found = body.isMissingNode() ? List.of() : List.of(body);
        Matcher step = STEP.matcher(path);
        while (step.find()) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode node : found) {
                if (step.group(1) != null) {
                    add(next, node.path(step.group(1)));
                } else if (step.group(2) != null) {
                    add(next, node.path(Integer.parseInt(step.group(2))));
                } else if (step.group(3) != null) {
                    node.forEach(next::add);
                } else {
                    for (JsonNode element : node) {
                        if (element.path(step.group(4)).asString("").equals(step.group(5))) {
                            next.add(element);
                        }
                    }
                }
            }
            found = next;
        }
        return found;
    }

    private static void add(List<JsonNode> found, JsonNode node) {
        if (!node.isMissingNode()) {
            found.add(node);
        }
    }
}
