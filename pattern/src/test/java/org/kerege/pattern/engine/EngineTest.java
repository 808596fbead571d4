package org.kerege.pattern.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerege.pattern.Pattern;
import org.kerege.pattern.match.Observations;
import org.kerege.pattern.match.PatternMatcher;
import org.kerege.stix.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class EngineTest {

    private static final ObjectNode CONNECTION =
            objects(
                    """
                    {"0": {"type": "network-traffic", "src_ref": "1", "dst_ref": "2", "dst_port": 8080,
                           "protocols": ["ipv4", "tcp"], "is_active": true},
                     "1": {"type": "ipv4-addr", "value": "10.0.5.13"},
                     "2": {"type": "ipv6-addr", "value": "2001:db8::1"},
                     "3": {"type": "file", "name": "Payload.EXE", "hashes": {"SHA-256": "ab12"},
                           "magic_number_hex": "ffd8", "size": 12.50},
                     "4": {"type": "domain-name", "value": "a.b.evil.example"}}
                    """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    [ipv4-addr:value = '10.0.5.13']                                          | true
                    [ipv4-addr:value = '10.0.5.14']                                          | false
                    [domain-name:value = '10.0.5.13']                                        | false
                    [network-traffic:src_ref.value = '10.0.5.13']                            | true
                    [network-traffic:dst_ref.value = '10.0.5.13']                            | false
                    [network-traffic:dst_port = 8080 AND network-traffic:is_active = true]   | true
                    [network-traffic:dst_port = 8080.0]                                      | true
                    [network-traffic:dst_port IN (1, 8080)]                                  | true
                    [network-traffic:dst_port > 8080]                                        | false
                    [network-traffic:dst_port >= 8080]                                       | true
                    [network-traffic:protocols[*] = 'tcp']                                   | true
                    [network-traffic:protocols[0] = 'tcp']                                   | false
                    [network-traffic:src_ref.value ISSUBSET '10.0.0.0/8']                    | true
                    [network-traffic:dst_ref.value ISSUBSET '2001:db8::/32']                 | true
                    [network-traffic:dst_ref.value ISSUBSET '2001:db9::/32']                 | false
                    [ipv4-addr:value ISSUPERSET '10.0.5.13']                                 | true
                    [file:name LIKE 'Pay%']                                                  | true
                    [file:name LIKE 'pay%']                                                  | false
                    [file:name MATCHES '(?i)^payload\\\\.exe$']                              | true
                    [file:name MATCHES '^payload']                                           | false
                    [file:hashes.'SHA-256' = 'ab12' AND file:name != 'x']                    | true
                    [file:magic_number_hex = h'ffd8']                                        | true
                    [file:size = 12.5]                                                       | true
                    [EXISTS file:name]                                                       | true
                    [NOT EXISTS file:ctime]                                                  | true
                    [file:name NOT LIKE 'x%']                                                | true
                    [domain-name:value LIKE '%.evil.example']                                | true
                    [domain-name:value LIKE '%.b.example']                                   | false
                    [file:name = 'none' OR domain-name:value LIKE '%evil%']                  | true
                    """)
    void answers_as_the_pattern_asks(String pattern, boolean expected) {
        Engine engine = engine(List.of(pattern, "[x:y = 'z']"));

        assertThat(engine.scanner().scan(CONNECTION))
                .extracting(Hit::pattern)
                .isEqualTo(expected ? List.of(0) : List.of());
    }

    @Test
    void explains_a_hit_by_the_comparison_and_the_value() {
        Engine engine =
                engine(
                        List.of(
                                "[network-traffic:dst_port = 8080 AND network-traffic:src_ref.value LIKE '10.%']"));

        assertThat(engine.scanner().scan(CONNECTION).getFirst().clauses())
                .extracting("path", "value")
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("network-traffic:dst_port", "8080"),
                        org.assertj.core.groups.Tuple.tuple(
                                "network-traffic:src_ref.value", "10.0.5.13"));
    }

    @Test
    void tells_the_brackets_of_a_pattern_apart() {
        Engine engine = engine(List.of("[x:y = 'z'] FOLLOWEDBY [file:name LIKE '%EXE']"));

        assertThat(engine.scanner().scan(CONNECTION)).extracting(Hit::bracket).containsExactly(1);
    }

    @Test
    void names_the_patterns_that_have_no_value_to_look_up() {
        assertThat(
                        engine(
                                        List.of(
                                                "[file:name = 'a']",
                                                "[file:size > 3]",
                                                "[file:name MATCHES '[a-z]+']"))
                                .withoutWitness())
                .containsExactly(1, 2);
    }

    @Test
    void finds_one_among_a_hundred_thousand_that_share_a_value() {
        Engine.Builder patterns = new Engine.Builder();
        for (int i = 0; i < 100_000; i++) {
            patterns.add(Pattern.parse("[file:name = 'shared' AND file:size = " + i + "]"));
        }

        assertThat(
                        patterns.build()
                                .scanner()
                                .scan(
                                        objects(
                                                """
                                                {"0": {"type": "file", "name": "shared", "size": 77}}
                                                """)))
                .extracting(Hit::pattern)
                .containsExactly(77);
    }

    @Test
    void survives_being_written_and_read() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        engine(List.of("[file:name = 'a']", "[ipv4-addr:value = '10.0.5.13']"))
                .write(new DataOutputStream(bytes));

        Engine read =
                Engine.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(read.scanner().scan(CONNECTION)).extracting(Hit::pattern).containsExactly(1);
    }

    @Test
    void refuses_bytes_of_an_unknown_version() {
        byte[] bytes = {0x4B, 0x45, 0x4E, 0x47, 0, 0, 0, 9, 0, 0, 0, 0};

        assertThatIOException()
                .isThrownBy(
                        () -> Engine.read(new DataInputStream(new ByteArrayInputStream(bytes))));
    }

    /// The index may only leave out what cannot match.
    @Property(tries = 3_000)
    void agrees_with_the_matcher_of_single_patterns(
            @ForAll("patterns") List<String> patterns, @ForAll("events") ObjectNode objects) {
        ObjectNode observed =
                Json.mapper()
                        .createObjectNode()
                        .put("type", "observed-data")
                        .put("first_observed", "2024-01-01T00:00:00Z")
                        .put("last_observed", "2024-01-01T00:00:00Z")
                        .put("number_observed", 1);
        observed.set("objects", objects);
        Observations observations = Observations.of(List.of(observed));

        List<Integer> expected =
                IntStream.range(0, patterns.size())
                        .filter(i ->
                                new PatternMatcher(Pattern.parse(patterns.get(i)))
                                        .matches(observations))
                        .boxed()
                        .toList();

        assertThat(engine(patterns).scanner().scan(objects))
                .extracting(Hit::pattern)
                .isEqualTo(expected);
    }

    /// What is told of single values beforehand may only leave out what cannot match.
    @Property(tries = 3_000)
    void lets_every_event_through_that_matches(
            @ForAll("patterns") List<String> patterns, @ForAll("events") ObjectNode objects) {
        Engine engine = engine(patterns);
        ValueFilter filter = engine.filter();
        filter.start();
        boolean alone = false;
        for (JsonNode object : objects) {
            alone |= concerns(filter, object);
        }

        assertThat(alone || filter.together() || engine.scanner().scan(objects).isEmpty()).isTrue();
    }

    private static boolean concerns(ValueFilter filter, JsonNode object) {
        boolean any = false;
        for (var entry : object.properties()) {
            any |= concerns(filter, filter.property(entry.getKey()), entry.getValue());
        }
        return any;
    }

    private static boolean concerns(ValueFilter filter, int property, JsonNode value) {
        boolean any = property >= 0 && filter.presence(property);
        if (value.isObject()) {
            return concerns(filter, value) || any;
        }
        for (JsonNode element : value.isArray() ? value : List.<JsonNode>of()) {
            any |= concerns(filter, property, element);
        }
        if (property >= 0 && value.isString()) {
            char[] text = ("<" + value.stringValue() + ">").toCharArray();
            any |= filter.text(property, text, 1, text.length - 1);
        } else if (property >= 0 && value.isInt()) {
            any |= filter.number(property, value.intValue());
        } else if (value.isValueNode()) {
            // Of other values the filter is not asked: they always count.
            any |= property >= 0;
        }
        return any;
    }

    @Provide
    Arbitrary<List<String>> patterns() {
        return comparison(2).map(text -> "[" + text + "]").list().ofMinSize(1).ofMaxSize(8);
    }

    private static Arbitrary<String> comparison(int depth) {
        Arbitrary<String> leaf =
                Combinators.combine(path(), Arbitraries.of("", "NOT "), test())
                        .as((path, not, test) -> path + " " + not + test);
        Arbitrary<String> exists =
                Combinators.combine(Arbitraries.of("", "NOT "), path())
                        .as((not, path) -> not + "EXISTS " + path);
        Arbitrary<String> simple = Arbitraries.oneOf(leaf, leaf, leaf, leaf, exists);
        if (depth == 0) {
            return simple;
        }
        Arbitrary<String> both =
                Combinators.combine(
                                comparison(depth - 1),
                                Arbitraries.of(" AND ", " OR "),
                                comparison(depth - 1))
                        .as((left, operator, right) ->
                                "(" + left + ")" + operator + "(" + right + ")");
        return Arbitraries.oneOf(simple, simple, both);
    }

    /// One type, so that AND and OR are about one object, as the standard wants.
    private static Arbitrary<String> path() {
        return Arbitraries.of(
                "a:v", "a:next_ref.v", "a:many[*]", "a:many[0]", "a:x.'k-1'", "a:raw_hex");
    }

    private static Arbitrary<String> test() {
        Arbitrary<String> text = value().map(value -> "'" + value + "'");
        return Arbitraries.oneOf(
                text.map(value -> "= " + value),
                text.map(value -> "!= " + value),
                text.map(value -> "> " + value),
                text.list()
                        .ofMinSize(1)
                        .ofMaxSize(3)
                        .map(all -> "IN (" + String.join(",", all) + ")"),
                Arbitraries.of("= 1", "= 1.0", "> 0", "!= 2", "= true", "= h'6162'"),
                Arbitraries.of("'%a%'", "'ab%'", "'%.ab'", "'_b'", "'%'", "'%É%'")
                        .map(template -> "LIKE " + template),
                Arbitraries.of(
                                "'ab'",
                                "'a+b'",
                                "'(?i)AB'",
                                "'a|b'",
                                "'^a?b$'",
                                "'(a|c)b'",
                                "'[ab]b'",
                                "'a{2}b'",
                                "'(?i)\u212A'",
                                "'a{x|b}'",
                                "'b\\\\.a'")
                        .map(regex -> "MATCHES " + regex),
                Arbitraries.of(
                        "ISSUBSET '10.0.0.0/8'",
                        "ISSUBSET '10.1.0.0/16'",
                        "ISSUPERSET '10.1.2.3'"));
    }

    private static Arbitrary<String> value() {
        return Arbitraries.of(
                "ab",
                "a",
                "b",
                "AB",
                "aab",
                "x.ab",
                "b.a",
                "E\u0301",
                "\u00C9",
                "K",
                "10.1.2.3",
                "10.0.0.0/8",
                "6162",
                "");
    }

    @Provide
    Arbitrary<ObjectNode> events() {
        Arbitrary<Object> scalar =
                Arbitraries.oneOf(value().map(v -> v), Arbitraries.of(1, 2, 1.0, true, false));
        return Combinators.combine(scalar, scalar.list().ofMaxSize(3), value(), scalar)
                .as((v, many, raw, next) -> {
                    ObjectNode objects = Json.mapper().createObjectNode();
                    ObjectNode first = objects.putObject("0").put("type", "a");
                    first.set("v", Json.mapper().valueToTree(v));
                    first.set("many", Json.mapper().valueToTree(many));
                    first.putObject("x").put("k-1", raw);
                    first.put("raw_hex", raw);
                    first.put("next_ref", "1");
                    objects.putObject("1")
                            .put("type", "b")
                            .set("v", Json.mapper().valueToTree(next));
                    return objects;
                });
    }

    private static Engine engine(List<String> patterns) {
        Engine.Builder builder = new Engine.Builder();
        patterns.forEach(pattern -> builder.add(Pattern.parse(pattern)));
        return builder.build();
    }

    private static ObjectNode objects(String json) {
        return (ObjectNode) Json.mapper().readTree(json);
    }
}
