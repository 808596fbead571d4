package org.kerege.stix.validation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which relationships the standard suggests between which types. Source: the relationship tables of STIX 2.1
/// §4 and §6, summed up in its appendix B.
final class RelationshipTypes {

    static final Kind NAME =
            Kinds.text(
                    RelationshipTypes::isName,
                    Fault.FORMAT,
                    "STIX 2.1 §5.1",
                    "a relationship_type has lower-case letters, digits and hyphens",
                    "Write it as in attributed-to.");

    /// What holds between any two objects. Source: STIX 2.1 §3.7.
    private static final Set<String> COMMON = Set.of("derived-from", "duplicate-of", "related-to");

    private static final String OBSERVABLES =
            "artifact autonomous-system directory domain-name email-addr email-message file"
                    + " ipv4-addr ipv6-addr mac-addr mutex network-traffic process software url"
                    + " user-account windows-registry-key x509-certificate";

    /// Source type, relationship, target types.
    private static final String[][] TABLE = {
        {"attack-pattern", "delivers", "malware"},
        {"attack-pattern", "targets", "identity location vulnerability"},
        {"attack-pattern", "uses", "malware tool"},
        {"campaign", "attributed-to", "intrusion-set threat-actor"},
        {"campaign", "compromises", "infrastructure"},
        {"campaign", "originates-from", "location"},
        {"campaign", "targets", "identity location vulnerability"},
        {"campaign", "uses", "attack-pattern infrastructure malware tool"},
        {"course-of-action", "investigates", "indicator"},
        {"course-of-action", "mitigates", "attack-pattern indicator malware tool vulnerability"},
        {"course-of-action", "remediates", "malware vulnerability"},
        {"identity", "located-at", "location"},
        {
            "indicator",
            "indicates",
            "attack-pattern campaign infrastructure intrusion-set malware threat-actor tool"
        },
        {"indicator", "based-on", "observed-data"},
        {
            "infrastructure",
            "communicates-with",
            "infrastructure ipv4-addr ipv6-addr domain-name url"
        },
        {"infrastructure", "consists-of", "infrastructure observed-data " + OBSERVABLES},
        {"infrastructure", "controls", "infrastructure malware"},
        {"infrastructure", "delivers", "malware"},
        {"infrastructure", "has", "vulnerability"},
        {"infrastructure", "hosts", "tool malware"},
        {"infrastructure", "located-at", "location"},
        {"infrastructure", "uses", "infrastructure"},
        {"intrusion-set", "attributed-to", "threat-actor"},
        {"intrusion-set", "compromises", "infrastructure"},
        {"intrusion-set", "hosts", "infrastructure"},
        {"intrusion-set", "originates-from", "location"},
        {"intrusion-set", "owns", "infrastructure"},
        {"intrusion-set", "targets", "identity location vulnerability"},
        {"intrusion-set", "uses", "attack-pattern infrastructure malware tool"},
        {"malware", "authored-by", "threat-actor intrusion-set"},
        {"malware", "beacons-to", "infrastructure"},
        {"malware", "exfiltrates-to", "infrastructure"},
        {"malware", "communicates-with", "ipv4-addr ipv6-addr domain-name url"},
        {"malware", "controls", "malware"},
        {"malware", "downloads", "malware tool file"},
        {"malware", "drops", "malware tool file"},
        {"malware", "exploits", "vulnerability"},
        {"malware", "originates-from", "location"},
        {"malware", "targets", "identity infrastructure location vulnerability"},
        {"malware", "uses", "attack-pattern infrastructure malware tool"},
        {"malware", "variant-of", "malware"},
        {"malware-analysis", "characterizes", "malware"},
        {"malware-analysis", "analysis-of", "malware"},
        {"malware-analysis", "static-analysis-of", "malware"},
        {"malware-analysis", "dynamic-analysis-of", "malware"},
        {"threat-actor", "attributed-to", "identity"},
        {"threat-actor", "compromises", "infrastructure"},
        {"threat-actor", "hosts", "infrastructure"},
        {"threat-actor", "owns", "infrastructure"},
        {"threat-actor", "impersonates", "identity"},
        {"threat-actor", "located-at", "location"},
        {"threat-actor", "targets", "identity location vulnerability"},
        {"threat-actor", "uses", "attack-pattern infrastructure malware tool"},
        {"tool", "delivers", "malware"},
        {"tool", "drops", "malware"},
        {"tool", "has", "vulnerability"},
        {"tool", "targets", "identity infrastructure location vulnerability"},
        {"tool", "uses", "infrastructure"},
        {"domain-name", "resolves-to", "domain-name ipv4-addr ipv6-addr"},
        {"ipv4-addr", "resolves-to", "mac-addr"},
        {"ipv4-addr", "belongs-to", "autonomous-system"},
        {"ipv6-addr", "resolves-to", "mac-addr"},
        {"ipv6-addr", "belongs-to", "autonomous-system"},
    };

    /// Targets by source type, then by relationship.
    private static final Map<String, Map<String, Set<String>>> SUGGESTED = new HashMap<>();

    static {
        for (String[] row : TABLE) {
            SUGGESTED
                    .computeIfAbsent(row[0], source -> new HashMap<>())
                    .computeIfAbsent(row[1], relationship -> new HashSet<>())
                    .addAll(Set.of(row[2].split(" ", -1)));
        }
    }

    private RelationshipTypes() {}

    /// A relationship between types for which the standard suggests it.
    static void suggested(ObjectNode relationship, Report report) {
        JsonNode nameNode = relationship.get("relationship_type");
        JsonNode sourceNode = relationship.get("source_ref");
        JsonNode targetNode = relationship.get("target_ref");
        if (nameNode == null
                || sourceNode == null
                || targetNode == null
                || !nameNode.isString()
                || !sourceNode.isString()
                || !targetNode.isString()
                || COMMON.contains(nameNode.stringValue())) {
            return;
        }
        String name = nameNode.stringValue();
        String source = Formats.typeOf(sourceNode.stringValue());
        String target = Formats.typeOf(targetNode.stringValue());
        Map<String, Set<String>> fromSource = SUGGESTED.getOrDefault(source, Map.of());
        Set<String> targets = fromSource.get(name);
        if (targets != null && targets.contains(target)) {
            return;
        }
        report.enter("relationship_type");
        report.warn(
                Check.RELATIONSHIP_TYPES,
                "STIX 2.1 §5.1, appendix B",
                "a relationship is one that the standard suggests for these types",
                "'%s' from %s to %s is allowed, but the standard does not suggest it%s. Other tools may not understand it; related-to fits any two objects."
                        .formatted(
                                Report.excerpt(name),
                                Report.excerpt(source),
                                Report.excerpt(target),
                                targets == null
                                        ? ""
                                        : " (it suggests " + String.join(", ", targets) + ")"));
        report.leave();
    }

    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Formats.isLowerCaseLetter(c) && !Formats.isDigit(c) && c != '-') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
