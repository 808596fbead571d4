package org.kerege.charter;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The properties of one JSON object, asked for by name. A property that nobody asked for is refused by
/// [#requireNoOther]: a misspelt name in a rule pack must not silently change who chairs.
public final class Fields {

    private final JsonNode object;
    private final String pointer;
    private final Set<String> asked = new HashSet<>();

    private Fields(JsonNode object, String pointer) {
        if (!object.isObject()) {
            throw new MalformedCharter(pointer, "an object is expected here");
        }
        this.object = object;
        this.pointer = pointer;
    }

    /// The properties of the object at `pointer`.
    ///
    /// @throws MalformedCharter when the value is no object
    public static Fields of(JsonNode value, String pointer) {
        return new Fields(value, pointer);
    }

    /// The JSON pointer of a property.
    public String at(String name) {
        return pointer + "/" + name;
    }

    public String text(String name) {
        String text = optionalText(name);
        if (text == null) {
            throw new MalformedCharter(at(name), "is required and a text");
        }
        return text;
    }

    public @Nullable String optionalText(String name) {
        JsonNode value = optional(name);
        if (value == null) {
            return null;
        }
        if (!value.isString() || value.stringValue().isBlank()) {
            throw new MalformedCharter(at(name), "is a text that is not empty");
        }
        return value.stringValue();
    }

    /// A whole number between two bounds, both included.
    public int number(String name, int least, int most) {
        JsonNode value = optional(name);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new MalformedCharter(at(name), "is required and a whole number");
        }
        int number = value.intValue();
        if (number < least || number > most) {
            throw new MalformedCharter(at(name), "is between " + least + " and " + most);
        }
        return number;
    }

    public boolean has(String name) {
        return optional(name) != null;
    }

    /// A value read by `reader`, whose refusal names this property.
    public <T> T read(String name, Function<String, T> reader, String expected) {
        String text = text(name);
        try {
            return reader.apply(text);
        } catch (DateTimeException e) {
            throw new MalformedCharter(at(name), "'" + text + "' is not " + expected);
        }
    }

    /// The object under a property.
    public Fields object(String name) {
        JsonNode value = optional(name);
        if (value == null) {
            throw new MalformedCharter(at(name), "is required");
        }
        return new Fields(value, at(name));
    }

    /// The items of an array, none when it is absent.
    ///
    /// @param most how many are allowed
    public List<Item> items(String name, int most) {
        JsonNode value = optional(name);
        List<Item> items = new ArrayList<>();
        if (value == null) {
            return items;
        }
        if (!value.isArray() || value.size() > most) {
            throw new MalformedCharter(at(name), "is a list of at most " + most);
        }
        for (JsonNode item : value) {
            items.add(new Item(item, at(name) + "/" + items.size()));
        }
        return items;
    }

    /// The names of the properties, each of which counts as asked for.
    public List<String> names() {
        List<String> names = List.copyOf(object.propertyNames());
        asked.addAll(names);
        return names;
    }

    /// One item of an array with its place.
    public record Item(JsonNode value, String pointer) {}

    /// Refuses a property that was not asked for.
    ///
    /// @throws MalformedCharter naming it
    public void requireNoOther() {
        for (String name : object.propertyNames()) {
            if (!asked.contains(name)) {
                throw new MalformedCharter(at(name), "is not a property that is known here");
            }
        }
    }

    private @Nullable JsonNode optional(String name) {
        asked.add(name);
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }
}
