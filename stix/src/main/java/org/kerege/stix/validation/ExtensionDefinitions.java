package org.kerege.stix.validation;

import tools.jackson.databind.node.ObjectNode;

/// Rules on extension definitions. Source: STIX 2.1 §7.3.
final class ExtensionDefinitions {

    private static final String SECTION = "STIX 2.1 §7.3";

    private ExtensionDefinitions() {}

    static void propertiesOfTopLevelAlone(ObjectNode definition, Report report) {
        boolean topLevel =
                Kinds.texts(definition.path("extension_types"))
                        .contains("toplevel-property-extension");
        boolean names = definition.get("extension_properties") != null;
        if (names && !topLevel) {
            report.enter("extension_properties");
            report.error(
                    Fault.REFERENCE,
                    SECTION,
                    "extension_properties goes with toplevel-property-extension",
                    "'extension_properties' names properties at the top of an object, but no extension type puts any there. Add toplevel-property-extension to 'extension_types', or remove the names.");
            report.leave();
        } else if (topLevel && !names) {
            report.warn(
                    Check.EXTENSION_PROPERTIES,
                    SECTION,
                    "a toplevel-property-extension names its properties",
                    "The definition puts properties at the top of objects without naming them. List them in 'extension_properties'.");
        }
    }

    static void description(ObjectNode definition, Report report) {
        if (definition.get("description") == null) {
            report.warn(
                    Check.EXTENSION_DESCRIPTION,
                    SECTION,
                    "an extension definition has a description",
                    "The definition has no 'description'. Say what the extension is for and how to read it.");
        }
    }
}
