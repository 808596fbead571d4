package org.kerege.stix.validation;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The way of one object: its type is read, then the table of that type judges the rest.
final class ObjectCheck {

    private static final Shape CUSTOM_OBJECT = custom(Common.versioned("custom object", "11.2"));
    private static final Shape CUSTOM_OBSERVABLE =
            custom(
                    Common.observable("custom cyber-observable object", "11.2")
                            .optional("extensions", Extensions.NONE_PREDEFINED));

    private ObjectCheck() {}

    /// The shared properties alone; the identifier depends on the type and is looked at beside the table.
    private static Shape custom(Shape.Table table) {
        return table.without("id")
                .required("id", (id, report) -> {})
                .others(Shape.Others.ELSEWHERE)
                .build();
    }

    /// One object that stands for itself or in a bundle.
    static void object(ObjectNode object, Report report) {
        String type = type(object, report);
        if (type == null) {
            return;
        }
        Shape shape = StixTypes.shapeOf(type);
        if (shape != null) {
            shape.check(object, report);
        } else {
            custom(object, type, report);
        }
    }

    /// One object in the container of observed data, which may hold cyber-observable objects alone.
    static void observable(ObjectNode object, Report report) {
        String type = type(object, report);
        if (type == null) {
            return;
        }
        Family family = StixTypes.familyOf(type);
        Shape shape = StixTypes.shapeOf(type);
        if (family == Family.OBSERVABLE && shape != null) {
            shape.check(object, report);
        } else if (family == Family.CUSTOM) {
            custom(object, type, report);
        } else {
            report.enter("type");
            report.error(
                    Fault.VALUE,
                    "STIX 2.1 §2.13",
                    "'objects' holds cyber-observable objects",
                    "'%s' is no cyber-observable type. Move the object out of 'objects'."
                            .formatted(type));
            report.leave();
        }
    }

    private static @Nullable String type(ObjectNode object, Report report) {
        JsonNode type = object.get("type");
        if (type == null) {
            report.error(
                    Fault.MISSING,
                    "STIX 2.1 §3.2",
                    "'type' is required",
                    "The object has no 'type', so nothing tells what it is. Add it.");
            return null;
        }
        report.enter("type");
        String name = null;
        if (Kinds.isText(type, report)) {
            name = type.stringValue();
            if (name.equals("action")) {
                report.error(
                        Fault.VALUE,
                        "STIX 2.1 §3.8",
                        "reserved type names are not used",
                        "The type 'action' is reserved for a later version of the standard.");
                name = null;
            } else if (!Formats.isTypeName(name, name.length())) {
                report.error(
                        Fault.FORMAT,
                        "STIX 2.1 §3.2, §11.2",
                        "a type name has 3 to 250 lower-case letters, digits and single hyphens, a letter first",
                        "'%s' cannot name a type. Rename it.".formatted(Report.excerpt(name)));
                name = null;
            }
        }
        report.leave();
        return name;
    }

    private static void custom(ObjectNode object, String type, Report report) {
        CustomContent.type(object, type, report);
        (isObservable(object) ? CUSTOM_OBSERVABLE : CUSTOM_OBJECT).check(object, report);
        JsonNode id = object.get("id");
        if (id != null) {
            report.enter("id");
            Identity.of(type).check(id, report);
            report.leave();
        }
    }

    /// Whether an object of a custom type is a cyber-observable one: its extension says so, or nothing dates it.
    private static boolean isObservable(ObjectNode object) {
        if (CustomContent.introducesType(object)) {
            return CustomContent.usesExtension(object, "new-sco");
        }
        return object.get("created") == null && object.get("modified") == null;
    }
}
