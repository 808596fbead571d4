package org.kerege.stix.validation;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The recommendations (SHOULD) that are looked at, with the numbers and names under which the OASIS STIX
/// validator knows them, so that settings carry over. A group's name or number stands for all of its checks.
public enum Check {
    CUSTOM_PREFIX(101, "custom-prefix", Group.FORMAT),
    CUSTOM_PREFIX_LAX(102, "custom-prefix-lax", Group.FORMAT),
    UUID_VERSION(103, "uuid-check", Group.FORMAT),
    OPEN_VOCABULARY_FORMAT(111, "open-vocab-format", Group.FORMAT),
    KILL_CHAIN_NAMES(121, "kill-chain-names", Group.FORMAT),
    OBSERVABLE_OBJECT_KEYS(141, "observable-object-keys", Group.FORMAT),
    OBSERVABLE_DICTIONARY_KEYS(142, "observable-dictionary-keys", Group.FORMAT),
    MALWARE_ANALYSIS_PRODUCT(143, "malware-analysis-product", Group.FORMAT),
    WINDOWS_PROCESS_PRIORITY(149, "windows-process-priority-format", Group.FORMAT),
    HASH_LENGTH(150, "hash-length", Group.FORMAT),
    MARKING_DEFINITION_TYPE(201, "marking-definition-type", Group.VALUES),
    RELATIONSHIP_TYPES(202, "relationship-types", Group.VALUES),
    DUPLICATE_IDS(203, "duplicate-ids", Group.VALUES),
    ATTACK_MOTIVATION(211, "attack-motivation", Group.VOCABULARIES),
    ATTACK_RESOURCE_LEVEL(212, "attack-resource-level", Group.VOCABULARIES),
    IDENTITY_CLASS(213, "identity-class", Group.VOCABULARIES),
    INDICATOR_TYPES(214, "indicator-types", Group.VOCABULARIES),
    INDUSTRY_SECTOR(215, "industry-sector", Group.VOCABULARIES),
    MALWARE_TYPES(216, "malware-types", Group.VOCABULARIES),
    REPORT_TYPES(218, "report-types", Group.VOCABULARIES),
    THREAT_ACTOR_TYPES(219, "threat-actor-types", Group.VOCABULARIES),
    THREAT_ACTOR_ROLE(220, "threat-actor-role", Group.VOCABULARIES),
    THREAT_ACTOR_SOPHISTICATION(221, "threat-actor-sophistication", Group.VOCABULARIES),
    TOOL_TYPES(222, "tool-types", Group.VOCABULARIES),
    REGION(223, "region", Group.VOCABULARIES),
    GROUPING_CONTEXT(225, "grouping-context", Group.VOCABULARIES),
    IMPLEMENTATION_LANGUAGES(226, "implementation-languages", Group.VOCABULARIES),
    INFRASTRUCTURE_TYPES(227, "infrastructure-types", Group.VOCABULARIES),
    MALWARE_CAPABILITIES(228, "malware-capabilities", Group.VOCABULARIES),
    PROCESSOR_ARCHITECTURE(230, "processor-architecture", Group.VOCABULARIES),
    MALWARE_RESULT(231, "malware-result", Group.VOCABULARIES),
    HASH_ALGORITHM(241, "hash-algo", Group.VOCABULARIES),
    WINDOWS_PEBINARY_TYPE(243, "windows-pebinary-type", Group.VOCABULARIES),
    ACCOUNT_TYPE(244, "account-type", Group.VOCABULARIES),
    PATTERN_TYPES(245, "indicator-pattern-types", Group.VOCABULARIES),
    MIME_TYPE(271, "mime-type", Group.EXTERNAL_SOURCES),
    PROTOCOLS(272, "protocols", Group.EXTERNAL_SOURCES),
    IPFIX(273, "ipfix", Group.EXTERNAL_SOURCES),
    HTTP_REQUEST_HEADERS(274, "http-request-headers", Group.EXTERNAL_SOURCES),
    SOCKET_OPTIONS(275, "socket-options", Group.EXTERNAL_SOURCES),
    PDF_DOCUMENT_INFO(276, "pdf-doc-info", Group.EXTERNAL_SOURCES),
    COUNTRIES(277, "countries", Group.EXTERNAL_SOURCES),
    NETWORK_TRAFFIC_PORTS(301, "network-traffic-ports", Group.ALL),
    EXTERNAL_REFERENCE_HASHES(302, "extref-hashes", Group.ALL),
    INDICATOR_PROPERTIES(303, "indicator-properties", Group.ALL),
    DEPRECATED_PROPERTIES(304, "deprecated-properties", Group.ALL),
    EXTENSION_DESCRIPTION(305, "extension-description", Group.ALL),
    EXTENSION_PROPERTIES(306, "extension-properties", Group.ALL),
    EXTENSIONS_USE(401, "extensions-use", Group.ALL);

    /// Groups as the OASIS validator nests them: vocabularies and external sources are approved values.
    enum Group {
        ALL("all", 0, null),
        FORMAT("format-checks", 1, ALL),
        VALUES("approved-values", 2, ALL),
        VOCABULARIES("all-vocabs", 210, VALUES),
        EXTERNAL_SOURCES("all-external-sources", 270, VALUES);

        private final String title;
        private final int number;
        private final @Nullable Group parent;

        Group(String title, int number, @Nullable Group parent) {
            this.title = title;
            this.number = number;
            this.parent = parent;
        }

        private boolean within(Group other) {
            return this == other || (parent != null && parent.within(other));
        }
    }

    private static final Map<String, Set<Check>> BY_NAME = new HashMap<>();

    static {
        for (Check check : values()) {
            BY_NAME.put(check.title, EnumSet.of(check));
            BY_NAME.put(check.code(), EnumSet.of(check));
        }
        for (Group group : Group.values()) {
            EnumSet<Check> members = EnumSet.noneOf(Check.class);
            Arrays.stream(values()).filter(c -> c.group.within(group)).forEach(members::add);
            BY_NAME.put(group.title, members);
            BY_NAME.put(Integer.toString(group.number), members);
        }
    }

    private final int number;
    private final String title;
    private final Group group;

    Check(int number, String title, Group group) {
        this.number = number;
        this.title = title;
        this.group = group;
    }

    /// The number, such as `103`.
    public String code() {
        return Integer.toString(number);
    }

    /// The name, such as `uuid-check`.
    public String title() {
        return title;
    }

    /// The checks that a name or number stands for: one check or a whole group; empty when there is no such
    /// name.
    public static Optional<Set<Check>> named(String nameOrNumber) {
        return Optional.ofNullable(BY_NAME.get(nameOrNumber)).map(EnumSet::copyOf);
    }
}
