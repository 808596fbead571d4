package org.kerege.taxii;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The query of a request: filters, limit and cursor, each at most once, decoded and bounded. Unknown parameters
/// are left out of account. Source: TAXII 2.1 §3.4, §3.5.
///
/// @param addedAfter exclusive, microseconds; null when not given
/// @param limit at least 1; null when not given
/// @param next the cursor as given; null when not given or empty
/// @param ids `match[id]`
/// @param types `match[type]`
/// @param versions `match[version]`: `first`, `last`, `all` or timestamps as given
/// @param specVersions `match[spec_version]`
public record Parameters(
        @Nullable Instant addedAfter,
        @Nullable Integer limit,
        @Nullable String next,
        List<String> ids,
        List<String> types,
        List<String> versions,
        List<String> specVersions) {

    /// Most values that one filter may list.
    public static final int MAX_VALUES = 1_000;

    private static final int MAX_QUERY = 65_536;

    public Parameters {
        ids = List.copyOf(ids);
        types = List.copyOf(types);
        versions = List.copyOf(versions);
        specVersions = List.copyOf(specVersions);
    }

    /// Reads a query as it stands in the address, still percent-encoded.
    ///
    /// @param query null when there is none
    /// @throws MalformedTaxii when a parameter is repeated, empty, of another form or too long
    public static Parameters parse(@Nullable String query) {
        Map<String, String> values = new LinkedHashMap<>();
        if (query != null && !query.isEmpty()) {
            if (query.length() > MAX_QUERY) {
                throw new MalformedTaxii("query", "has at most " + MAX_QUERY + " characters");
            }
            for (String pair : query.split("&")) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                if (values.put(name, value) != null && KNOWN.contains(name)) {
                    throw new MalformedTaxii(
                            name, "is given at most once; several values are joined by commas");
                }
            }
        }
        String added = values.get("added_after");
        String limit = values.get("limit");
        String next = values.get("next");
        return new Parameters(
                added == null ? null : TaxiiTimestamp.parse("added_after", added),
                limit == null ? null : limit(limit),
                next == null || next.isEmpty() ? null : next,
                list(values, "match[id]"),
                list(values, "match[type]"),
                list(values, "match[version]"),
                list(values, "match[spec_version]"));
    }

    private static final List<String> KNOWN =
            List.of(
                    "added_after",
                    "limit",
                    "next",
                    "match[id]",
                    "match[type]",
                    "match[version]",
                    "match[spec_version]");

    private static int limit(String text) {
        int limit;
        try {
            limit = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            limit = text.matches("\\d{10,30}") ? Integer.MAX_VALUE : 0;
        }
        if (limit < 1) {
            throw new MalformedTaxii("limit", "is a whole number of at least 1");
        }
        return limit;
    }

    private static List<String> list(Map<String, String> values, String name) {
        String text = values.get(name);
        if (text == null) {
            return List.of();
        }
        List<String> list = new ArrayList<>();
        for (String value : text.split(",", -1)) {
            String trimmed = value.strip();
            if (trimmed.isEmpty()) {
                throw new MalformedTaxii(name, "has no empty value");
            }
            list.add(trimmed);
        }
        if (list.size() > MAX_VALUES) {
            throw new MalformedTaxii(name, "lists at most " + MAX_VALUES + " values");
        }
        return list;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new MalformedTaxii("query", "is percent-encoded UTF-8");
        }
    }
}
