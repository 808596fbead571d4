package org.kerege.stix.validation;

import java.util.Set;

/// An open vocabulary: the terms that the standard suggests; others are allowed and warned of.
///
/// @param name as the standard writes it, such as `tool-type-ov`
/// @param check the recommendation to use its terms
/// @param form whether the recommendation on lower case and hyphens is looked at too
record Vocabulary(String name, String section, Check check, boolean form, Set<String> terms) {

    static final Vocabulary ACCOUNT_TYPE =
            new Vocabulary(
                    "account-type-ov",
                    "STIX 2.1 §10.1",
                    Check.ACCOUNT_TYPE,
                    false,
                    Set.of(
                            "facebook",
                            "ldap",
                            "nis",
                            "openid",
                            "radius",
                            "skype",
                            "tacacs",
                            "twitter",
                            "unix",
                            "windows-local",
                            "windows-domain"));

    static final Vocabulary ATTACK_MOTIVATION =
            of(
                    "attack-motivation-ov",
                    "STIX 2.1 §10.2",
                    Check.ATTACK_MOTIVATION,
                    "accidental",
                    "coercion",
                    "dominance",
                    "ideology",
                    "notoriety",
                    "organizational-gain",
                    "personal-gain",
                    "personal-satisfaction",
                    "revenge",
                    "unpredictable");

    static final Vocabulary ATTACK_RESOURCE_LEVEL =
            of(
                    "attack-resource-level-ov",
                    "STIX 2.1 §10.3",
                    Check.ATTACK_RESOURCE_LEVEL,
                    "individual",
                    "club",
                    "contest",
                    "team",
                    "organization",
                    "government");

    static final Vocabulary GROUPING_CONTEXT =
            of(
                    "grouping-context-ov",
                    "STIX 2.1 §10.6",
                    Check.GROUPING_CONTEXT,
                    "suspicious-activity",
                    "malware-analysis",
                    "unspecified");

    static final Vocabulary IDENTITY_CLASS =
            of(
                    "identity-class-ov",
                    "STIX 2.1 §10.8",
                    Check.IDENTITY_CLASS,
                    "individual",
                    "group",
                    "system",
                    "organization",
                    "class",
                    "unknown");

    static final Vocabulary IMPLEMENTATION_LANGUAGE =
            of(
                    "implementation-language-ov",
                    "STIX 2.1 §10.9",
                    Check.IMPLEMENTATION_LANGUAGES,
                    "applescript",
                    "bash",
                    "c",
                    "c++",
                    "c#",
                    "go",
                    "java",
                    "javascript",
                    "lua",
                    "objective-c",
                    "perl",
                    "php",
                    "powershell",
                    "python",
                    "ruby",
                    "scala",
                    "swift",
                    "typescript",
                    "visual-basic",
                    "x86-32",
                    "x86-64");

    static final Vocabulary INDICATOR_TYPE =
            of(
                    "indicator-type-ov",
                    "STIX 2.1 §10.10",
                    Check.INDICATOR_TYPES,
                    "anomalous-activity",
                    "anonymization",
                    "benign",
                    "compromised",
                    "malicious-activity",
                    "attribution",
                    "unknown");

    static final Vocabulary INDUSTRY_SECTOR =
            of(
                    "industry-sector-ov",
                    "STIX 2.1 §10.11",
                    Check.INDUSTRY_SECTOR,
                    "agriculture",
                    "aerospace",
                    "automotive",
                    "chemical",
                    "commercial",
                    "communications",
                    "construction",
                    "defense",
                    "education",
                    "energy",
                    "entertainment",
                    "financial-services",
                    "government",
                    "emergency-services",
                    "government-local",
                    "government-national",
                    "government-public-services",
                    "government-regional",
                    "healthcare",
                    "hospitality-leisure",
                    "infrastructure",
                    "dams",
                    "nuclear",
                    "water",
                    "insurance",
                    "manufacturing",
                    "mining",
                    "non-profit",
                    "pharmaceuticals",
                    "retail",
                    "technology",
                    "telecommunications",
                    "transportation",
                    "utilities");

    static final Vocabulary INFRASTRUCTURE_TYPE =
            of(
                    "infrastructure-type-ov",
                    "STIX 2.1 §10.12",
                    Check.INFRASTRUCTURE_TYPES,
                    "amplification",
                    "anonymization",
                    "botnet",
                    "command-and-control",
                    "control-system",
                    "exfiltration",
                    "firewall",
                    "hosting-malware",
                    "hosting-target-lists",
                    "phishing",
                    "reconnaissance",
                    "routers-switches",
                    "staging",
                    "workstation",
                    "unknown");

    static final Vocabulary MALWARE_RESULT =
            of(
                    "malware-result-ov",
                    "STIX 2.1 §10.13",
                    Check.MALWARE_RESULT,
                    "malicious",
                    "suspicious",
                    "benign",
                    "unknown");

    static final Vocabulary MALWARE_CAPABILITIES =
            of(
                    "malware-capabilities-ov",
                    "STIX 2.1 §10.14",
                    Check.MALWARE_CAPABILITIES,
                    "accesses-remote-machines",
                    "anti-debugging",
                    "anti-disassembly",
                    "anti-emulation",
                    "anti-memory-forensics",
                    "anti-sandbox",
                    "anti-vm",
                    "captures-input-peripherals",
                    "captures-output-peripherals",
                    "captures-system-state-data",
                    "cleans-traces-of-infection",
                    "commits-fraud",
                    "communicates-with-c2",
                    "compromises-data-availability",
                    "compromises-data-integrity",
                    "compromises-system-availability",
                    "controls-local-machine",
                    "degrades-security-software",
                    "degrades-system-updates",
                    "determines-c2-server",
                    "emails-spam",
                    "escalates-privileges",
                    "evades-av",
                    "exfiltrates-data",
                    "fingerprints-host",
                    "hides-artifacts",
                    "hides-executing-code",
                    "infects-files",
                    "infects-remote-machines",
                    "installs-other-components",
                    "persists-after-system-reboot",
                    "prevents-artifact-access",
                    "prevents-artifact-deletion",
                    "probes-network-environment",
                    "self-modifies",
                    "steals-authentication-credentials",
                    "violates-system-operational-integrity");

    static final Vocabulary MALWARE_TYPE =
            of(
                    "malware-type-ov",
                    "STIX 2.1 §10.15",
                    Check.MALWARE_TYPES,
                    "adware",
                    "backdoor",
                    "bot",
                    "bootkit",
                    "ddos",
                    "downloader",
                    "dropper",
                    "exploit-kit",
                    "keylogger",
                    "ransomware",
                    "remote-access-trojan",
                    "resource-exploitation",
                    "rogue-security-software",
                    "rootkit",
                    "screen-capture",
                    "spyware",
                    "trojan",
                    "unknown",
                    "virus",
                    "webshell",
                    "wiper",
                    "worm");

    static final Vocabulary PATTERN_TYPE =
            new Vocabulary(
                    "pattern-type-ov",
                    "STIX 2.1 §10.19",
                    Check.PATTERN_TYPES,
                    false,
                    Set.of("stix", "pcre", "sigma", "snort", "suricata", "yara"));

    static final Vocabulary PROCESSOR_ARCHITECTURE =
            of(
                    "processor-architecture-ov",
                    "STIX 2.1 §10.20",
                    Check.PROCESSOR_ARCHITECTURE,
                    "alpha",
                    "arm",
                    "ia-64",
                    "mips",
                    "powerpc",
                    "sparc",
                    "x86",
                    "x86-64");

    static final Vocabulary REGION =
            of(
                    "region-ov",
                    "STIX 2.1 §10.21",
                    Check.REGION,
                    "africa",
                    "eastern-africa",
                    "middle-africa",
                    "northern-africa",
                    "southern-africa",
                    "western-africa",
                    "americas",
                    "latin-america-caribbean",
                    "south-america",
                    "caribbean",
                    "central-america",
                    "northern-america",
                    "asia",
                    "central-asia",
                    "eastern-asia",
                    "southern-asia",
                    "south-eastern-asia",
                    "western-asia",
                    "europe",
                    "eastern-europe",
                    "northern-europe",
                    "southern-europe",
                    "western-europe",
                    "oceania",
                    "australia-new-zealand",
                    "melanesia",
                    "micronesia",
                    "polynesia",
                    "antarctica");

    static final Vocabulary REPORT_TYPE =
            of(
                    "report-type-ov",
                    "STIX 2.1 §10.22",
                    Check.REPORT_TYPES,
                    "attack-pattern",
                    "campaign",
                    "identity",
                    "indicator",
                    "intrusion-set",
                    "malware",
                    "observed-data",
                    "threat-actor",
                    "threat-report",
                    "tool",
                    "vulnerability");

    static final Vocabulary THREAT_ACTOR_TYPE =
            of(
                    "threat-actor-type-ov",
                    "STIX 2.1 §10.23",
                    Check.THREAT_ACTOR_TYPES,
                    "activist",
                    "competitor",
                    "crime-syndicate",
                    "criminal",
                    "hacker",
                    "insider-accidental",
                    "insider-disgruntled",
                    "nation-state",
                    "sensationalist",
                    "spy",
                    "terrorist",
                    "unknown");

    static final Vocabulary THREAT_ACTOR_ROLE =
            of(
                    "threat-actor-role-ov",
                    "STIX 2.1 §10.24",
                    Check.THREAT_ACTOR_ROLE,
                    "agent",
                    "director",
                    "independent",
                    "infrastructure-architect",
                    "infrastructure-operator",
                    "malware-author",
                    "sponsor");

    static final Vocabulary THREAT_ACTOR_SOPHISTICATION =
            of(
                    "threat-actor-sophistication-ov",
                    "STIX 2.1 §10.25",
                    Check.THREAT_ACTOR_SOPHISTICATION,
                    "none",
                    "minimal",
                    "intermediate",
                    "advanced",
                    "expert",
                    "innovator",
                    "strategic");

    static final Vocabulary TOOL_TYPE =
            of(
                    "tool-type-ov",
                    "STIX 2.1 §10.26",
                    Check.TOOL_TYPES,
                    "denial-of-service",
                    "exploitation",
                    "information-gathering",
                    "network-capture",
                    "credential-exploitation",
                    "remote-access",
                    "vulnerability-scanning",
                    "unknown");

    static final Vocabulary WINDOWS_PEBINARY_TYPE =
            new Vocabulary(
                    "windows-pebinary-type-ov",
                    "STIX 2.1 §10.28",
                    Check.WINDOWS_PEBINARY_TYPE,
                    false,
                    Set.of("exe", "dll", "sys"));

    private static Vocabulary of(String name, String section, Check check, String... terms) {
        return new Vocabulary(name, section, check, true, Set.of(terms));
    }
}
