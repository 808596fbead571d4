package org.kerege.stix.validation;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules between properties that more than one table uses.
final class Rules {

    /// Dictionaries whose keys come from elsewhere, in whatever case. Source: STIX 2.1 §6.
    private static final Set<String> FOREIGN_KEYS =
            Set.of(
                    "hashes",
                    "file_header_hashes",
                    "request_header",
                    "additional_header_fields",
                    "document_info_dict",
                    "exif_tags",
                    "ipfix",
                    "options",
                    "environment_variables",
                    "key",
                    "startup_info");

    private Rules() {}

    static Rule anyOf(String name, String section, String... properties) {
        return (object, report) -> {
            for (String property : properties) {
                if (object.get(property) != null) {
                    return;
                }
            }
            report.error(
                    Fault.COMBINATION,
                    section,
                    "at least one of its properties is there",
                    "The %s has none of: %s. Add at least one."
                            .formatted(name, String.join(", ", properties)));
        };
    }

    static Rule inOrder(String section, String earlier, String later, boolean strictly) {
        return (object, report) -> {
            JsonNode first = object.get(earlier);
            JsonNode second = object.get(later);
            if (first == null
                    || second == null
                    || !first.isString()
                    || !second.isString()
                    || !Formats.isTimestamp(first.stringValue())
                    || !Formats.isTimestamp(second.stringValue())) {
                return;
            }
            int order = Formats.compareTimestamps(second.stringValue(), first.stringValue());
            if (order < 0 || (strictly && order == 0)) {
                report.enter(later);
                report.error(
                        Fault.TIMESTAMP,
                        section,
                        "'%s' is %s '%s'"
                                .formatted(later, strictly ? "after" : "not before", earlier),
                        "'%s' (%s) must be %s '%s' (%s). Correct one of them."
                                .formatted(
                                        later,
                                        Kinds.excerpt(second),
                                        strictly ? "later than" : "equal to or later than",
                                        earlier,
                                        Kinds.excerpt(first)));
                report.leave();
            }
        };
    }

    /// Where `when` is there, `also` is too.
    static Rule goesWith(String section, String when, String also) {
        return (object, report) -> {
            if (object.get(when) != null && object.get(also) == null) {
                report.enter(when);
                report.error(
                        Fault.COMBINATION,
                        section,
                        "'%s' goes with '%s'".formatted(when, also),
                        "'%s' is given without '%s'. Add '%s', or remove '%s'."
                                .formatted(when, also, also, when));
                report.leave();
            }
        };
    }

    /// Exactly one of the two is there.
    static Rule eitherOr(String section, String one, String other) {
        return (object, report) -> {
            boolean both = object.get(one) != null && object.get(other) != null;
            boolean none = object.get(one) == null && object.get(other) == null;
            if (both || none) {
                report.error(
                        Fault.COMBINATION,
                        section,
                        "either '%s' or '%s' is there, not both".formatted(one, other),
                        "%s of '%s' and '%s' %s given. Give exactly one."
                                .formatted(
                                        both ? "Both" : "Neither",
                                        one,
                                        other,
                                        both ? "are" : "is"));
            }
        };
    }

    /// A property that a newer one has replaced.
    static Rule deprecated(String section, String property, String instead) {
        return (object, report) -> {
            if (object.get(property) != null) {
                report.enter(property);
                report.warn(
                        Check.DEPRECATED_PROPERTIES,
                        section,
                        "'%s' is deprecated".formatted(property),
                        "'%s' is deprecated. Use '%s' instead.".formatted(property, instead));
                report.leave();
            }
        };
    }

    /// Names inside observables are lower case. Source: STIX 2.1 §2.3.
    static void lowerCaseDictionaryKeys(ObjectNode object, Report report) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String key = entry.getKey();
            JsonNode value = entry.getValue();
            boolean upper = hasUpperCase(key);
            if (upper || value.isObject()) {
                report.enter(key);
                if (upper) {
                    report.warn(
                            Check.OBSERVABLE_DICTIONARY_KEYS,
                            "STIX 2.1 §2.3",
                            "dictionary keys are lower case",
                            "The key '%s' has capital letters. Write it in lower case."
                                    .formatted(Report.excerpt(key)));
                }
                if (value instanceof ObjectNode dictionary && !FOREIGN_KEYS.contains(key)) {
                    lowerCaseDictionaryKeys(dictionary, report);
                }
                report.leave();
            }
        }
    }

    private static boolean hasUpperCase(String key) {
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) >= 'A' && key.charAt(i) <= 'Z') {
                return true;
            }
        }
        return false;
    }

    /// Where interoperability is asked for, no marking is listed twice.
    static void interoperableMarkings(ObjectNode object, Report report) {
        JsonNode markings = object.get("object_marking_refs");
        if (markings == null || !report.policy().interoperability()) {
            return;
        }
        Set<JsonNode> seen = new HashSet<>();
        for (JsonNode marking : markings) {
            if (!seen.add(marking)) {
                report.enter("object_marking_refs");
                report.error(
                        Fault.REFERENCE,
                        "STIX/TAXII 2.1 Interoperability Test Document",
                        "object_marking_refs lists each marking once",
                        "A marking is listed twice. Remove the repetition.");
                report.leave();
                return;
            }
        }
    }
}
