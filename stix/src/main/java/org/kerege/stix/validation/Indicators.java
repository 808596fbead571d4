package org.kerege.stix.validation;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules on indicators. Source: STIX 2.1 §4.7, §9.
final class Indicators {

    private static final String SECTION = "STIX 2.1 §4.7, §9";

    private Indicators() {}

    static void nameAndDescription(ObjectNode indicator, Report report) {
        boolean name = indicator.get("name") != null;
        boolean description = indicator.get("description") != null;
        if (!name || !description) {
            report.warn(
                    Check.INDICATOR_PROPERTIES,
                    "STIX 2.1 §4.7",
                    "an indicator has a name and a description",
                    "The indicator has no %s, so a reader cannot tell what it finds and why. Add it."
                            .formatted(
                                    name
                                            ? "'description'"
                                            : description
                                                    ? "'name'"
                                                    : "'name' and no 'description'"));
        }
    }

    /// A pattern of type `stix` is one, and looks at types and properties that can be.
    static void pattern(ObjectNode indicator, Report report) {
        JsonNode type = indicator.get("pattern_type");
        JsonNode pattern = indicator.get("pattern");
        if (type == null
                || pattern == null
                || !type.isString()
                || !type.stringValue().equals("stix")
                || !pattern.isString()) {
            return;
        }
        report.enter("pattern");
        JsonNode version = indicator.get("pattern_version");
        PatternCheck.Outcome outcome =
                report.patterns()
                        .check(
                                pattern.stringValue(),
                                version != null
                                                && version.isString()
                                                && version.stringValue().equals("2.0")
                                        ? "2.0"
                                        : "2.1");
        String error = outcome.error();
        if (error != null) {
            report.error(
                    Fault.PATTERN,
                    SECTION,
                    "a pattern of type stix follows the STIX patterning language",
                    "The pattern cannot be read: " + error);
        }
        for (PatternCheck.Use use : outcome.uses()) {
            objectType(use.objectType(), report);
            property(use, report);
        }
        report.leave();
    }

    private static void objectType(String type, Report report) {
        if (StixTypes.familyOf(type) == Family.OBSERVABLE) {
            return;
        }
        if (!Formats.isTypeName(type, type.length())) {
            report.error(
                    Fault.PATTERN,
                    SECTION,
                    "a pattern looks at object types",
                    "The pattern looks at '%s', which cannot name an object type."
                            .formatted(Report.excerpt(type)));
            return;
        }
        if (report.policy().strictTypes()) {
            report.error(
                    Fault.NOT_DEFINED,
                    SECTION,
                    "only types that the standard defines are accepted here",
                    "The pattern looks at '%s', which is no cyber-observable type of STIX 2.1."
                            .formatted(Report.excerpt(type)));
        }
        CustomContent.prefix(type, '-', "", report);
    }

    private static void property(PatternCheck.Use use, Report report) {
        Shape shape = StixTypes.shapeOf(use.objectType());
        if (shape == null
                || StixTypes.familyOf(use.objectType()) != Family.OBSERVABLE
                || shape.defines(use.property())) {
            return;
        }
        if (!Formats.isPropertyName(use.property())) {
            report.error(
                    Fault.PATTERN,
                    SECTION,
                    "a pattern looks at properties",
                    "The pattern looks at '%s', which cannot name a property."
                            .formatted(Report.excerpt(use.property())));
            return;
        }
        if (report.policy().strictProperties()) {
            report.error(
                    Fault.NOT_DEFINED,
                    SECTION,
                    "only properties that the standard defines are accepted here",
                    "The pattern looks at '%s', which is no property of %s."
                            .formatted(Report.excerpt(use.property()), use.objectType()));
        }
        CustomContent.prefix(use.property(), '_', "", report);
    }
}
