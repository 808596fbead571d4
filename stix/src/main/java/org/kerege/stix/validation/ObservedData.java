package org.kerege.stix.validation;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules on observed data, with its deprecated container of objects. Source: STIX 2.1 §2.13, §4.14.
final class ObservedData {

    static final Kind CONTAINER = ObservedData::container;

    private ObservedData() {}

    /// A list of what was observed has more than relationships in it.
    static void observesSomething(ObjectNode observed, Report report) {
        if (!(observed.get("object_refs") instanceof ArrayNode references)
                || references.isEmpty()) {
            return;
        }
        for (JsonNode reference : references) {
            if (!reference.isString()
                    || StixTypes.familyOf(Formats.typeOf(reference.stringValue()))
                            != Family.RELATIONSHIP) {
                return;
            }
        }
        report.enter("object_refs");
        report.error(
                Fault.REFERENCE,
                "STIX 2.1 §4.14",
                "object_refs names at least one cyber-observable object",
                "'object_refs' names relationships only. Add the objects that were observed.");
        report.leave();
    }

    private static void container(JsonNode value, Report report) {
        if (!(value instanceof ObjectNode objects)) {
            Kinds.wrongType(value, report, "a dictionary (JSON object)", "STIX 2.1 §2.13");
            return;
        }
        if (Kinds.isEmpty(objects, report, "STIX 2.1 §2.13")) {
            return;
        }
        for (Map.Entry<String, JsonNode> entry : objects.properties()) {
            report.enter(entry.getKey());
            if (!isNumber(entry.getKey())) {
                report.warn(
                        Check.OBSERVABLE_OBJECT_KEYS,
                        "STIX 2.1 §2.13",
                        "keys in 'objects' are whole numbers",
                        "The key '%s' is no number. Use \"0\", \"1\" and so on."
                                .formatted(Report.excerpt(entry.getKey())));
            }
            if (entry.getValue() instanceof ObjectNode object) {
                report.within(objects);
                ObjectCheck.observable(object, report);
                report.within(null);
            } else {
                Kinds.wrongType(entry.getValue(), report, "an object", "STIX 2.1 §2.13");
            }
            report.leave();
        }
    }

    private static boolean isNumber(String key) {
        for (int i = 0; i < key.length(); i++) {
            if (!Formats.isDigit(key.charAt(i))) {
                return false;
            }
        }
        return !key.isEmpty();
    }
}
