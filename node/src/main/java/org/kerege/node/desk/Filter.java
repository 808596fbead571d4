package org.kerege.node.desk;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.kerege.node.exchange.search.SearchQuery;

/// A search as an address, so that every view can be linked to, and the addresses of the searches next to it.
///
/// @param query what is looked for
public record Filter(SearchQuery query) {

    private static final String PAGE = "/desk/exchange";

    /// Address of this search.
    public String address() {
        return address(query);
    }

    /// Address of its next page.
    public String older(String before) {
        String address = address();
        return address + (address.contains("?") ? "&" : "?") + "before=" + before;
    }

    /// Address of the search with a value of a facet chosen or, where it is chosen, without it.
    ///
    /// @param facet `type`, `marking` or `source`
    public String with(String facet, String value) {
        return address(
                new SearchQuery(
                        query.words(),
                        toggled(facet.equals("type"), query.types(), value),
                        toggled(facet.equals("marking"), query.markings(), value),
                        toggled(facet.equals("source"), query.sources(), value),
                        query.since()));
    }

    public boolean has(String facet, String value) {
        return values(facet).contains(value);
    }

    /// Values chosen of a facet, in order.
    public Set<String> values(String facet) {
        return new TreeSet<>(
                switch (facet) {
                    case "type" -> query.types();
                    case "marking" -> query.markings();
                    default -> query.sources();
                });
    }

    public String since() {
        Instant since = query.since();
        return since == null ? "" : since.toString();
    }

    /// Whether anything is asked beside words.
    public boolean narrowed() {
        return !address(
                        new SearchQuery(
                                "",
                                query.types(),
                                query.markings(),
                                query.sources(),
                                query.since()))
                .equals(PAGE);
    }

    private static Set<String> toggled(boolean here, Set<String> values, String value) {
        if (!here) {
            return values;
        }
        Set<String> toggled = new TreeSet<>(values);
        if (!toggled.remove(value)) {
            toggled.add(value);
        }
        return toggled;
    }

    private static String address(SearchQuery query) {
        StringBuilder address = new StringBuilder();
        if (!query.words().isEmpty()) {
            add(address, "q", query.words());
        }
        new TreeSet<>(query.types()).forEach(value -> add(address, "type", value));
        new TreeSet<>(query.markings()).forEach(value -> add(address, "marking", value));
        new TreeSet<>(query.sources()).forEach(value -> add(address, "source", value));
        Instant since = query.since();
        if (since != null) {
            add(address, "since", since.toString());
        }
        return address.isEmpty() ? PAGE : PAGE + "?" + address;
    }

    private static void add(StringBuilder address, String name, String value) {
        address.append(address.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
}
