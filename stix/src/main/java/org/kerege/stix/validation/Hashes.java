package org.kerege.stix.validation;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The hashes type: names of algorithms with values of their form. Source: STIX 2.1 §2.7, §10.7.
final class Hashes {

    static final Kind KIND = Hashes::check;

    /// Hexadecimal digits of each algorithm that has a fixed length.
    private static final Map<String, Integer> HEX_DIGITS =
            Map.of(
                    "MD5", 32,
                    "SHA-1", 40,
                    "SHA-256", 64,
                    "SHA-512", 128,
                    "SHA3-256", 64,
                    "SHA3-512", 128);

    private static final Set<String> WITHOUT_FIXED_LENGTH = Set.of("SSDEEP", "TLSH");

    private static final int LONGEST_GOOD_NAME = 30;

    private Hashes() {}

    private static void check(JsonNode value, Report report) {
        if (!(value instanceof ObjectNode hashes)) {
            Kinds.wrongType(value, report, "a dictionary (JSON object)", "STIX 2.1 §2.7");
            return;
        }
        if (Kinds.isEmpty(hashes, report, "STIX 2.1 §2.7")) {
            return;
        }
        for (Map.Entry<String, JsonNode> hash : hashes.properties()) {
            report.enter(hash.getKey());
            algorithm(hash.getKey(), report);
            if (Kinds.isText(hash.getValue(), report)) {
                form(hash.getKey(), hash.getValue().stringValue(), report);
            }
            report.leave();
        }
    }

    private static void algorithm(String name, Report report) {
        if (HEX_DIGITS.containsKey(name) || WITHOUT_FIXED_LENGTH.contains(name)) {
            return;
        }
        if (name.length() < 3 || !Formats.isDictionaryKey(name)) {
            report.error(
                    Fault.FORMAT,
                    "STIX 2.1 §2.7",
                    "the name of an algorithm has 3 to 250 letters, digits, hyphens and underscores",
                    "'%s' cannot name a hash algorithm. Use the name from hash-algorithm-ov, such as MD5 or SHA-256."
                            .formatted(Report.excerpt(name)));
            return;
        }
        if (!name.startsWith("x_")) {
            report.warn(
                    Check.HASH_ALGORITHM,
                    "STIX 2.1 §2.7, §10.7",
                    "the name of an algorithm comes from hash-algorithm-ov",
                    "'%s' is not in hash-algorithm-ov (MD5, SHA-1, SHA-256, SHA-512, SHA3-256, SHA3-512, SSDEEP, TLSH). Other tools may not find this hash."
                            .formatted(Report.excerpt(name)));
        }
        if (name.length() > LONGEST_GOOD_NAME) {
            report.warn(
                    Check.HASH_LENGTH,
                    "STIX 2.1 §2.7",
                    "the name of an algorithm has at most 30 characters",
                    "'%s' has %d characters. Use a shorter name."
                            .formatted(Report.excerpt(name), name.length()));
        }
    }

    private static void form(String algorithm, String hash, Report report) {
        Integer digits = HEX_DIGITS.get(algorithm);
        boolean good =
                digits != null
                        ? Formats.isHexOfLength(hash, digits)
                        : switch (algorithm) {
                            case "SSDEEP" -> isSsdeep(hash);
                            case "TLSH" -> isTlsh(hash);
                            default -> true;
                        };
        if (!good) {
            report.error(
                    Fault.FORMAT,
                    "STIX 2.1 §10.7",
                    "a hash has the form of its algorithm",
                    "'%s' is no %s value%s. Check whether it was cut or belongs to another algorithm."
                            .formatted(
                                    Report.excerpt(hash),
                                    algorithm,
                                    digits == null
                                            ? ""
                                            : ", which has " + digits + " hexadecimal digits"));
        }
    }

    /// `blocksize:hash:hash`, at most 148 characters.
    private static boolean isSsdeep(String hash) {
        if (hash.isEmpty() || hash.length() > 150) {
            return false;
        }
        for (int i = 0; i < hash.length(); i++) {
            char c = hash.charAt(i);
            if (!Formats.isLetter(c) && !Formats.isDigit(c) && "/+:.".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /// 70 hexadecimal digits, in newer releases after `T1`.
    private static boolean isTlsh(String hash) {
        return Formats.isHexOfLength(hash, 70)
                || (hash.startsWith("T1") && Formats.isHexOfLength(hash.substring(2), 70));
    }
}
