package org.kerege.taxii.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.taxii.TaxiiTimestamp;

/// Which page of a collection is asked for. The filters are repeated beside a cursor, since some servers keep them
/// there and others want them again. Source: TAXII 2.1 §3.4, §3.5.
///
/// @param addedAfter exclusive, microseconds; null from the beginning
/// @param limit at least 1
/// @param next cursor of the page before, null on the first
/// @param types wanted types, all when empty
/// @param allVersions every version in place of the last
public record PageRequest(
        @Nullable Instant addedAfter,
        int limit,
        @Nullable String next,
        List<String> types,
        boolean allVersions) {

    public PageRequest {
        types = List.copyOf(types);
        if (limit < 1) {
            throw new IllegalArgumentException("a limit is at least 1");
        }
    }

    String query() {
        List<String> pairs = new ArrayList<>();
        if (addedAfter != null) {
            pairs.add(pair("added_after", TaxiiTimestamp.format(addedAfter)));
        }
        pairs.add("limit=" + limit);
        if (!types.isEmpty()) {
            pairs.add(pair("match[type]", String.join(",", types)));
        }
        if (allVersions) {
            pairs.add(pair("match[version]", "all"));
        }
        if (next != null) {
            pairs.add(pair("next", next));
        }
        return String.join("&", pairs);
    }

    private static String pair(String name, String value) {
        return encoded(name) + "=" + encoded(value);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
