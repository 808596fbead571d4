package org.kerege.pattern.sigma;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerege.pattern.ComparisonExpression;
import org.kerege.pattern.ComparisonExpression.PropertyTest;
import org.kerege.pattern.ObjectPath;
import org.kerege.pattern.ObservationExpression;
import org.kerege.pattern.Pattern;

/// Where the fields of one kind of log stand in STIX, from the file `fields.txt` beside this class.
///
/// @param only what tells its events from others; null where nothing has to
/// @param fields by their names
record Places(@Nullable ComparisonExpression only, Map<String, Place> fields) {

    private static final List<Source> ALL = load();

    Places {
        fields = Map.copyOf(fields);
    }

    /// How a field is compared.
    enum Kind {
        TEXT,
        PATH,
        REGISTRY,
        HASHES,
        NUMBER,
        ADDRESS
    }

    /// @param path of a file's name where the kind is [Kind#PATH]
    /// @param whole of a file's whole path; equal to `path` for other kinds
    record Place(Kind kind, ObjectPath path, ObjectPath whole) {}

    private record Source(String category, String product, String service, Places places) {

        boolean is(LogSource source) {
            return category.equals(source.category())
                    && (product.isEmpty()
                            || source.product().isEmpty()
                            || product.equals(source.product()))
                    && service.equals(source.service());
        }
    }

    /// @throws Irreducible when nothing is known of such logs
    static Places of(LogSource source) throws Irreducible {
        for (Source one : ALL) {
            if (one.is(source)) {
                return one.places();
            }
        }
        throw new Irreducible("logs of the kind " + source + " have no place in STIX patterns");
    }

    private static List<Source> load() {
        try (InputStream in = Places.class.getResourceAsStream("fields.txt")) {
            if (in == null) {
                throw new IllegalStateException("fields.txt is missing");
            }
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Source> read(String text) {
        List<Source> sources = new ArrayList<>();
        String[] head = {};
        ComparisonExpression only = null;
        Map<String, Place> fields = new HashMap<>();
        for (String line : (text + "\nsource").lines().toList()) {
            String[] words = line.split("\\s+");
            switch (words[0]) {
                case "source" -> {
                    if (head.length > 0) {
                        sources.add(
                                new Source(
                                        head[1].equals("-") ? "" : head[1],
                                        head.length > 2 ? head[2] : "",
                                        head.length > 3 ? head[3] : "",
                                        new Places(only, fields)));
                    }
                    head = words;
                    only = null;
                    fields = new HashMap<>();
                }
                case "only" -> only = comparison(line.substring("only".length()).strip());
                case "field" -> {
                    ObjectPath path = path(words[3]);
                    fields.put(
                            words[1],
                            new Place(
                                    Kind.valueOf(words[2].toUpperCase(java.util.Locale.ROOT)),
                                    path,
                                    words.length > 4 ? path(words[4]) : path));
                }
                default -> {
                    if (!line.isBlank() && !line.startsWith("#")) {
                        throw new IllegalStateException("fields.txt: " + line);
                    }
                }
            }
        }
        return List.copyOf(sources);
    }

    private static ComparisonExpression comparison(String text) {
        if (Pattern.parse("[" + text + "]").expression()
                instanceof ObservationExpression.Observation(var comparison)) {
            return comparison;
        }
        throw new IllegalStateException("fields.txt: " + text);
    }

    private static ObjectPath path(String text) {
        if (comparison("EXISTS " + text) instanceof PropertyTest test) {
            return test.path();
        }
        throw new IllegalStateException("fields.txt: " + text);
    }
}
