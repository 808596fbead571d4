package org.kerege.node.foreign;

import static org.kerege.node.foreign.Sign.equal;
import static org.kerege.node.foreign.Sign.path;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.kerege.node.exchange.draft.Observable;
import org.kerege.pattern.ComparisonExpression.PropertyTest;
import org.kerege.pattern.ComparisonExpression.Relation;
import org.kerege.pattern.ComparisonExpression.Relator;
import org.kerege.pattern.Constant;
import org.kerege.stix.RegistryHives;

/// What attributes of MISP ask a log for, by their type. Source: MISP core format, draft-dulaunoy-misp-core-format
/// §2.4 for the types; STIX 2.1 §6 for the objects.
final class MispTypes {

    private MispTypes() {}

    /// Whether a value of this type names a person, whatever it is.
    static boolean namesPerson(String type) {
        return switch (type) {
            case "phone-number",
                    "whois-registrant-email",
                    "whois-registrant-name",
                    "whois-registrant-phone",
                    "target-email",
                    "target-user",
                    "first-name",
                    "middle-name",
                    "last-name",
                    "full-name",
                    "date-of-birth",
                    "passport-number",
                    "jabber-id",
                    "twitter-id",
                    "github-username",
                    "email-src-display-name",
                    "email-dst-display-name",
                    "email-subject",
                    "email-body",
                    "email-header",
                    "email-message-id",
                    "identity-card-number" ->
                    true;
            default -> false;
        };
    }

    /// Reads one attribute.
    ///
    /// @throws Unconvertible when the type has no counterpart or the value is none of its type
    static Sign read(String type, String value) throws Unconvertible {
        if (value.length() > Sign.LONGEST) {
            throw new Unconvertible("the value is longer than " + Sign.LONGEST + " characters");
        }
        return switch (type) {
            case "ip-src", "ip-dst" -> kind(value, Observable.Kind.IPV4, Observable.Kind.IPV6);
            case "domain", "hostname" -> kind(value, Observable.Kind.DOMAIN);
            case "url", "link" -> kind(value, Observable.Kind.URL);
            case "user-agent" ->
                    text(
                            value,
                            "network-traffic",
                            "extensions",
                            "http-request-ext",
                            "request_header",
                            "User-Agent");
            case "imphash" -> hex(value, 32, "file", "hashes", "x_imphash");
            case "md5" -> kind(value, Observable.Kind.MD5);
            case "sha1" -> kind(value, Observable.Kind.SHA_1);
            case "sha256" -> kind(value, Observable.Kind.SHA_256);
            case "sha512" -> kind(value, Observable.Kind.SHA_512);
            case "email", "email-src", "email-dst", "email-reply-to" ->
                    kind(value, Observable.Kind.EMAIL);
            case "ssdeep" -> text(value, "file", "hashes", "SSDEEP");
            case "tlsh" -> text(value, "file", "hashes", "TLSH");
            case "filename", "email-attachment" -> text(value, "file", "name");
            case "filename|md5", "malware-sample" -> named(value, "md5");
            case "filename|sha1" -> named(value, "sha1");
            case "filename|sha256" -> named(value, "sha256");
            case "filename|sha512" -> named(value, "sha512");
            case "filename|ssdeep" -> named(value, "ssdeep");
            case "filename|tlsh" -> named(value, "tlsh");
            case "mutex" -> text(value, "mutex", "name");
            case "regkey" -> key(value);
            case "regkey|value" -> registry(value);
            case "mac-address" -> mac(value);
            case "x509-fingerprint-md5" -> certificate(value, 32, "MD5");
            case "x509-fingerprint-sha1" -> certificate(value, 40, "SHA-1");
            case "x509-fingerprint-sha256" -> certificate(value, 64, "SHA-256");
            case "AS" -> system(value);
            case "domain|ip" -> resolved(value);
            case "ip-src|port" -> connection("src_ref", value);
            case "ip-dst|port", "hostname|port" -> connection("dst_ref", value);
            default ->
                    throw new Unconvertible(
                            "attributes of type '" + shown(type) + "' have no counterpart");
        };
    }

    private static String shown(String type) {
        return type.matches("[\\w| -]{1,60}") ? type : "?";
    }

    private static Sign kind(String value, Observable.Kind... kinds) throws Unconvertible {
        Observable found = observable(value, kinds);
        return Sign.of(found.value(), List.of(Sign.test(found)));
    }

    private static Observable observable(String value, Observable.Kind... kinds)
            throws Unconvertible {
        return Observable.of(value.strip())
                .filter(read -> List.of(kinds).contains(read.kind()))
                .orElseThrow(() -> new Unconvertible("the value is none of its type"));
    }

    private static Sign text(String value, String type, String... keys) throws Unconvertible {
        String text = value.strip();
        if (text.isEmpty()) {
            throw new Unconvertible("the value is empty");
        }
        return Sign.of(text, List.of(equal(path(type, keys), text)));
    }

    private static Sign named(String value, String hashType) throws Unconvertible {
        String[] parts = parts(value);
        List<PropertyTest> hash = read(hashType, parts[1]).tests();
        return Sign.of(
                value, List.of(equal(path("file", "name"), parts[0].strip()), hash.getFirst()));
    }

    /// The key alone stands for both: which value of a key holds the data is not said.
    private static Sign registry(String value) throws Unconvertible {
        String[] parts = parts(value);
        return key(parts[0]);
    }

    private static Sign key(String value) throws Unconvertible {
        return text(RegistryHives.inFull(value.strip()), "windows-registry-key", "key");
    }

    private static Sign mac(String value) throws Unconvertible {
        String address = value.strip().toLowerCase(Locale.ROOT).replace('-', ':');
        if (!address.matches("[0-9a-f]{2}(:[0-9a-f]{2}){5}")) {
            throw new Unconvertible("the value is none of its type");
        }
        return text(address, "mac-addr", "value");
    }

    private static Sign certificate(String value, int digits, String algorithm)
            throws Unconvertible {
        return hex(value.replace(":", ""), digits, "x509-certificate", "hashes", algorithm);
    }

    private static Sign hex(String value, int digits, String type, String... keys)
            throws Unconvertible {
        String hex = value.strip().toLowerCase(Locale.ROOT);
        if (hex.length() != digits || !hex.matches("[0-9a-f]+")) {
            throw new Unconvertible("the value is none of its type");
        }
        return text(hex, type, keys);
    }

    private static Sign system(String value) throws Unconvertible {
        String number = value.strip().replaceFirst("(?i)^AS", "");
        if (!number.matches("\\d{1,10}")) {
            throw new Unconvertible("the value is none of its type");
        }
        return Sign.of(
                "AS" + number,
                List.of(
                        new Relation(
                                path("autonomous-system", "number"),
                                false,
                                Relator.EQUAL,
                                new Constant.Whole(new BigInteger(number)))));
    }

    private static Sign resolved(String value) throws Unconvertible {
        String[] parts = parts(value);
        Observable domain = observable(parts[0], Observable.Kind.DOMAIN);
        Observable address = observable(parts[1], Observable.Kind.IPV4, Observable.Kind.IPV6);
        List<PropertyTest> seen = Sign.of("", List.of(Sign.test(address))).tests();
        if (!(seen.getFirst() instanceof Relation)) {
            throw new Unconvertible("the value is none of its type");
        }
        return Sign.of(
                value,
                List.of(
                        Sign.test(domain),
                        equal(
                                new org.kerege.pattern.ObjectPath(
                                        "domain-name",
                                        List.of(
                                                new org.kerege.pattern.ObjectPath.Key(
                                                        "resolves_to_refs"),
                                                new org.kerege.pattern.ObjectPath.AnyIndex(),
                                                new org.kerege.pattern.ObjectPath.Key("value"))),
                                address.value())));
    }

    private static Sign connection(String end, String value) throws Unconvertible {
        String[] parts = parts(value);
        return Sign.connection(end, parts[0].strip(), parts[1].strip());
    }

    private static String[] parts(String value) throws Unconvertible {
        int bar = value.indexOf('|');
        if (bar < 1 || bar == value.length() - 1) {
            throw new Unconvertible("the value has not two parts");
        }
        return new String[] {value.substring(0, bar), value.substring(bar + 1)};
    }
}
