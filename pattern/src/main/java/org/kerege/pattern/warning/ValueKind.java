package org.kerege.pattern.warning;

import java.util.regex.Pattern;
import org.kerege.pattern.match.Network;

/// What a value looks like, so that a list about names is not asked of hashes.
public enum ValueKind {
    ADDRESS,
    NAME,
    URL,
    HASH,
    EMAIL,
    OTHER;

    private static final Pattern HEX = Pattern.compile("(?i)[0-9a-f]{32,128}");
    private static final Pattern NAME_FORM =
            Pattern.compile("(?i)[\\p{L}\\p{N}_-]+(\\.[\\p{L}\\p{N}_-]+)+\\.?");

    /// What it looks like.
    static ValueKind of(String value) {
        if (value.contains("://")) {
            return URL;
        }
        if (value.indexOf('@') > 0) {
            return EMAIL;
        }
        if (HEX.matcher(value).matches()) {
            return HASH;
        }
        if (Network.parse(value).isPresent()) {
            return ADDRESS;
        }
        return NAME_FORM.matcher(value).matches() ? NAME : OTHER;
    }

    /// A type of MISP's attributes for values of this kind.
    public String attribute() {
        return switch (this) {
            case ADDRESS -> "ip-dst";
            case NAME -> "domain";
            case URL -> "url";
            case HASH -> "sha256";
            case EMAIL -> "email";
            case OTHER -> "other";
        };
    }

    /// The kind of values of a type of MISP's attributes.
    static ValueKind ofAttribute(String type) {
        return switch (type) {
            case "ip-src", "ip-dst" -> ADDRESS;
            case "domain", "hostname" -> NAME;
            case "url", "uri", "link" -> URL;
            case "md5",
                    "sha1",
                    "sha224",
                    "sha256",
                    "sha384",
                    "sha512",
                    "x509-fingerprint-md5",
                    "x509-fingerprint-sha1",
                    "x509-fingerprint-sha256" ->
                    HASH;
            case "email",
                    "email-src",
                    "email-dst",
                    "target-email",
                    "whois-registrant-email",
                    "dns-soa-email" ->
                    EMAIL;
            default -> OTHER;
        };
    }
}
