package org.kerege.node.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One of several things that `kerege.yaml` declares under one key, each by a name and with keys of its own.
///
/// @param kind what such a thing is called in a message
/// @param name how this node calls it: lower case letters, digits and hyphens
record Declared(String kind, String name, Map<?, ?> given) {

    /// What may be declared under one key.
    ///
    /// @param setting the key
    /// @param kind what one is called in a message; several with an s
    /// @param most how many there may be
    /// @param keys that each may have
    /// @param rule what each has
    record Form(String setting, String kind, int most, Set<String> keys, String rule) {

        /// Reads all that is declared.
        ///
        /// @param one reads one of them
        /// @throws IllegalArgumentException when a name or key is unknown or of the wrong kind
        <T> List<T> read(@Nullable Object declared, Function<Declared, T> one) {
            List<T> all = new ArrayList<>();
            if (declared == null) {
                return all;
            }
            if (!(declared instanceof Map<?, ?> map) || map.size() > most) {
                throw new IllegalArgumentException(
                        "kerege.yaml: '%s' lists up to %d %ss, each by a name"
                                .formatted(setting, most, kind));
            }
            map.forEach((name, given) -> all.add(one.apply(named(String.valueOf(name), given))));
            return all;
        }

        private Declared named(String name, @Nullable Object given) {
            if (!(given instanceof Map<?, ?> values)) {
                throw new Declared(kind, name, Map.of()).wrong(rule);
            }
            Declared declared = new Declared(kind, name, values);
            if (!name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
                throw declared.wrong("is named by up to 40 lower case letters, digits and hyphens");
            }
            for (Object key : values.keySet()) {
                if (!keys.contains(String.valueOf(key))) {
                    throw declared.wrong("has no key '" + key + "'; the keys are " + keys);
                }
            }
            return declared;
        }
    }

    /// What a key says; null where it is not there.
    @Nullable Object value(String key) {
        return given.get(key);
    }

    /// The same as text.
    @Nullable String text(String key) {
        Object value = given.get(key);
        return value == null ? null : String.valueOf(value);
    }

    /// The same, with what holds where it is not there.
    String text(String key, String otherwise) {
        String text = text(key);
        return text == null ? otherwise : text;
    }

    /// What is wrong with it.
    IllegalArgumentException wrong(String rule) {
        return new IllegalArgumentException("kerege.yaml: " + kind + " '" + name + "' " + rule);
    }
}
