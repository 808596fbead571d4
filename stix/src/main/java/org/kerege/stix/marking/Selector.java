package org.kerege.stix.marking;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.MalformedStix;
import tools.jackson.databind.JsonNode;

/// Where in an object a granular marking applies: property names and list steps `[n]` with dots between them. A
/// selector covers the value it points to and everything below. Source: STIX 2.1 §7.2.3.1.
///
/// @param steps property names, and list steps with their brackets, outermost first; the first is a name
public record Selector(List<String> steps) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,250}");
    private static final Pattern LIST_STEP = Pattern.compile("\\[\\d{1,9}]");

    public Selector {
        steps = List.copyOf(steps);
        if (steps.isEmpty()
                || isListStep(steps.getFirst())
                || !steps.stream().allMatch(Selector::isStep)) {
            throw malformed(String.join(".", steps));
        }
    }

    /// Reads a selector.
    ///
    /// @throws MalformedStix when `text` has another form
    public static Selector parse(String text) {
        if (text.length() > 10_000) {
            throw malformed(text);
        }
        return new Selector(List.of(text.split("\\.", -1)));
    }

    /// What this points to in `object`; null when it points nowhere.
    public @Nullable JsonNode in(JsonNode object) {
        JsonNode at = object;
        for (String step : steps) {
            at = below(at, step);
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    /// Whether what `other` points to is this value or lies below it.
    public boolean covers(Selector other) {
        return other.steps.size() >= steps.size()
                && other.steps.subList(0, steps.size()).equals(steps);
    }

    /// As a JSON pointer. Source: RFC 6901.
    public String pointer() {
        StringBuilder pointer = new StringBuilder();
        for (String step : steps) {
            pointer.append('/').append(isListStep(step) ? Integer.toString(index(step)) : step);
        }
        return pointer.toString();
    }

    /// This selector with another first step.
    public Selector withFirst(String name) {
        return new Selector(Stream.concat(Stream.of(name), steps.stream().skip(1)).toList());
    }

    private static @Nullable JsonNode below(JsonNode at, String step) {
        if (isListStep(step)) {
            return at.isArray() ? at.get(index(step)) : null;
        }
        return at.isObject() ? at.get(step) : null;
    }

    private static boolean isStep(String step) {
        return NAME.matcher(step).matches() || LIST_STEP.matcher(step).matches();
    }

    private static boolean isListStep(String step) {
        return step.startsWith("[");
    }

    /// The number between the brackets of a list step.
    private static int index(String step) {
        return Integer.parseInt(step, 1, step.length() - 1, 10);
    }

    private static MalformedStix malformed(String text) {
        String shown = text.length() <= 80 ? text : text.substring(0, 80) + "…";
        return new MalformedStix(
                "",
                "a selector is property names and [n] list steps with dots between them (STIX 2.1 §7.2.3.1)",
                "'" + shown + "' is not a selector");
    }

    @Override
    public String toString() {
        return String.join(".", steps);
    }
}
