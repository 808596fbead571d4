package org.kerege.taxii;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Media types of TAXII 2.1 and what they mean in a request. Sources: TAXII 2.1 §1.6.8, RFC 9110 §12.5.1.
public final class MediaType {

    /// What every TAXII 2.1 resource is served as.
    public static final String TAXII_21 = "application/taxii+json;version=2.1";

    /// What a STIX 2.1 object is, in a manifest.
    public static final String STIX_21 = "application/stix+json;version=2.1";

    private static final String TAXII = "application/taxii+json";
    private static final String STIX = "application/stix+json";
    private static final String VERSION = "2.1";

    private MediaType() {}

    /// Whether a client that sends this `Accept` can be given TAXII 2.1. A TAXII type without a version means the
    /// newest; general ranges are taken as well, since real clients send nothing better.
    ///
    /// @param accept the header's value, all of them joined by commas; null when there is none
    public static boolean acceptsTaxii(@Nullable String accept) {
        if (accept == null || accept.isBlank()) {
            return true;
        }
        return ranges(accept).stream().anyMatch(Range::takesTaxii);
    }

    /// Whether the body of a POST may hold an envelope: the TAXII type, and what real clients send in its place.
    ///
    /// @param contentType the header's value; null when there is none
    public static boolean mayHoldEnvelope(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return false;
        }
        Range range = ranges(contentType).getFirst();
        return switch (range.type()) {
            case TAXII, STIX -> range.version() == null || VERSION.equals(range.version());
            case "application/json" -> true;
            default -> false;
        };
    }

    /// The media type of an object of a STIX version.
    public static String ofStix(String specVersion) {
        return STIX + ";version=" + specVersion;
    }

    private record Range(String type, @Nullable String version, double weight) {

        boolean takesTaxii() {
            if (weight <= 0) {
                return false;
            }
            return switch (type) {
                case TAXII -> version == null || VERSION.equals(version);
                case "*/*", "application/*", "application/json" -> true;
                default -> false;
            };
        }
    }

    private static List<Range> ranges(String header) {
        List<Range> ranges = new ArrayList<>();
        for (String part : header.split(",", -1)) {
            String[] pieces = part.split(";", -1);
            String version = null;
            double weight = 1;
            for (int i = 1; i < pieces.length; i++) {
                int equals = pieces[i].indexOf('=');
                if (equals < 0) {
                    continue;
                }
                String name = pieces[i].substring(0, equals).strip().toLowerCase(Locale.ROOT);
                String value = pieces[i].substring(equals + 1).strip();
                if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
                    value = value.substring(1, value.length() - 1);
                }
                if (name.equals("version")) {
                    version = value;
                } else if (name.equals("q")) {
                    weight = weight(value);
                }
            }
            ranges.add(new Range(pieces[0].strip().toLowerCase(Locale.ROOT), version, weight));
        }
        return ranges;
    }

    private static double weight(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 1;
        }
    }
}
