package org.kerege.stix.validation;

import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Rules on locations. Source: STIX 2.1 §4.10.
final class Locations {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /// A country code of ISO 3166-1 with two letters, any case.
    static final Kind COUNTRY =
            (value, report) -> {
                if (Kinds.isText(value, report)
                        && !COUNTRIES.contains(value.stringValue().toUpperCase(Locale.ROOT))) {
                    report.warn(
                            Check.COUNTRIES,
                            "STIX 2.1 §4.10",
                            "a country is an ISO 3166-1 code of two letters",
                            "'%s' is no such code. Write it as in KG or KZ."
                                    .formatted(Kinds.excerpt(value)));
                }
            };

    private Locations() {}

    static void whereabouts(ObjectNode location, Report report) {
        if (location.get("region") == null
                && location.get("country") == null
                && (location.get("latitude") == null || location.get("longitude") == null)) {
            report.error(
                    Fault.COMBINATION,
                    "STIX 2.1 §4.10",
                    "a location has a region, a country, or latitude and longitude",
                    "The location has none of them, so it places nothing. Add at least one.");
        }
    }
}
