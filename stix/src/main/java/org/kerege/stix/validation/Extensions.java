package org.kerege.stix.validation;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The `extensions` property: predefined extensions by their names, others by the identifier of their
/// definition. Source: STIX 2.1 §3.10, §7.3.
final class Extensions {

    static final Kind NONE_PREDEFINED = of(Map.of());

    private static final String DEFINITION = "extension-definition--";

    static final Kind EXTENSION_TYPE =
            Kinds.oneOf(
                    "STIX 2.1 §7.3",
                    "new-sdo",
                    "new-sco",
                    "new-sro",
                    "property-extension",
                    "toplevel-property-extension");

    private Extensions() {}

    /// The extensions of an object type.
    ///
    /// @param predefined tables of the extensions that the standard defines for this type, by name
    static Kind of(Map<String, Shape> predefined) {
        return (value, report) -> {
            if (!(value instanceof ObjectNode extensions)) {
                Kinds.wrongType(value, report, "a dictionary (JSON object)", "STIX 2.1 §3.2");
                return;
            }
            if (Kinds.isEmpty(extensions, report, "STIX 2.1 §3.2")) {
                return;
            }
            boolean propertyExtension = hasPropertyExtension(extensions);
            for (Map.Entry<String, JsonNode> entry : extensions.properties()) {
                report.enter(entry.getKey());
                if (entry.getValue() instanceof ObjectNode extension) {
                    extension(entry.getKey(), extension, predefined, propertyExtension, report);
                } else {
                    Kinds.wrongType(entry.getValue(), report, "an object", "STIX 2.1 §7.3");
                }
                report.leave();
            }
        };
    }

    private static boolean hasPropertyExtension(ObjectNode extensions) {
        for (Map.Entry<String, JsonNode> entry : extensions.properties()) {
            JsonNode type = entry.getValue().get("extension_type");
            if (type != null
                    && type.isString()
                    && type.stringValue().equals("property-extension")) {
                return true;
            }
        }
        return false;
    }

    private static void extension(
            String name,
            ObjectNode extension,
            Map<String, Shape> predefined,
            boolean propertyExtension,
            Report report) {
        if (Kinds.isEmpty(extension, report, "STIX 2.1 §7.3")) {
            return;
        }
        Shape shape = predefined.get(name);
        if (shape != null) {
            shape.check(extension, report);
        } else if (name.startsWith(DEFINITION) && Formats.isIdentifier(name)) {
            defined(extension, report);
        } else if (name.endsWith("-ext") && Formats.isTypeName(name, name.length())) {
            undefined(name, extension, propertyExtension, report);
        } else {
            report.error(
                    Fault.FORMAT,
                    "STIX 2.1 §3.2, §7.3",
                    "an extension is named by the id of its extension-definition",
                    "'%s' names no extension. Use the id of an extension-definition, or the name of a predefined extension of this type."
                            .formatted(Report.excerpt(name)));
        }
    }

    private static void defined(ObjectNode extension, Report report) {
        JsonNode type = extension.get("extension_type");
        if (type == null) {
            report.error(
                    Fault.MISSING,
                    "STIX 2.1 §7.3",
                    "an extension says its extension_type",
                    "The extension has no 'extension_type'. Add it, such as property-extension.");
        } else {
            report.enter("extension_type");
            EXTENSION_TYPE.check(type, report);
            report.leave();
        }
        contents(extension, report);
    }

    /// The way of STIX 2.0, before there were extension definitions.
    private static void undefined(
            String name, ObjectNode extension, boolean propertyExtension, Report report) {
        if (!propertyExtension) {
            report.warn(
                    Check.EXTENSIONS_USE,
                    "STIX 2.1 §7.3, §11.3",
                    "a new extension is named by the id of its extension-definition",
                    "'%s' is no predefined extension of this type. Define it in an extension-definition and use that id."
                            .formatted(Report.excerpt(name)));
        }
        CustomContent.prefix(name, '-', "-ext", report);
        contents(extension, report);
    }

    private static void contents(ObjectNode extension, Report report) {
        for (Map.Entry<String, JsonNode> entry : extension.properties()) {
            report.enter(entry.getKey());
            CustomContent.generic(entry.getKey(), entry.getValue(), report);
            report.leave();
        }
    }
}
