package org.kerege.readers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.kerege.stix.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A sieve changes what is built, never what is found; and what the quick reader sees is what a tree of the line has.
class SieveTest {

    private static final JsonMapper PLAIN = JsonMapper.builder().build();

    /// Wants some values of some properties.
    private static final class Wanted implements Sieve {

        private final Map<String, Integer> numbers = new HashMap<>();
        private final Set<String> values = new HashSet<>();

        Wanted(Set<String> properties, Set<String> values) {
            properties.forEach(property -> numbers.put(property, numbers.size()));
            this.values.addAll(values);
        }

        @Override
        public int property(String name) {
            return numbers.getOrDefault(name, -1);
        }

        @Override
        public boolean presence(int property) {
            return false;
        }

        @Override
        public void start() {}

        @Override
        public boolean text(int property, char[] text, int from, int to) {
            return values.contains(new String(text, from, to - from));
        }

        @Override
        public boolean number(int property, long number) {
            return values.contains(Long.toString(number));
        }

        @Override
        public boolean together() {
            return false;
        }

        boolean wants(JsonNode object) {
            return object.properties().stream()
                    .anyMatch(entry -> wants(entry.getKey(), entry.getValue()));
        }

        private boolean wants(String name, JsonNode value) {
            return value.isContainer()
                    ? (value.isObject()
                            ? wants(value)
                            : value.valueStream().anyMatch(element -> wants(name, element)))
                    : numbers.containsKey(name) && values.contains(value.asString());
        }
    }

    @Property(tries = 400)
    void nothing_that_is_wanted_is_passed_over(
            @ForAll("logs") List<String> log, @ForAll("seeds") int seed) {
        Seen whole = Seen.of(String.join("\n", log));
        List<String> texts = new ArrayList<>();
        Set<String> names = new HashSet<>();
        whole.events.forEach(event -> event.objects().forEach(each -> collect(each, texts, names)));
        Wanted wanted = new Wanted(every(3, seed, new ArrayList<>(names)), every(7, seed, texts));
        Map<Long, Event> told = new LinkedHashMap<>();
        Set<Long> passed = new HashSet<>();
        read(log, wanted, told, passed);

        for (Event event : whole.events) {
            boolean matters = event.objects().valueStream().anyMatch(wanted::wants);
            assertThat(
                            told.containsKey(event.line())
                                    || (!matters && passed.contains(event.line())))
                    .as(log.get((int) event.line() - 1))
                    .isTrue();
            if (told.containsKey(event.line())) {
                assertThat(told.get(event.line())).isEqualTo(event);
            }
        }
        assertThat(told.size() + passed.size()).isEqualTo(whole.events.size());
    }

    @Property(tries = 400)
    void what_is_read_is_what_a_tree_of_the_line_has(@ForAll("logs") List<String> log) {
        Mappings mappings = Mappings.standard();
        Seen seen = Seen.of(String.join("\n", log));
        Map<Long, Event> told = new HashMap<>();
        seen.events.forEach(event -> told.put(event.line(), event));

        for (int i = 0; i < log.size(); i++) {
            JsonNode tree = PLAIN.readTree(log.get(i));
            var mapping = mappings.of(tree);
            assertThat(told.containsKey(i + 1L)).as(log.get(i)).isEqualTo(mapping.isPresent());
            if (mapping.isPresent()) {
                assertThat(told.get(i + 1L))
                        .extracting(Event::kind)
                        .isEqualTo(mapping.get().name());
                assertThat(told.get(i + 1L))
                        .as(log.get(i))
                        .extracting(Event::objects)
                        .isEqualTo(mapping.get().observe(tree));
            }
        }
    }

    private static void read(
            List<String> log, Sieve sieve, Map<Long, Event> told, Set<Long> passed) {
        try {
            new LogReader(Mappings.standard(), sieve)
                    .read(
                            new ByteArrayInputStream(
                                    String.join("\n", log).getBytes(StandardCharsets.UTF_8)),
                            new LogReader.Listener() {
                                @Override
                                public void event(Event event) {
                                    told.put(event.line(), event);
                                }

                                @Override
                                public void passedOver(long line) {
                                    passed.add(line);
                                }

                                @Override
                                public void unmapped(long line) {}

                                @Override
                                public void unread(long line, String why) {
                                    throw new IllegalStateException(line + why);
                                }

                                @Override
                                public void end() {}
                            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(JsonNode object, List<String> texts, Set<String> names) {
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            if (property.getValue().isObject()) {
                collect(property.getValue(), texts, names);
            } else if (!property.getKey().endsWith("_ref")
                    && !property.getKey().endsWith("_refs")
                    && !property.getKey().equals("type")) {
                names.add(property.getKey());
                if (property.getValue().isArray()) {
                    property.getValue().forEach(element -> texts.add(element.asString("")));
                } else {
                    texts.add(property.getValue().asString(""));
                }
            }
        }
    }

    private static Set<String> every(int nth, int seed, List<String> all) {
        Set<String> some = new HashSet<>();
        List<String> sorted = all.stream().sorted().distinct().toList();
        for (int i = Math.floorMod(seed, nth); i < sorted.size(); i += nth) {
            some.add(sorted.get(i));
        }
        return some;
    }

    @Provide
    Arbitrary<Integer> seeds() {
        return Arbitraries.integers().between(0, 1_000);
    }

    /// Lines of the fixture with other values, some fields moved into objects, doubled or set to nothing.
    @Provide
    Arbitrary<List<String>> logs() throws IOException {
        List<ObjectNode> lines =
                StandardMappingsTest.jsonCases()
                        .map(one -> (ObjectNode) Json.mapper().readTree(one.line()))
                        .toList();
        Arbitrary<String> value =
                Arbitraries.oneOf(
                        Arbitraries.of(
                                "192.0.2.1",
                                "::ffff:192.0.2.1",
                                "fe80::1%5",
                                "WWW.Example.ORG.",
                                "C:\\Windows\\x.EXE",
                                "/tmp/ü/\u0130.sh",
                                "HKLM\\Run",
                                "hku\\a\"b",
                                "MD5=AB,SHA256=Cd;x",
                                "TCP",
                                "17",
                                "0x1F",
                                "007",
                                "-",
                                "",
                                "a@b.example, c@d.example",
                                "http://x.example/y",
                                "type:  5 a.example;::ffff:192.0.2.9;"),
                        Arbitraries.strings().ofMaxLength(12));
        Arbitrary<String> line =
                Combinators.combine(
                                Arbitraries.of(lines),
                                value.list().ofSize(40),
                                Arbitraries.integers().between(0, 9).list().ofSize(40))
                        .as(SieveTest::varied);
        return line.list().ofMinSize(1).ofMaxSize(6);
    }

    private static String varied(ObjectNode line, List<String> values, List<Integer> dice) {
        StringBuilder json = new StringBuilder("{");
        int i = 0;
        for (Map.Entry<String, JsonNode> field : line.properties()) {
            String name = Json.mapper().writeValueAsString(field.getKey());
            int die = dice.get(i % 40);
            String other = Json.mapper().writeValueAsString(values.get(i % 40));
            boolean kind =
                    Set.of("_path", "@stream", "#path", "Channel", "EventID", "eventid")
                            .contains(field.getKey());
            String now =
                    kind || die < 4
                            ? field.getValue().toString()
                            : switch (die) {
                                case 4 -> "null";
                                case 5 -> "[" + other + "]";
                                case 6 -> "{\"a\":" + other + "}";
                                case 7 -> Integer.toString(values.get(i % 40).length() * 7);
                                default -> other;
                            };
            json.append(json.length() > 1 ? "," : "");
            int dot = field.getKey().indexOf('.');
            if (dot > 0 && die % 2 == 0 && !kind) {
                json.append(Json.mapper().writeValueAsString(field.getKey().substring(0, dot)))
                        .append(":{")
                        .append(Json.mapper().writeValueAsString(field.getKey().substring(dot + 1)))
                        .append(':')
                        .append(now)
                        .append("}");
            } else {
                json.append(name).append(':').append(now);
            }
            if (die == 9 && !kind) {
                json.append(',').append(name).append(" : ").append(other);
            }
            i++;
        }
        return json.append(" }").toString();
    }
}
