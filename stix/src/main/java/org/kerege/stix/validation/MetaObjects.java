package org.kerege.stix.validation;

import static org.kerege.stix.validation.Common.TEXTS;
import static org.kerege.stix.validation.Common.versioned;
import static org.kerege.stix.validation.Kinds.TEXT;
import static org.kerege.stix.validation.Kinds.TIMESTAMP;
import static org.kerege.stix.validation.Kinds.list;

import java.util.List;

/// The tables of the meta objects. Source: STIX 2.1 §7.
final class MetaObjects {

    static final List<Shape> ALL =
            List.of(
                    versioned("language-content", "7.1")
                            .without("lang")
                            .required("object_ref", References.TRANSLATABLE)
                            .optional("object_modified", TIMESTAMP)
                            .required("contents", LanguageContents.CONTENTS)
                            .build(),
                    versioned("marking-definition", "7.2.1")
                            .without("created", "modified", "revoked", "labels", "confidence")
                            .required("created", TIMESTAMP)
                            .optional("name", TEXT)
                            .optional("definition_type", MarkingDefinitions.TYPE)
                            .optional("definition", MarkingDefinitions.DEFINITION)
                            .rule(MarkingDefinitions::definesSomething)
                            .rule(MarkingDefinitions::trafficLights)
                            .rule(MarkingDefinitions::notMarkedByItself)
                            .build(),
                    versioned("extension-definition", "7.3")
                            .without("created_by_ref", "confidence", "lang", "extensions")
                            .required("created_by_ref", References.IDENTITY)
                            .required("name", TEXT)
                            .optional("description", TEXT)
                            .required("schema", TEXT)
                            .required("version", TEXT)
                            .required("extension_types", list(Extensions.EXTENSION_TYPE))
                            .optional("extension_properties", TEXTS)
                            .rule(ExtensionDefinitions::propertiesOfTopLevelAlone)
                            .rule(ExtensionDefinitions::description)
                            .build());

    private MetaObjects() {}
}
