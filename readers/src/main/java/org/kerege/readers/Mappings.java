package org.kerege.readers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The mappings that a reader knows, and which of them fits an event: the first whose conditions all hold.
/// Immutable.
public final class Mappings {

    private final List<Mapping> mappings;

    /// @param mappings in the order in which they are tried
    public Mappings(List<Mapping> mappings) {
        this.mappings = List.copyOf(mappings);
    }

    /// The mappings that come with Kerege.
    public static Mappings standard() {
        return with(List.of());
    }

    /// Mappings of one's own, tried before those that come with Kerege.
    public static Mappings with(List<Mapping> own) {
        List<Mapping> all = new ArrayList<>(own);
        for (String name :
                resource("index.txt").lines().filter(line -> !line.startsWith("#")).toList()) {
            all.add(Mapping.parse(name, resource(name + ".map")));
        }
        return new Mappings(all);
    }

    /// The fields that any of them looks at, names with dots; a fresh set.
    Set<String> fields() {
        Set<String> all = new LinkedHashSet<>();
        mappings.forEach(mapping -> all.addAll(mapping.fields()));
        return all;
    }

    /// Those of which the name is wanted, in the same order; events of other kinds fit none.
    public Mappings only(Predicate<String> wanted) {
        return new Mappings(
                mappings.stream().filter(mapping -> wanted.test(mapping.name())).toList());
    }

    List<Mapping> all() {
        return mappings;
    }

    /// The conditions of all of them.
    List<Mapping.Condition> conditions() {
        return mappings.stream().flatMap(mapping -> mapping.conditions().stream()).toList();
    }

    /// The mapping for an event; empty where none fits.
    Optional<Mapping> of(JsonNode event) {
        return mappings.stream().filter(mapping -> fits(mapping, event)).findFirst();
    }

    private static boolean fits(Mapping mapping, JsonNode event) {
        return mapping.conditions().stream()
                .allMatch(condition ->
                        condition.holds(
                                text(Fields.find(event, Mapping.alternatives(condition.field())))));
    }

    private static @Nullable String text(@Nullable JsonNode value) {
        return value == null ? null : value.isValueNode() ? value.asString("") : "{}";
    }

    private static String resource(String name) {
        try (InputStream in = Mappings.class.getResourceAsStream("mappings/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its mapping " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
