package org.kerege.pattern.sigma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.kerege.pattern.match.Observations;
import org.kerege.pattern.match.PatternMatcher;
import org.kerege.stix.Json;
import tools.jackson.databind.node.ObjectNode;

class SigmaRuleTest {

    private static SigmaRule rule(String category, Object... detection) throws Irreducible {
        Map<String, Object> searches = new LinkedHashMap<>();
        for (int i = 0; i < detection.length; i += 2) {
            searches.put(detection[i].toString(), detection[i + 1]);
        }
        return SigmaRule.read(
                Map.of(
                        "title",
                        "A rule",
                        "logsource",
                        Map.of("product", "windows", "category", category),
                        "detection",
                        searches));
    }

    private static Map<String, @Nullable Object> field(String name, @Nullable Object value) {
        Map<String, @Nullable Object> map = new HashMap<>();
        map.put(name, value);
        return map;
    }

    /// A process as the readers show one.
    private static ObjectNode process(String path, @Nullable String commandLine) {
        ObjectNode objects = Json.mapper().createObjectNode();
        ObjectNode process =
                objects.putObject("0")
                        .put("type", "process")
                        .put("created_time", "2024-01-01T00:00:00Z")
                        .put("image_ref", "1");
        if (commandLine != null) {
            process.put("command_line", commandLine);
        }
        objects.putObject("1")
                .put("type", "file")
                .put("name", path.substring(path.lastIndexOf('\\') + 1))
                .put("x_path", path);
        return objects;
    }

    private static boolean holds(SigmaRule rule, ObjectNode objects) throws Irreducible {
        ObjectNode observed =
                Json.mapper()
                        .createObjectNode()
                        .put("type", "observed-data")
                        .put("first_observed", "2024-01-01T00:00:00Z")
                        .put("last_observed", "2024-01-01T00:00:00Z")
                        .put("number_observed", 1);
        observed.set("objects", objects);
        return new PatternMatcher(rule.pattern())
                .firstMatch(Observations.of(List.of(observed)))
                .isPresent();
    }

    private static boolean holds(String key, Object value, String path, String commandLine)
            throws Irreducible {
        return holds(
                rule("process_creation", "s", field(key, value), "condition", "s"),
                process(path, commandLine));
    }

    @Test
    void compares_without_regard_to_case_unless_told() throws Irreducible {
        assertThat(holds("CommandLine|contains", "WhoAmI", "C:\\a.exe", "cmd /c WHOAMI")).isTrue();
        assertThat(holds("CommandLine", "whoami", "C:\\a.exe", "WHOAMI")).isTrue();
        assertThat(holds("CommandLine", "whoami", "C:\\a.exe", "WHOAMI /all")).isFalse();
        assertThat(holds("CommandLine|cased", "whoami", "C:\\a.exe", "WHOAMI")).isFalse();
        assertThat(holds("CommandLine|contains|cased", "who", "C:\\a.exe", "WHOAMI")).isFalse();
    }

    @Test
    void asks_the_name_of_a_file_or_its_whole_path() throws Irreducible {
        assertThat(holds("Image|endswith", "\\cmd.exe", "C:\\Windows\\CMD.exe", "x")).isTrue();
        assertThat(holds("Image|endswith", "\\cmd.exe", "C:\\Windows\\xcmd.exe", "x")).isFalse();
        assertThat(holds("Image|endswith", "cmd.exe", "C:\\Windows\\xcmd.exe", "x")).isTrue();
        assertThat(holds("Image|contains", "\\Temp\\", "C:\\Temp\\a.exe", "x")).isTrue();
        assertThat(holds("Image|contains", "\\Temp\\", "C:\\Tempo\\a.exe", "x")).isFalse();
        assertThat(holds("Image|startswith", "C:\\Users\\\\*\\x", "C:\\Users\\y\\x.exe", "x"))
                .isTrue();
        assertThat(
                        rule(
                                        "process_creation",
                                        "s",
                                        field("Image|endswith", "\\cmd.exe"),
                                        "condition",
                                        "s")
                                .pattern()
                                .text())
                .isEqualTo(
                        "[EXISTS process:created_time AND process:image_ref.name MATCHES '(?i)^cmd\\\\.exe$']");
    }

    @Test
    void says_of_what_is_missing_that_it_is_not_so() throws Irreducible {
        SigmaRule rule =
                rule(
                        "process_creation",
                        "selection",
                        field("Image|endswith", "\\cmd.exe"),
                        "filter",
                        field("CommandLine|contains", "harmless"),
                        "condition",
                        "selection and not filter");

        assertThat(holds(rule, process("C:\\cmd.exe", "evil"))).isTrue();
        assertThat(holds(rule, process("C:\\cmd.exe", "harmless"))).isFalse();
        assertThat(holds(rule, process("C:\\cmd.exe", null))).isTrue();
    }

    @Test
    void looks_into_events_of_its_kind_alone() throws Irreducible {
        SigmaRule rule =
                rule("process_creation", "s", field("Image|endswith", "\\a.exe"), "condition", "s");
        ObjectNode seen = process("C:\\a.exe", null);
        ((ObjectNode) seen.path("0")).remove("created_time");

        assertThat(holds(rule, seen)).isFalse();
    }

    @Test
    void joins_values_maps_and_searches_as_conditions_say() throws Irreducible {
        SigmaRule rule =
                rule(
                        "process_creation",
                        "sel_a",
                        field("CommandLine|contains|all", List.of("one", "two")),
                        "sel_b",
                        List.of(
                                field("CommandLine|contains", "three"),
                                field("Image|endswith", "\\four.exe")),
                        "condition",
                        "1 of sel_* and not (all of them)");

        assertThat(holds(rule, process("C:\\x.exe", "two one"))).isTrue();
        assertThat(holds(rule, process("C:\\x.exe", "one"))).isFalse();
        assertThat(holds(rule, process("C:\\four.exe", "x"))).isTrue();
        assertThat(holds(rule, process("C:\\four.exe", "one two"))).isFalse();
    }

    @Test
    void applies_modifiers() throws Irreducible {
        assertThat(holds("CommandLine|windash|contains", " -enc ", "C:\\a", "x /enc y")).isTrue();
        assertThat(holds("CommandLine|windash|contains", " -enc ", "C:\\a", "x \u2013enc y"))
                .isTrue();
        assertThat(holds("CommandLine|windash|contains", "a-b", "C:\\a", "a/b")).isFalse();
        assertThat(holds("CommandLine|re", "^a[0-9]{2}$", "C:\\a", "a12")).isTrue();
        assertThat(holds("CommandLine|re", "^a[0-9]{2}$", "C:\\a", "A12")).isFalse();
        assertThat(holds("CommandLine|re|i", "^a[0-9]{2}$", "C:\\a", "A12")).isTrue();
        assertThat(holds("CommandLine|base64|contains", "foobar", "C:\\a", "x Zm9vYmFy")).isTrue();
        for (String encoded : List.of("Zm9vYmFy", "IGZvb2Jhcg", "ICBmb29iYXI")) {
            assertThat(holds("CommandLine|base64offset|contains", "foobar", "C:\\a", encoded))
                    .as(encoded)
                    .isTrue();
        }
        assertThat(holds("CommandLine|wide|base64offset|contains", "IEX", "C:\\a", "-enc SQBFAFgA"))
                .isTrue();
        assertThat(holds("CommandLine|exists", "true", "C:\\a", "x")).isTrue();
    }

    @Test
    void takes_wildcards_and_their_escapes() throws Irreducible {
        assertThat(holds("CommandLine", "a*c?", "C:\\a", "abbbcd")).isTrue();
        assertThat(holds("CommandLine", "a\\*c", "C:\\a", "abc")).isFalse();
        assertThat(holds("CommandLine", "a\\*c", "C:\\a", "a*c")).isTrue();
        assertThat(holds("CommandLine", "C:\\\\x\\y", "C:\\a", "C:\\x\\y")).isTrue();
    }

    private static void refused(String reason, SigmaRule rule) {
        assertThatThrownBy(rule::pattern).isInstanceOf(Irreducible.class).hasMessage(reason);
    }

    @Test
    void refuses_with_the_reason_what_no_pattern_says() throws Irreducible {
        refused(
                "its field 'LogonId' has no place in STIX",
                rule("process_creation", "s", field("LogonId", "1"), "condition", "s"));
        refused(
                "logs of the kind windows driver_load have no place in STIX patterns",
                rule("driver_load", "s", field("Image", "1"), "condition", "s"));
        refused(
                "it looks for words anywhere in an event",
                rule("process_creation", "keywords", List.of("a", "b"), "condition", "keywords"));
        refused(
                "its condition counts or correlates events",
                rule(
                        "process_creation",
                        "s",
                        field("Image", "x"),
                        "condition",
                        "s | count() by Image > 5"));
        refused(
                "no pattern says what its modifier 'fieldref' says",
                rule("process_creation", "s", field("Image|fieldref", "x"), "condition", "s"));
        refused(
                "it asks for what is not there alone",
                rule("process_creation", "s", field("Image", "x"), "condition", "not s"));
        refused(
                "its condition cannot be read at 'other'",
                rule("process_creation", "s", field("Image", "x"), "condition", "s and other"));
        refused(
                "its condition cannot be read at its end",
                rule("process_creation", "s", field("Image", "x"), "condition", "(s"));
        refused(
                "its field 'Hashes' is asked for a part of a hash",
                rule("process_creation", "s", field("Hashes|contains", "=ab"), "condition", "s"));
        assertThatThrownBy(() -> SigmaRule.read(Map.of("correlation", Map.of())))
                .hasMessage("it correlates what other rules find");
        assertThatThrownBy(() -> SigmaRule.read("text")).hasMessage("it is no rule");
    }

    @Test
    void refuses_what_is_too_deep_or_too_much() throws Irreducible {
        refused(
                "its condition is nested too deeply",
                rule(
                        "process_creation",
                        "s",
                        field("Image", "x"),
                        "condition",
                        "(".repeat(40) + "s" + ")".repeat(40)));
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 20_001; i++) {
            many.add("v" + i);
        }
        refused(
                "it has more than 20000 values",
                rule("process_creation", "s", field("CommandLine", many), "condition", "s"));
    }

    @Property(tries = 300)
    void finds_any_text_that_is_escaped(@ForAll @StringLength(min = 1, max = 20) String text)
            throws Irreducible {
        String printable = text.replaceAll("[^ -~]", "x");
        String escaped = printable.replace("\\", "\\\\").replace("*", "\\*").replace("?", "\\?");

        assertThat(holds("CommandLine|contains", escaped, "C:\\a", "<" + printable + ">")).isTrue();
    }
}
