package org.kerege.stix.validation;

/// The identifier of an object: its form, the type in it and the version of its UUID. Source: STIX 2.1 §2.9,
/// §3.4.
final class Identity {

    private static final char RANDOM = '4';
    private static final char NAME_BASED = '5';

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
            } else if (!Formats.typeOf(id).equals(type)) {
                report.error(
                        Fault.IDENTIFIER,
                        "STIX 2.1 §2.9",
                        "the type in an identifier is the object's type",
                        "The id '%s' does not begin with '%s--'. Correct the id or the type."
                                .formatted(Report.excerpt(id), Report.excerpt(type)));
            } else if (report.container() == null) {
                uuidVersion(type, id, report);
            }
        };
    }

    private static void uuidVersion(String type, String id, Report report) {
        char version = versionOf(id);
        Family family = StixTypes.familyOf(type);
        if (type.equals("process")) {
            if (version != RANDOM) {
                report.error(
                        Fault.IDENTIFIER,
                        "STIX 2.1 §6.13",
                        "the id of a process has a random UUID (version 4)",
                        "The id has a UUID of version %c, but nothing in a process names it for good. Use a random UUID."
                                .formatted(version));
            }
        } else if (family == Family.OBSERVABLE) {
            if (version != NAME_BASED) {
                report.warn(
                        Check.UUID_VERSION,
                        "STIX 2.1 §2.9",
                        "a cyber-observable object has a name-based UUID (version 5)",
                        "The id has a UUID of version %c. Derive it from the contributing properties, so that all members give the same object the same id."
                                .formatted(version));
            }
        } else if (version != RANDOM && !(family == Family.CUSTOM && version == NAME_BASED)) {
            report.warn(
                    Check.UUID_VERSION,
                    "STIX 2.1 §2.9",
                    "the id has a random UUID (version 4)",
                    "The id has a UUID of version %c. Use a random one for new objects."
                            .formatted(version));
        }
    }

    /// The digit that tells the version of the UUID in a well-formed identifier.
    static char versionOf(String id) {
        return id.charAt(id.length() - 22);
    }

    static boolean isRandom(String id) {
        return versionOf(id) == RANDOM;
    }
}
