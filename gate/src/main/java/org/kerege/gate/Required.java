package org.kerege.gate;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Which top-level properties an object cannot be without: those its type requires, and those that its
/// deterministic identifier is made of, since the identifier would give them away. Source: STIX 2.1 §4 to §7.
final class Required {

    private static final Set<String> ALWAYS =
            Set.of(
                    "type",
                    "spec_version",
                    "id",
                    "created",
                    "modified",
                    "revoked",
                    "object_marking_refs",
                    "granular_markings",
                    "extension_type",
                    "defanged");

    private static final Map<String, Set<String>> BY_TYPE = new HashMap<>();

    static {
        require("attack-pattern", "name");
        require("campaign", "name");
        require("course-of-action", "name");
        require("grouping", "context", "object_refs");
        require("identity", "name", "identity_class");
        require("incident", "name");
        require("indicator", "pattern", "pattern_type", "valid_from");
        require("infrastructure", "name");
        require("intrusion-set", "name");
        require("location", "region", "country", "latitude", "longitude");
        require("malware", "is_family", "name");
        require("malware-analysis", "product", "result", "analysis_sco_refs");
        require("note", "content", "object_refs");
        require(
                "observed-data",
                "first_observed",
                "last_observed",
                "number_observed",
                "objects",
                "object_refs");
        require("opinion", "opinion", "object_refs");
        require("report", "name", "published", "object_refs");
        require("threat-actor", "name");
        require("tool", "name");
        require("vulnerability", "name");
        require("relationship", "relationship_type", "source_ref", "target_ref");
        require("sighting", "sighting_of_ref");
        require("language-content", "object_ref", "contents");
        require("extension-definition", "name", "schema", "version", "extension_types");
        require("marking-definition", "definition_type", "definition", "extensions");
        require("artifact", "payload_bin", "hashes", "url");
        require("autonomous-system", "number");
        require("directory", "path");
        require("domain-name", "value");
        require("email-addr", "value");
        require("email-message", "from_ref", "subject", "body", "is_multipart");
        require("file", "hashes", "name", "extensions", "parent_directory_ref");
        require("ipv4-addr", "value");
        require("ipv6-addr", "value");
        require("mac-addr", "value");
        require("mutex", "name");
        require(
                "network-traffic",
                "start",
                "end",
                "src_ref",
                "dst_ref",
                "src_port",
                "dst_port",
                "protocols",
                "extensions");
        require("software", "name", "cpe", "swid", "vendor", "version");
        require("url", "value");
        require("user-account", "account_type", "user_id", "account_login");
        require("windows-registry-key", "key", "values");
        require("x509-certificate", "hashes", "serial_number");
    }

    private Required() {}

    /// Whether an object of `type` without its `property` would be none, or none that anyone could read.
    static boolean is(String type, String property) {
        return ALWAYS.contains(property) || BY_TYPE.getOrDefault(type, Set.of()).contains(property);
    }

    private static void require(String type, String... properties) {
        BY_TYPE.put(type, Set.of(properties));
    }
}
