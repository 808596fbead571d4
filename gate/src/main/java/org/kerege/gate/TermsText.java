package org.kerege.gate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Closure.Demand;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The stored text of terms and closures: compact JSON with its properties always in the same order, so
/// that equal values have equal text. It is a stored format; a change needs a migration.
final class TermsText {

    private TermsText() {}

    static String write(Terms terms) {
        Label label = terms.label();
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("role", terms.role().name());
        put(json, "source", terms.source());
        put(json, "tlp", name(label.tlp()));
        put(json, "pap", name(label.pap()));
        put(json, "permitted", name(label.permitted()));
        if (label.release().limits()) {
            ArrayNode lists = json.putArray("release");
            label.release().lists().forEach(list -> texts(lists.addArray(), list));
        }
        put(json, "opens", label.window().opens());
        put(json, "closes", label.window().closes());
        NavigableSet<Purpose> purposes = label.purposes();
        if (purposes != null) {
            texts(json.putArray("purposes"), purposes);
        }
        if (!label.duties().isEmpty()) {
            texts(json.putArray("duties"), label.duties().stream().map(Duty::name).toList());
        }
        if (!label.faults().isEmpty()) {
            ArrayNode faults = json.putArray("faults");
            label.faults()
                    .forEach(
                            fault -> faults.addArray().add(fault.kind().name()).add(fault.about()));
        }
        return Json.mapper().writeValueAsString(json);
    }

    static Terms readTerms(String text) {
        JsonNode json = Json.mapper().readTree(text);
        List<NavigableSet<Party>> lists = new ArrayList<>();
        for (JsonNode list : json.path("release")) {
            lists.add(new TreeSet<>(values(list, Party::parse)));
        }
        NavigableSet<Fault> faults = new TreeSet<>();
        for (JsonNode fault : json.path("faults")) {
            faults.add(
                    new Fault(
                            Fault.Kind.valueOf(fault.get(0).stringValue()),
                            fault.get(1).stringValue()));
        }
        Set<Duty> duties = EnumSet.noneOf(Duty.class);
        duties.addAll(values(json.path("duties"), Duty::valueOf));
        Label label =
                new Label(
                        value(json, "tlp", Tlp::valueOf),
                        value(json, "pap", Pap::valueOf),
                        value(json, "permitted", Exposure::valueOf),
                        new ReleaseLists(lists),
                        new Window(
                                value(json, "opens", Instant::parse),
                                value(json, "closes", Instant::parse)),
                        json.has("purposes")
                                ? new TreeSet<>(values(json.path("purposes"), Purpose::new))
                                : null,
                        duties,
                        faults);
        return new Terms(
                label,
                Role.valueOf(json.get("role").stringValue()),
                value(json, "source", StixId::parse));
    }

    /// The text of "in one of these audiences", which is numbered among the audiences.
    static String writeAnyOf(NavigableSet<Integer> audiences) {
        ObjectNode json = Json.mapper().createObjectNode();
        numbers(json.putArray("any_of"), audiences);
        return Json.mapper().writeValueAsString(json);
    }

    /// Reads what [#writeAnyOf] wrote; null when the text is of terms.
    static @Nullable NavigableSet<Integer> readAnyOf(String text) {
        return text.startsWith("{\"any_of\"")
                ? numbers(Json.mapper().readTree(text).get("any_of"))
                : null;
    }

    static String write(Closure closure) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("open", closure.open());
        put(json, "author", closure.author());
        numbers(json.putArray("needed"), closure.needed());
        ArrayNode anyOf = json.putArray("any_of");
        closure.anyOf().forEach(list -> demands(anyOf.addArray(), list));
        demands(json.putArray("optional"), closure.optional());
        numbers(json.putArray("parts"), closure.parts());
        return Json.mapper().writeValueAsString(json);
    }

    static Closure readClosure(String text) {
        JsonNode json = Json.mapper().readTree(text);
        List<List<Demand>> anyOf = new ArrayList<>();
        json.get("any_of").forEach(list -> anyOf.add(demands(list)));
        return new Closure(
                json.get("open").booleanValue(),
                value(json, "author", StixId::parse),
                numbers(json.get("needed")),
                anyOf,
                demands(json.get("optional")),
                numbers(json.get("parts")));
    }

    private static void demands(ArrayNode array, List<Demand> demands) {
        demands.forEach(demand -> numbers(array.addArray(), demand.audiences()));
    }

    private static List<Demand> demands(JsonNode array) {
        List<Demand> demands = new ArrayList<>();
        array.forEach(demand -> demands.add(new Demand(numbers(demand))));
        return demands;
    }

    private static void numbers(ArrayNode array, Collection<Integer> numbers) {
        numbers.forEach(number -> array.add(number.intValue()));
    }

    private static NavigableSet<Integer> numbers(JsonNode array) {
        NavigableSet<Integer> numbers = new TreeSet<>();
        array.forEach(number -> numbers.add(number.intValue()));
        return numbers;
    }

    private static void texts(ArrayNode array, Collection<?> values) {
        values.forEach(value -> array.add(value.toString()));
    }

    private static <T> List<T> values(JsonNode array, Function<String, T> read) {
        List<T> values = new ArrayList<>();
        array.forEach(value -> values.add(read.apply(value.stringValue())));
        return values;
    }

    private static void put(ObjectNode json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value.toString());
        }
    }

    private static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }

    private static <T> @Nullable T value(JsonNode json, String name, Function<String, T> read) {
        JsonNode value = json.get(name);
        return value == null ? null : read.apply(value.stringValue());
    }
}
