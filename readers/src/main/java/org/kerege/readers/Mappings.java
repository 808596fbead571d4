package org.kerege.readers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The mappings that a reader knows, and which of them fits an event: the first whose conditions all hold. Events of
/// one kind are looked up once; thread-safe.
public final class Mappings {

    private static final int REMEMBERED = 10_000;

    private final List<Mapping> mappings;
    private final List<String[]> fields;
    private final List<Boolean> presenceAlone;
    private final Map<String, Optional<Mapping>> byKind = new ConcurrentHashMap<>();

    /// @param mappings in the order in which they are tried
    public Mappings(List<Mapping> mappings) {
        this.mappings = List.copyOf(mappings);
        Set<String> names = new LinkedHashSet<>();
        mappings.forEach(
                mapping -> mapping.conditions().forEach(condition -> names.add(condition.field())));
        this.fields = names.stream().map(Mapping::alternatives).toList();
        this.presenceAlone =
                names.stream()
                        .map(name ->
                                mappings.stream()
                                        .flatMap(mapping -> mapping.conditions().stream())
                                        .filter(condition -> condition.field().equals(name))
                                        .allMatch(condition -> condition.value() == null))
                        .toList();
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

    /// The mapping for an event; empty where none fits.
    Optional<Mapping> of(JsonNode event) {
        StringBuilder kind = new StringBuilder(64);
        for (int i = 0; i < fields.size(); i++) {
            String value = text(Fields.find(event, fields.get(i)));
            kind.append('\u0001').append(value == null ? "" : presenceAlone.get(i) ? "+" : value);
        }
        String key = kind.toString();
        Optional<Mapping> known = byKind.get(key);
        if (known != null) {
            return known;
        }
        Optional<Mapping> found =
                mappings.stream().filter(mapping -> fits(mapping, event)).findFirst();
        if (byKind.size() < REMEMBERED) {
            byKind.put(key, found);
        }
        return found;
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
