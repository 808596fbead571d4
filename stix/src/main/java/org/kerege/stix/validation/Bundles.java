package org.kerege.stix.validation;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Bundles: the objects in them, and what holds between these. Source: STIX 2.1 §8.
final class Bundles {

    private static final String SECTION = "STIX 2.1 §8";

    private static final Shape BUNDLE =
            Shape.table("bundle", "8")
                    .others(Shape.Others.CUSTOM)
                    .required("type", Kinds.TEXT)
                    .required("id", Identity.of("bundle"))
                    .optional("objects", Kinds.list(Bundles::object))
                    .rule(Identity::uuidVersion)
                    .rule(Bundles::versionsDiffer)
                    .rule(Bundles::endsArePresent)
                    .build();

    private Bundles() {}

    static void check(ObjectNode bundle, Report report) {
        BUNDLE.check(bundle, report);
    }

    private static void object(JsonNode value, Report report) {
        if (!(value instanceof ObjectNode object)) {
            Kinds.wrongType(value, report, "an object", SECTION);
        } else if (text(object, "type").equals("bundle")) {
            report.error(
                    Fault.VALUE,
                    SECTION,
                    "a bundle holds no bundle",
                    "There is a bundle in this bundle. Put its objects here instead.");
        } else {
            ObjectCheck.object(object, report);
        }
    }

    /// Versions of one object have different times.
    private static void versionsDiffer(ObjectNode bundle, Report report) {
        if (!report.asks(Check.DUPLICATE_IDS)
                || !(bundle.get("objects") instanceof ArrayNode objects)) {
            return;
        }
        Set<Version> seen = HashSet.newHashSet(objects.size());
        for (int i = 0; i < objects.size(); i++) {
            String id = text(objects.get(i), "id");
            String modified = text(objects.get(i), "modified");
            if (!id.isEmpty() && !modified.isEmpty() && !seen.add(new Version(id, modified))) {
                report.enter("objects");
                report.enter(i);
                report.warn(
                        Check.DUPLICATE_IDS,
                        "STIX 2.1 §3.6, §8",
                        "versions of one object differ in 'modified'",
                        "'%s' of %s is here twice. Remove one, or give the newer version its own time."
                                .formatted(Report.excerpt(id), Report.excerpt(modified)));
                report.leave();
                report.leave();
            }
        }
    }

    /// Where the policy asks for it, both ends of each relationship are in the bundle.
    private static void endsArePresent(ObjectNode bundle, Report report) {
        if (!report.policy().enforceReferences()
                || !(bundle.get("objects") instanceof ArrayNode objects)) {
            return;
        }
        Set<String> present = new HashSet<>();
        for (JsonNode object : objects) {
            present.add(text(object, "id"));
        }
        for (int i = 0; i < objects.size(); i++) {
            if (text(objects.get(i), "type").equals("relationship")) {
                report.enter("objects");
                report.enter(i);
                end("source_ref", objects.get(i), present, report);
                end("target_ref", objects.get(i), present, report);
                report.leave();
                report.leave();
            }
        }
    }

    private static void end(String end, JsonNode relationship, Set<String> present, Report report) {
        String id = text(relationship, end);
        if (!id.isEmpty() && !present.contains(id)) {
            report.enter(end);
            report.error(
                    Fault.REFERENCE,
                    SECTION,
                    "both ends of a relationship are in the bundle (a policy of this node)",
                    "'%s' is '%s', which is not in the bundle. Add that object."
                            .formatted(end, Report.excerpt(id)));
            report.leave();
        }
    }

    private static String text(JsonNode object, String property) {
        JsonNode value = object.get(property);
        return value != null && value.isString() ? value.stringValue() : "";
    }

    private record Version(String id, String modified) {}
}
