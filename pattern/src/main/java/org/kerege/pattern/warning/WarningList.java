package org.kerege.pattern.warning;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// One list: what its entries are and for which kinds of values they count. Source: the format of MISP's warning lists
/// (`name`, `type`, `version`, `matching_attributes`, `list`).
///
/// @param title for people
/// @param version grows with every change; 0 where the list says none
/// @param about kinds of values for which the list counts
public record WarningList(
        String title, Type type, long version, Set<ValueKind> about, List<String> entries) {

    /// Most entries of one list.
    public static final int MOST = 5_000_000;

    private static final int LONGEST = 10_000;

    public WarningList {
        about = Set.copyOf(about);
        entries = List.copyOf(entries);
    }

    /// How entries are compared with values.
    public enum Type {
        /// The value is the entry.
        STRING,
        /// The value is the name, or one below it; of an address of the web its host is.
        HOSTNAME,
        /// The value holds the entry.
        SUBSTRING,
        /// The value is an address or network inside the entry.
        CIDR,
        /// The expression finds something in the value.
        REGEX
    }

    /// Reads a list.
    ///
    /// @param place where it was read, for people
    /// @throws MalformedStix when it is none
    public static WarningList read(byte[] json, String place) {
        JsonNode list;
        try {
            list = Json.mapper().readTree(json);
        } catch (JacksonException e) {
            throw new MalformedStix(
                    "", "a warning list is JSON", place + " is no warning list: " + Json.reason(e));
        }
        if (!list.path("list").isArray()) {
            throw new MalformedStix(
                    "/list",
                    "a warning list has its entries in the list 'list'",
                    place + " is no warning list");
        }
        Type type = type(list.path("type").asString(""), place);
        if (list.path("list").size() > MOST) {
            throw new MalformedStix(
                    "/list", "a warning list has at most " + MOST + " entries", place);
        }
        List<String> entries = new ArrayList<>(list.path("list").size());
        for (JsonNode entry : list.path("list")) {
            String text = entry.asString("").strip();
            if (!text.isEmpty() && text.length() <= LONGEST) {
                entries.add(text);
            }
        }
        return new WarningList(
                list.path("name").asString(place),
                type,
                list.path("version").asLong(0),
                about(list.path("matching_attributes")),
                entries);
    }

    private static Type type(String word, String place) {
        try {
            return Type.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new MalformedStix(
                    "/type",
                    "a warning list is of type string, hostname, substring, cidr or regex",
                    place + ": the type of the list is unknown");
        }
    }

    private static Set<ValueKind> about(JsonNode attributes) {
        Set<ValueKind> about = EnumSet.noneOf(ValueKind.class);
        for (JsonNode attribute : attributes) {
            // Of a pair such as `domain|ip` the list means the part that another attribute names.
            String type = attribute.asString("");
            if (type.indexOf('|') < 0) {
                about.add(ValueKind.ofAttribute(type));
            }
        }
        return about.isEmpty() ? EnumSet.allOf(ValueKind.class) : about;
    }
}
