package org.kerege.stix.validation;

import java.util.Set;

/// The properties that all objects of a family share, and the types that occur in many tables.
/// Source: STIX 2.1 §2.5, §2.11, §3.2, §7.2.3.
final class Common {

    static final Kind EXTERNAL_REFERENCES =
            Kinds.list(
                    Kinds.object(
                            Shape.table("external reference", "2.5")
                                    .required("source_name", Kinds.TEXT)
                                    .optional("description", Kinds.TEXT)
                                    .optional("url", Kinds.URL)
                                    .optional("hashes", Hashes.KIND)
                                    .optional("external_id", Kinds.TEXT)
                                    .anyOf("description", "url", "external_id")
                                    .rule(ExternalReferences::catalogueNumbers)
                                    .build()));

    static final Kind KILL_CHAIN_PHASES =
            Kinds.list(
                    Kinds.object(
                            Shape.table("kill chain phase", "2.11")
                                    .required("kill_chain_name", Common.killChainName())
                                    .required("phase_name", Common.killChainName())
                                    .build()));

    static final Kind GRANULAR_MARKINGS =
            Kinds.list(
                    Kinds.object(
                            Shape.table("granular marking", "7.2.3")
                                    .optional("lang", Kinds.LANGUAGE)
                                    .optional("marking_ref", References.MARKING)
                                    .required("selectors", Kinds.list(GranularMarkings.SELECTOR))
                                    .rule(GranularMarkings::markingOrLanguage)
                                    .build()));

    static final Kind MARKING_REFS = Kinds.list(References.MARKING);
    static final Kind TEXTS = Kinds.list(Kinds.TEXT);

    private static final Kind SPEC_VERSION = Kinds.oneOf("STIX 2.1 §3.2", "2.0", "2.1");

    /// What every cyber-observable object may have. Source: STIX 2.1 §3.2, §6.
    static final Set<String> OF_OBSERVABLES =
            Set.of(
                    "type",
                    "id",
                    "spec_version",
                    "object_marking_refs",
                    "granular_markings",
                    "defanged");

    private Common() {}

    /// The table of a domain, relationship or meta object, with the properties that these share.
    static Shape.Table versioned(String type, String section) {
        return Shape.table(type, section)
                .others(Shape.Others.CUSTOM)
                .required("type", Kinds.TEXT)
                .required("spec_version", SPEC_VERSION)
                .required("id", Identity.of(type))
                .optional("created_by_ref", References.IDENTITY)
                .required("created", Kinds.TIMESTAMP_MILLIS)
                .required("modified", Kinds.TIMESTAMP_MILLIS)
                .optional("revoked", Kinds.BOOLEAN)
                .optional("labels", TEXTS)
                .optional("confidence", Kinds.integer(0, 100))
                .optional("lang", Kinds.LANGUAGE)
                .optional("external_references", EXTERNAL_REFERENCES)
                .optional("object_marking_refs", MARKING_REFS)
                .optional("granular_markings", GRANULAR_MARKINGS)
                .optional("extensions", Extensions.NONE_PREDEFINED)
                .rule(Rules.inOrder("STIX 2.1 §3.2", "created", "modified", false))
                .rule(Identity::uuidVersion)
                .rule(GranularMarkings::selectorsExist)
                .rule(CustomContent::reservedProperties)
                .rule(Rules::interoperableMarkings);
    }

    /// The table of a cyber-observable object, with the properties that these share.
    static Shape.Table observable(String type, String section) {
        return Shape.table(type, section)
                .others(Shape.Others.CUSTOM)
                .required("type", Kinds.TEXT)
                .required("id", Identity.of(type))
                .optional("spec_version", SPEC_VERSION)
                .optional("object_marking_refs", MARKING_REFS)
                .optional("granular_markings", GRANULAR_MARKINGS)
                .optional("defanged", Kinds.BOOLEAN)
                .rule(Identity::uuidVersion)
                .rule(GranularMarkings::selectorsExist)
                .rule(CustomContent::reservedProperties)
                .rule(Rules::lowerCaseDictionaryKeys);
    }

    private static Kind killChainName() {
        return (value, report) -> {
            if (Kinds.isText(value, report) && !Formats.isVocabularyForm(value.stringValue())) {
                report.warn(
                        Check.KILL_CHAIN_NAMES,
                        "STIX 2.1 §2.11",
                        "names of kill chains and phases are lower case with hyphens",
                        "'%s' is '%s'. Write it in lower case, with hyphens for spaces and underscores."
                                .formatted(report.name(), Kinds.excerpt(value)));
            }
        };
    }
}
