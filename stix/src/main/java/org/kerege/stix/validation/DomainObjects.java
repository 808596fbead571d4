package org.kerege.stix.validation;

import static org.kerege.stix.validation.Common.KILL_CHAIN_PHASES;
import static org.kerege.stix.validation.Common.TEXTS;
import static org.kerege.stix.validation.Common.versioned;
import static org.kerege.stix.validation.Kinds.BOOLEAN;
import static org.kerege.stix.validation.Kinds.NUMBER;
import static org.kerege.stix.validation.Kinds.TEXT;
import static org.kerege.stix.validation.Kinds.TIMESTAMP;
import static org.kerege.stix.validation.Kinds.integer;
import static org.kerege.stix.validation.Kinds.list;
import static org.kerege.stix.validation.Kinds.number;
import static org.kerege.stix.validation.Kinds.oneOf;
import static org.kerege.stix.validation.Kinds.open;
import static org.kerege.stix.validation.References.to;

import java.util.List;

/// The tables of the domain objects, in the order of STIX 2.1 §4. The properties that all of them share stand
/// in [Common#versioned].
final class DomainObjects {

    static final List<Shape> ALL =
            List.of(
                    versioned("attack-pattern", "4.1")
                            .required("name", TEXT)
                            .optional("description", TEXT)
                            .optional("aliases", TEXTS)
                            .optional("kill_chain_phases", KILL_CHAIN_PHASES)
                            .build(),
                    versioned("campaign", "4.2")
                            .required("name", TEXT)
                            .optional("description", TEXT)
                            .optional("aliases", TEXTS)
                            .optional("first_seen", TIMESTAMP)
                            .optional("last_seen", TIMESTAMP)
                            .optional("objective", TEXT)
                            .inOrder("first_seen", "last_seen")
                            .build(),
                    versioned("course-of-action", "4.3")
                            .required("name", TEXT)
                            .optional("description", TEXT)
                            .build(),
                    versioned("grouping", "4.4")
                            .optional("name", TEXT)
                            .optional("description", TEXT)
                            .required("context", open(Vocabulary.GROUPING_CONTEXT))
                            .required("object_refs", list(References.ANY))
                            .build(),
                    versioned("identity", "4.5")
                            .required("name", TEXT)
                            .optional("description", TEXT)
                            .optional("roles", TEXTS)
                            .optional("identity_class", open(Vocabulary.IDENTITY_CLASS))
                            .optional("sectors", list(open(Vocabulary.INDUSTRY_SECTOR)))
                            .optional("contact_information", TEXT)
                            .build(),
                    versioned("incident", "4.6")
                            .required("name", TEXT)
                            .optional("description", TEXT)
                            .build(),
                    versioned("indicator", "4.7")
                            .optional("name", TEXT)
                            .optional("description", TEXT)
                            .optional("indicator_types", list(open(Vocabulary.INDICATOR_TYPE)))
                            .required("pattern", TEXT)
                            .required("pattern_type", open(Vocabulary.PATTERN_TYPE))
                            .optional("pattern_version", TEXT)
                            .required("valid_from", TIMESTAMP)
                            .optional("valid_until", TIMESTAMP)
                            .optional("kill_chain_phases", KILL_CHAIN_PHASES)
                            .strictlyInOrder("valid_from", "valid_until")
                            .rule(Indicators::nameAndDescription)
                            .rule(Indicators::pattern)
                            .build(),
                    versioned("infrastructure", "4.8")
                            .required("name", TEXT)
                            .optional("description", TEXT)
                            .optional(
                                    "infrastructure_types",
                                    list(open(Vocabulary.INFRASTRUCTURE_TYPE)))
                            .optional("aliases", TEXTS)
                            .optional("kill_chain_phases", KILL_CHAIN_PHASES)
                            .optional("first_seen", TIMESTAMP)
                            .optional("last_seen", TIMESTAMP)
                            .inOrder("first_seen", "last_seen")
                            .build(),
                    versioned("intrusion-set", "4.9")
                            .required("name", TEXT)
                            .optional("description", TEXT)
                            .optional("aliases", TEXTS)
                            .optional("first_seen", TIMESTAMP)
                            .optional("last_seen", TIMESTAMP)
                            .optional("goals", TEXTS)
                            .optional("resource_level", open(Vocabulary.ATTACK_RESOURCE_LEVEL))
                            .optional("primary_motivation", open(Vocabulary.ATTACK_MOTIVATION))
                            .optional(
                                    "secondary_motivations",
                                    list(open(Vocabulary.ATTACK_MOTIVATION)))
                            .inOrder("first_seen", "last_seen")
                            .build(),
                    versioned("location", "4.10")
                            .optional("name", TEXT)
                            .optional("description", TEXT)
                            .optional("latitude", number(-90, 90))
                            .optional("longitude", number(-180, 180))
                            .optional("precision", NUMBER)
                            .optional("region", open(Vocabulary.REGION))
                            .optional("country", Locations.COUNTRY)
                            .optional("administrative_area", TEXT)
                            .optional("city", TEXT)
                            .optional("street_address", TEXT)
                            .optional("postal_code", TEXT)
                            .rule(Rules.goesWith("STIX 2.1 §4.10", "latitude", "longitude"))
                            .rule(Rules.goesWith("STIX 2.1 §4.10", "longitude", "latitude"))
                            .rule(Rules.goesWith("STIX 2.1 §4.10", "precision", "latitude"))
                            .rule(Locations::whereabouts)
                            .build(),
                    versioned("malware", "4.11")
                            .optional("name", TEXT)
                            .optional("description", TEXT)
                            .optional("malware_types", list(open(Vocabulary.MALWARE_TYPE)))
                            .required("is_family", BOOLEAN)
                            .optional("aliases", TEXTS)
                            .optional("kill_chain_phases", KILL_CHAIN_PHASES)
                            .optional("first_seen", TIMESTAMP)
                            .optional("last_seen", TIMESTAMP)
                            .optional("operating_system_refs", list(to("software")))
                            .optional(
                                    "architecture_execution_envs",
                                    list(open(Vocabulary.PROCESSOR_ARCHITECTURE)))
                            .optional(
                                    "implementation_languages",
                                    list(open(Vocabulary.IMPLEMENTATION_LANGUAGE)))
                            .optional("capabilities", list(open(Vocabulary.MALWARE_CAPABILITIES)))
                            .optional("sample_refs", list(to("artifact", "file")))
                            .inOrder("first_seen", "last_seen")
                            .rule(Malware::familyHasName)
                            .build(),
                    versioned("malware-analysis", "4.12")
                            .required("product", Malware.PRODUCT)
                            .optional("version", TEXT)
                            .optional("host_vm_ref", to("software"))
                            .optional("operating_system_ref", to("software"))
                            .optional("installed_software_refs", list(to("software")))
                            .optional("configuration_version", TEXT)
                            .optional("modules", TEXTS)
                            .optional("analysis_engine_version", TEXT)
                            .optional("analysis_definition_version", TEXT)
                            .optional("submitted", TIMESTAMP)
                            .optional("analysis_started", TIMESTAMP)
                            .optional("analysis_ended", TIMESTAMP)
                            .optional("result_name", TEXT)
                            .optional("result", open(Vocabulary.MALWARE_RESULT))
                            .optional("analysis_sco_refs", list(References.OBSERVABLE))
                            .optional("sample_ref", to("artifact", "file", "network-traffic"))
                            .anyOf("result", "analysis_sco_refs")
                            .build(),
                    versioned("note", "4.13")
                            .optional("abstract", TEXT)
                            .required("content", TEXT)
                            .optional("authors", TEXTS)
                            .required("object_refs", list(References.ANY))
                            .build(),
                    versioned("observed-data", "4.14")
                            .required("first_observed", TIMESTAMP)
                            .required("last_observed", TIMESTAMP)
                            .required("number_observed", integer(1, 999_999_999))
                            .optional("objects", ObservedData.CONTAINER)
                            .optional("object_refs", list(References.OBSERVED))
                            .inOrder("first_observed", "last_observed")
                            .rule(Rules.eitherOr("STIX 2.1 §4.14", "objects", "object_refs"))
                            .rule(Rules.deprecated("STIX 2.1 §4.14", "objects", "object_refs"))
                            .rule(ObservedData::observesSomething)
                            .build(),
                    versioned("opinion", "4.15")
                            .optional("explanation", TEXT)
                            .optional("authors", TEXTS)
                            .required(
                                    "opinion",
                                    oneOf(
                                            "STIX 2.1 §10.18",
                                            "strongly-disagree",
                                            "disagree",
                                            "neutral",
                                            "agree",
                                            "strongly-agree"))
                            .required("object_refs", list(References.ANY))
                            .build(),
                    versioned("report", "4.16")
                            .required("name", TEXT)
                            .optional("description", TEXT)
                            .optional("report_types", list(open(Vocabulary.REPORT_TYPE)))
                            .required("published", TIMESTAMP)
                            .required("object_refs", list(References.ANY))
                            .build(),
                    versioned("threat-actor", "4.17")
                            .required("name", TEXT)
                            .optional("description", TEXT)
                            .optional(
                                    "threat_actor_types", list(open(Vocabulary.THREAT_ACTOR_TYPE)))
                            .optional("aliases", TEXTS)
                            .optional("first_seen", TIMESTAMP)
                            .optional("last_seen", TIMESTAMP)
                            .optional("roles", list(open(Vocabulary.THREAT_ACTOR_ROLE)))
                            .optional("goals", TEXTS)
                            .optional(
                                    "sophistication", open(Vocabulary.THREAT_ACTOR_SOPHISTICATION))
                            .optional("resource_level", open(Vocabulary.ATTACK_RESOURCE_LEVEL))
                            .optional("primary_motivation", open(Vocabulary.ATTACK_MOTIVATION))
                            .optional(
                                    "secondary_motivations",
                                    list(open(Vocabulary.ATTACK_MOTIVATION)))
                            .optional(
                                    "personal_motivations",
                                    list(open(Vocabulary.ATTACK_MOTIVATION)))
                            .inOrder("first_seen", "last_seen")
                            .build(),
                    versioned("tool", "4.18")
                            .required("name", TEXT)
                            .optional("description", TEXT)
                            .optional("tool_types", list(open(Vocabulary.TOOL_TYPE)))
                            .optional("aliases", TEXTS)
                            .optional("kill_chain_phases", KILL_CHAIN_PHASES)
                            .optional("tool_version", TEXT)
                            .build(),
                    versioned("vulnerability", "4.19")
                            .required("name", TEXT)
                            .optional("description", TEXT)
                            .build());

    private DomainObjects() {}
}
