package org.kerege.stix.validation;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules on external references. Source: STIX 2.1 §2.5, §4.1, §4.19.
final class ExternalReferences {

    private ExternalReferences() {}

    /// Numbers of the CVE and CAPEC catalogues go with the names of these catalogues; a URL goes with a hash.
    static void catalogueNumbers(ObjectNode reference, Report report) {
        String source = text(reference, "source_name");
        String number = text(reference, "external_id");
        boolean cve = isCve(number);
        boolean capec = isCapec(number);
        if (source.equals("cve") ? !cve : source.equals("capec") ? !capec : cve || capec) {
            report.error(
                    Fault.EXTERNAL_REFERENCE,
                    "STIX 2.1 §2.5, §4.1, §4.19",
                    "source_name 'cve' goes with CVE-YYYY-NNNN, 'capec' with CAPEC-N, and the other way round",
                    "source_name '%s' does not go with external_id '%s'. Write source_name 'cve' with an id such as CVE-2024-3094, or 'capec' with one such as CAPEC-163."
                            .formatted(Report.excerpt(source), Report.excerpt(number)));
        }
        if (reference.has("url") && !reference.has("hashes")) {
            report.warn(
                    Check.EXTERNAL_REFERENCE_HASHES,
                    "STIX 2.1 §2.5",
                    "a URL comes with a hash of what is there",
                    "The reference '%s' has a url but no hashes, so a reader cannot tell whether the page has changed. Add 'hashes' if you can."
                            .formatted(Report.excerpt(source)));
        }
    }

    /// `CVE-`, the year, at least four digits, more than four without a leading zero.
    private static boolean isCve(String number) {
        if (!number.startsWith("CVE-") || number.length() < 13 || number.charAt(8) != '-') {
            return false;
        }
        return areDigits(number, 4, 8)
                && areDigits(number, 9, number.length())
                && (number.length() == 13 || number.charAt(9) != '0');
    }

    private static boolean isCapec(String number) {
        return number.startsWith("CAPEC-")
                && number.length() > 6
                && areDigits(number, 6, number.length());
    }

    private static boolean areDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Formats.isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static String text(ObjectNode reference, String property) {
        JsonNode value = reference.get(property);
        return value != null && value.isString() ? value.stringValue() : "";
    }
}
