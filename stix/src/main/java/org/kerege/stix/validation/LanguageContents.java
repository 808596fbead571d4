package org.kerege.stix.validation;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The translations in a language-content object: by language, then by property. Source: STIX 2.1 §7.1.
final class LanguageContents {

    static final Kind CONTENTS = LanguageContents::check;

    private static final String SECTION = "STIX 2.1 §7.1";

    private LanguageContents() {}

    private static void check(JsonNode value, Report report) {
        if (!(value instanceof ObjectNode contents)) {
            Kinds.wrongType(value, report, "a dictionary (JSON object)", SECTION);
            return;
        }
        if (Kinds.isEmpty(contents, report, SECTION)) {
            return;
        }
        for (Map.Entry<String, JsonNode> language : contents.properties()) {
            report.enter(language.getKey());
            if (!LanguageTag.isValid(language.getKey())) {
                report.error(
                        Fault.FORMAT,
                        SECTION,
                        "the keys of contents are RFC 5646 language tags",
                        "'%s' is no language tag. Use one such as en, ky or pt-BR."
                                .formatted(Report.excerpt(language.getKey())));
            }
            if (language.getValue() instanceof ObjectNode properties) {
                properties(properties, report);
            } else {
                Kinds.wrongType(language.getValue(), report, "an object", SECTION);
            }
            report.leave();
        }
    }

    private static void properties(ObjectNode properties, Report report) {
        if (Kinds.isEmpty(properties, report, SECTION)) {
            return;
        }
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            report.enter(property.getKey());
            if (!Formats.isPropertyName(property.getKey())) {
                report.error(
                        Fault.FORMAT,
                        SECTION,
                        "the keys of a translation are names of properties",
                        "'%s' cannot name a property of the translated object."
                                .formatted(Report.excerpt(property.getKey())));
            }
            if (!property.getValue().isString() && !property.getValue().isContainer()) {
                Kinds.wrongType(
                        property.getValue(), report, "a string, a list or an object", SECTION);
            }
            report.leave();
        }
    }
}
