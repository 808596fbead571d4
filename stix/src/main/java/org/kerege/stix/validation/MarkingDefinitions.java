package org.kerege.stix.validation;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules on marking definitions, and the four of TLP 1.0 that the standard fixes for good.
/// Source: STIX 2.1 §7.2.1.
final class MarkingDefinitions {

    private static final String SECTION = "STIX 2.1 §7.2.1";
    private static final String TLP_SECTION = "STIX 2.1 §7.2.1.4";
    private static final String TLP_CREATED = "2017-01-20T00:00:00.000Z";

    /// Colour of each fixed definition by its identifier.
    private static final Map<String, String> COLOURS =
            Map.of(
                    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9", "white",
                    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da", "green",
                    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", "amber",
                    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed", "red");

    private static final Set<String> TLP_PROPERTIES =
            Set.of(
                    "type",
                    "spec_version",
                    "id",
                    "created",
                    "name",
                    "definition_type",
                    "definition");

    static final Kind TYPE =
            (value, report) -> {
                if (!Kinds.isText(value, report)) {
                    return;
                }
                String type = value.stringValue();
                if (!type.equals("statement") && !type.equals("tlp")) {
                    report.warn(
                            Check.MARKING_DEFINITION_TYPE,
                            SECTION,
                            "definition_type is statement or tlp",
                            "'definition_type' is '%s'. Other kinds of marking come by an extension."
                                    .formatted(Kinds.excerpt(value)));
                    if (!Formats.isVocabularyForm(type)) {
                        Kinds.openForm(value, report);
                    }
                }
            };

    static final Kind DEFINITION =
            (value, report) -> {
                if (!value.isObject()) {
                    Kinds.wrongType(value, report, "an object", SECTION);
                }
            };

    private MarkingDefinitions() {}

    static void definesSomething(ObjectNode marking, Report report) {
        boolean type = marking.get("definition_type") != null;
        boolean definition = marking.get("definition") != null;
        boolean extensions = marking.get("extensions") != null;
        if (extensions ? type != definition : !type || !definition) {
            report.error(
                    Fault.COMBINATION,
                    SECTION,
                    "a marking definition has definition_type and definition, or extensions",
                    "The marking definition does not say what it means. Give 'definition_type' and 'definition' together, or an extension that defines the marking.");
        }
        if ("statement".equals(text(marking, "definition_type"))
                && marking.get("definition") instanceof ObjectNode statement
                && !statement.path("statement").isString()) {
            report.enter("definition");
            report.error(
                    Fault.COMBINATION,
                    "STIX 2.1 §7.2.1.3",
                    "the definition of a statement marking has the string 'statement'",
                    "The definition has no text in 'statement'. Add it.");
            report.leave();
        }
        if (!extensions && !Set.of("statement", "tlp").contains(text(marking, "definition_type"))) {
            report.warn(
                    Check.EXTENSIONS_USE,
                    "STIX 2.1 §7.2.1, §11",
                    "new kinds of marking come by an extension",
                    "The marking is neither a statement nor TLP. Define it with the 'extensions' property.");
        }
    }

    /// What says to be TLP 1.0, or has the identifier of one of its definitions, is that definition exactly.
    static void trafficLights(ObjectNode marking, Report report) {
        String colour = COLOURS.get(text(marking, "id"));
        boolean claims = "tlp".equals(text(marking, "definition_type"));
        if (claims && !isFixed(marking, colour)) {
            report.error(
                    Fault.TLP_MARKING,
                    TLP_SECTION,
                    "TLP marking definitions are the four of the standard, unchanged",
                    "This is none of the four TLP marking definitions of the standard. Refer to theirs by its id instead of making one; TLP 2.0 comes by its extension.");
        }
    }

    private static boolean isFixed(ObjectNode marking, @Nullable String colour) {
        if (colour == null) {
            return false;
        }
        for (Map.Entry<String, JsonNode> entry : marking.properties()) {
            if (!TLP_PROPERTIES.contains(entry.getKey())) {
                return false;
            }
        }
        return marking.get("definition") instanceof ObjectNode definition
                && definition.size() == 1
                && text(definition, "tlp").equals(colour)
                && text(marking, "name").equals("TLP:" + colour.toUpperCase(Locale.ROOT))
                && text(marking, "created").equals(TLP_CREATED)
                && text(marking, "spec_version").equals("2.1");
    }

    /// No marking marks itself.
    static void notMarkedByItself(ObjectNode marking, Report report) {
        String id = text(marking, "id");
        if (Kinds.texts(marking.path("object_marking_refs")).contains(id)) {
            circular("object_marking_refs", report);
        }
        for (JsonNode granular : marking.path("granular_markings")) {
            if (text(granular, "marking_ref").equals(id)) {
                circular("granular_markings", report);
            }
        }
    }

    private static void circular(String property, Report report) {
        report.enter(property);
        report.error(
                Fault.TLP_MARKING,
                "STIX 2.1 §7.2.2, §7.2.3",
                "no marking definition marks itself",
                "'%s' refers to this same marking definition. Remove the reference."
                        .formatted(property));
        report.leave();
    }

    private static String text(JsonNode object, String property) {
        JsonNode value = object.get(property);
        return value != null && value.isString() ? value.stringValue() : "";
    }
}
