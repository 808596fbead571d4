package org.kerege.stix.validation;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The identifier of an object: its form, the type in it and the version of its UUID. Source: STIX 2.1 §2.9,
/// §3.4.
final class Identity {

    private static final char RANDOM = '4';
    private static final char NAME_BASED = '5';

    /// The contributing properties of cyber-observable types that may have none of them.
    private static final Map<String, List<String>> OPTIONAL_CONTRIBUTIONS =
            Map.of(
                    "artifact", List.of("hashes", "payload_bin"),
                    "email-message", List.of("from_ref", "subject", "body"),
                    "user-account", List.of("account_type", "user_id", "account_login"),
                    "windows-registry-key", List.of("key", "values"),
                    "x509-certificate", List.of("hashes", "serial_number"));

    private Identity() {}

    /// The `id` of an object of this type.
    static Kind of(String type) {
        return (value, report) -> {
            if (!Kinds.isText(value, report)) {
                return;
            }
            String id = value.stringValue();
            if (!Formats.isIdentifier(id)) {
                report.error(
                        Fault.IDENTIFIER,
                        "STIX 2.1 §2.9",
                        "an identifier is type--UUID, the UUID as in RFC 4122",
                        "The id '%s' is not of this form. Write %s-- and a UUID."
                                .formatted(Report.excerpt(id), Report.excerpt(type)));
            } else if (!isOfType(id, type)) {
                report.error(
                        Fault.IDENTIFIER,
                        "STIX 2.1 §2.9",
                        "the type in an identifier is the object's type",
                        "The id '%s' does not begin with '%s--'. Correct the id or the type."
                                .formatted(Report.excerpt(id), Report.excerpt(type)));
            }
        };
    }

    /// The version of the UUID in an otherwise good `id`.
    static void uuidVersion(ObjectNode object, Report report) {
        JsonNode id = object.get("id");
        JsonNode type = object.get("type");
        if (report.container() != null
                || id == null
                || type == null
                || !id.isString()
                || !type.isString()
                || !Formats.isIdentifier(id.stringValue())) {
            return;
        }
        char version = id.stringValue().charAt(id.stringValue().length() - 22);
        report.enter("id");
        switch (StixTypes.familyOf(type.stringValue())) {
            case OBSERVABLE -> ofObservable(object, type.stringValue(), version, report);
            case CUSTOM -> {
                if (version != RANDOM && version != NAME_BASED) {
                    shouldBeRandom(version, report);
                }
            }
            case DOMAIN, RELATIONSHIP, META, BUNDLE -> {
                if (version != RANDOM) {
                    shouldBeRandom(version, report);
                }
            }
        }
        report.leave();
    }

    private static void ofObservable(ObjectNode object, String type, char version, Report report) {
        if (type.equals("process")) {
            if (version != RANDOM) {
                report.error(
                        Fault.IDENTIFIER,
                        "STIX 2.1 §6.13",
                        "the id of a process has a random UUID (version 4)",
                        "The id has a UUID of version %c, but nothing in a process names it for good. Use a random UUID."
                                .formatted(version));
            }
            return;
        }
        List<String> contributing = OPTIONAL_CONTRIBUTIONS.get(type);
        if (contributing != null && hasNone(object, contributing)) {
            if (version != RANDOM) {
                report.error(
                        Fault.IDENTIFIER,
                        "STIX 2.1 §2.9",
                        "without contributing properties the id has a random UUID (version 4)",
                        "None of %s is given, so nothing determines the id. Use a random UUID (version 4)."
                                .formatted(String.join(", ", contributing)));
            }
        } else if (version != NAME_BASED) {
            report.warn(
                    Check.UUID_VERSION,
                    "STIX 2.1 §2.9",
                    "a cyber-observable object has a name-based UUID (version 5)",
                    "The id has a UUID of version %c. Derive it from the contributing properties, so that all members give the same object the same id."
                            .formatted(version));
        }
    }

    private static void shouldBeRandom(char version, Report report) {
        report.warn(
                Check.UUID_VERSION,
                "STIX 2.1 §2.9",
                "the id has a random UUID (version 4)",
                "The id has a UUID of version %c. Use a random one for new objects."
                        .formatted(version));
    }

    private static boolean isOfType(String id, String type) {
        return id.length() == type.length() + 38 && id.startsWith(type);
    }

    private static boolean hasNone(ObjectNode object, List<String> properties) {
        for (String property : properties) {
            if (object.get(property) != null) {
                return false;
            }
        }
        return true;
    }
}
