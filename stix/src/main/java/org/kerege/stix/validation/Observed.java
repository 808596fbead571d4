package org.kerege.stix.validation;

import static org.kerege.stix.validation.Kinds.text;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The values and special rules of cyber-observable objects. Source: STIX 2.1 §6.
final class Observed {

    static final Kind DOMAIN_NAME =
            text(
                    Formats::isDomainName,
                    Fault.FORMAT,
                    "STIX 2.1 §6.4",
                    "a domain name follows RFC 1034 and RFC 5890",
                    "Give the name alone, without scheme, port or path.");

    static final Kind EMAIL_ADDRESS =
            text(
                    Formats::isEmailAddress,
                    Fault.FORMAT,
                    "STIX 2.1 §6.5",
                    "an email address is local@domain (RFC 5322 addr-spec)",
                    "Put the name of the person into 'display_name'.");

    static final Kind IPV4 =
            text(
                    Formats::isIpv4,
                    Fault.FORMAT,
                    "STIX 2.1 §6.8",
                    "an IPv4 value is an address or a network in CIDR notation",
                    "Write it as in 198.51.100.3 or 198.51.100.0/24.");

    static final Kind IPV6 =
            text(
                    Formats::isIpv6,
                    Fault.FORMAT,
                    "STIX 2.1 §6.9",
                    "an IPv6 value is an address or a network in CIDR notation",
                    "Write it as in 2001:db8::1 or 2001:db8::/96.");

    static final Kind MAC =
            text(
                    Formats::isMac,
                    Fault.FORMAT,
                    "STIX 2.1 §6.10",
                    "a MAC address is six lower-case pairs of digits with colons",
                    "Write it as in d2:fb:49:24:37:18.");

    static final Kind CPE =
            text(
                    CpeName::isValid,
                    Fault.FORMAT,
                    "STIX 2.1 §6.14",
                    "a CPE is a formatted string of CPE 2.3",
                    "Write it as in cpe:2.3:a:vendor:product:1.0:*:*:*:*:*:*:*.");

    static final Kind REGISTRY_KEY =
            text(
                    Observed::hasFullHive,
                    Fault.FORMAT,
                    "STIX 2.1 §6.17",
                    "a registry key has the full name of its hive",
                    "Write HKEY_LOCAL_MACHINE for HKLM, HKEY_CURRENT_USER for HKCU and so on.");

    static final Kind ENDPOINT = References.to("ipv4-addr", "ipv6-addr", "mac-addr", "domain-name");

    static final Kind REQUIRED_MEDIA_TYPE =
            text(
                    Registry.MEDIA_TYPES::contains,
                    Fault.VALUE,
                    "STIX 2.1 §6.1",
                    "mime_type is a media type that IANA registers",
                    "Write it as in application/zip.");

    static final Kind MEDIA_TYPE =
            suggested(
                    Registry.MEDIA_TYPES,
                    Check.MIME_TYPE,
                    "STIX 2.1 §6.7",
                    "the media types that IANA registers");

    static final Kind PROTOCOL =
            suggested(
                    Registry.SERVICE_NAMES,
                    Check.PROTOCOLS,
                    "STIX 2.1 §6.12",
                    "the service names that IANA registers");

    static final Kind IPFIX =
            keys(
                    Kinds.dictionary(Observed::textOrInteger),
                    Registry.IPFIX_ELEMENTS::contains,
                    Check.IPFIX,
                    "STIX 2.1 §6.12",
                    "the information elements that IANA registers");

    static final Kind REQUEST_HEADER =
            keys(
                    Kinds.dictionary(Kinds.list(Kinds.TEXT)),
                    HttpHeaders::isRequestHeader,
                    Check.HTTP_REQUEST_HEADERS,
                    "STIX 2.1 §6.12.2",
                    "the header fields of HTTP requests");

    static final Kind SOCKET_OPTIONS =
            keys(
                    Kinds.dictionary(Kinds.INTEGER),
                    SocketOptions::isKnown,
                    Check.SOCKET_OPTIONS,
                    "STIX 2.1 §6.12.4",
                    "the socket options of Windows and Linux",
                    SocketOptions::hasForm);

    static final Kind PDF_INFORMATION =
            keys(
                    Kinds.dictionary(Kinds.TEXT),
                    Set.of(
                                    "Title",
                                    "Author",
                                    "Subject",
                                    "Keywords",
                                    "Creator",
                                    "Producer",
                                    "CreationDate",
                                    "ModDate",
                                    "Trapped")
                            ::contains,
                    Check.PDF_DOCUMENT_INFO,
                    "STIX 2.1 §6.7.4",
                    "the keys of a PDF document information dictionary");

    static final Kind EXIF_TAGS = Kinds.dictionary(Observed::textOrInteger);

    /// Header fields by their name as received; one value, or a list where a field is repeated.
    static final Kind HEADER_FIELDS =
            Kinds.dictionary((value, report) -> {
                if (value instanceof ArrayNode) {
                    Common.TEXTS.check(value, report);
                } else {
                    Kinds.isText(value, report);
                }
            });

    static final Kind STARTUP_INFO = Kinds.dictionary(StartupInfo::member);

    static final Kind PROCESS_PRIORITY =
            (value, report) -> {
                if (Kinds.isText(value, report)
                        && (!value.stringValue().endsWith("_CLASS")
                                || value.stringValue().length() == 6)) {
                    report.warn(
                            Check.WINDOWS_PROCESS_PRIORITY,
                            "STIX 2.1 §6.13.2",
                            "a priority ends in _CLASS",
                            "'priority' is '%s'. Use the name of a priority class, such as HIGH_PRIORITY_CLASS."
                                    .formatted(Kinds.excerpt(value)));
                }
            };

    private static final String[] HIVE_ABBREVIATIONS = {"HKLM", "HKCC", "HKCR", "HKCU", "HKU"};

    private Observed() {}

    /// `body` is for simple messages, `body_multipart` for those of several parts.
    static void bodyFitsMultipart(ObjectNode message, Report report) {
        JsonNode multipart = message.get("is_multipart");
        if (multipart == null || !multipart.isBoolean()) {
            return;
        }
        String wrong = multipart.booleanValue() ? "body" : "body_multipart";
        String right = multipart.booleanValue() ? "body_multipart" : "body";
        if (message.get(wrong) != null) {
            report.enter(wrong);
            report.error(
                    Fault.COMBINATION,
                    "STIX 2.1 §6.6",
                    "body goes with is_multipart false, body_multipart with true",
                    "'is_multipart' is %s, so '%s' must not be there. Use '%s', or correct 'is_multipart'."
                            .formatted(multipart.booleanValue(), wrong, right));
            report.leave();
        }
    }

    static void activeHasNoEnd(ObjectNode traffic, Report report) {
        JsonNode active = traffic.get("is_active");
        if (active != null
                && active.isBoolean()
                && active.booleanValue()
                && traffic.get("end") != null) {
            report.enter("end");
            report.error(
                    Fault.COMBINATION,
                    "STIX 2.1 §6.12",
                    "traffic that goes on has no end",
                    "'is_active' is true, so 'end' must not be there. Remove 'end', or correct 'is_active'.");
            report.leave();
        }
    }

    static void hasBothPorts(ObjectNode traffic, Report report) {
        boolean source = traffic.get("src_port") != null;
        boolean destination = traffic.get("dst_port") != null;
        if (!source || !destination) {
            report.warn(
                    Check.NETWORK_TRAFFIC_PORTS,
                    "STIX 2.1 §6.12",
                    "traffic has the ports of both ends",
                    "%s missing. Add what is known."
                            .formatted(
                                    source
                                            ? "'dst_port' is"
                                            : destination
                                                    ? "'src_port' is"
                                                    : "'src_port' and 'dst_port' are"));
        }
    }

    private static void textOrInteger(JsonNode value, Report report) {
        if (!value.isString()) {
            Kinds.INTEGER.check(value, report);
        }
    }

    private static Kind suggested(Registry registry, Check check, String section, String source) {
        return (value, report) -> {
            if (Kinds.isText(value, report) && !registry.contains(value.stringValue())) {
                report.warn(
                        check,
                        section,
                        "the value is one of " + source,
                        "'%s' is not one of %s. It is allowed, but other tools may not understand it."
                                .formatted(Kinds.excerpt(value), source));
            }
        };
    }

    private static Kind keys(
            Kind dictionary, Kinds.TextForm known, Check check, String section, String source) {
        return keys(dictionary, known, check, section, source, key -> true);
    }

    /// A dictionary whose keys should be known ones and must have a form.
    private static Kind keys(
            Kind dictionary,
            Kinds.TextForm known,
            Check check,
            String section,
            String source,
            Kinds.TextForm form) {
        return (value, report) -> {
            dictionary.check(value, report);
            if (!(value instanceof ObjectNode entries)) {
                return;
            }
            for (Map.Entry<String, JsonNode> entry : entries.properties()) {
                String key = entry.getKey();
                if (known.holds(key)) {
                    continue;
                }
                report.enter(key);
                if (!form.holds(key)) {
                    report.error(
                            Fault.FORMAT,
                            section,
                            "the keys are of " + source,
                            "The key '%s' is none of %s.".formatted(Report.excerpt(key), source));
                }
                report.warn(
                        check,
                        section,
                        "the keys are of " + source,
                        "The key '%s' is not one of %s. It is allowed, but other tools may not understand it."
                                .formatted(Report.excerpt(key), source));
                report.leave();
            }
        };
    }

    private static boolean hasFullHive(String key) {
        int end = key.indexOf('\\');
        String hive = (end < 0 ? key : key.substring(0, end)).toUpperCase(Locale.ROOT);
        for (String abbreviation : HIVE_ABBREVIATIONS) {
            if (hive.equals(abbreviation)) {
                return false;
            }
        }
        return true;
    }
}
