package org.kerege.node.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.Main;
import org.kerege.stix.Json;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

class ImportCommandTest {

    private static final String FROM = "2024-05-01T00:00:00Z";

    private static final String EVENT =
            """
            {"Event": {"uuid": "6a0e1c52-7d11-4b0f-9a3b-0c5f1d2e3f40", "info": "A campaign",
             "date": "2024-03-01", "distribution": "3", "Tag": [{"name": "tlp:green"}],
             "Orgc": {"name": "Office A", "uuid": "0b1c2d3e-4f50-4162-8374-95a6b7c8d9e0"},
             "Attribute": [
              {"type": "domain", "to_ids": true, "value": "evil.example", "distribution": "5"},
              {"type": "url", "to_ids": false, "value": "http://seen.example/a", "distribution": "5"},
              {"type": "filename|md5", "to_ids": true, "distribution": "0",
               "value": "it's.exe|0123456789abcdef0123456789abcdef"},
              {"type": "email-src", "to_ids": true, "value": "who@mail.example"},
              {"type": "phone-number", "to_ids": true, "value": "+1 555 0100"},
              {"type": "ip-dst", "to_ids": true, "value": "192.0.2.7", "Tag": [{"name": "tlp:puce"}]},
              {"type": "text", "to_ids": false, "value": "a note"}]}}
            """;

    @TempDir private Path folder;

    private record Run(int exit, List<JsonNode> objects, String err) {

        List<String> texts(String property) {
            return objects.stream()
                    .filter(one -> one.has(property))
                    .map(one -> one.get(property).stringValue())
                    .toList();
        }
    }

    private Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int exit =
                line.execute(
                        Stream.concat(Stream.of("import"), Stream.of(arguments))
                                .toArray(String[]::new));
        List<JsonNode> objects =
                out.toString().isBlank()
                        ? List.of()
                        : StreamSupport.stream(
                                        Json.mapper()
                                                .readTree(out.toString())
                                                .path("objects")
                                                .spliterator(),
                                        false)
                                .toList();
        return new Run(exit, objects, err.toString());
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void a_list_yields_an_indicator_a_value_and_a_reason_for_each_other_line() throws IOException {
        Run run =
                run(
                        "--valid-from",
                        FROM,
                        file(
                                "list.txt",
                                """
                                # bad
                                evil[.]example # seen
                                198.51.100.0/24
                                203.0.113.9:443
                                /x/y
                                10.0.0.1
                                who@mail.example
                                EVIL.example
                                """));

        assertThat(run.exit).isZero();
        assertThat(run.texts("pattern"))
                .containsExactly(
                        "[domain-name:value = 'evil.example']",
                        "[ipv4-addr:value ISSUBSET '198.51.100.0/24']",
                        "[network-traffic:dst_ref.value = '203.0.113.9' AND network-traffic:dst_port = 443]");
        assertThat(run.err)
                .contains("list.txt:5: not converted: the value is of no known kind")
                .contains("list.txt:6: not converted: the address is one of inner networks")
                .contains("list.txt:7: set apart: it names a person")
                .contains(
                        "3 indicators, 0 observables, 1 set apart because they name a person,"
                                + " 1 repeated, 2 not converted");
    }

    @Test
    void importing_twice_gives_the_same_objects() throws IOException {
        String list = file("list.txt", "evil.example\n");

        assertThat(run(list).objects).isEqualTo(run(list).objects);
    }

    @Test
    void a_table_may_name_its_columns_in_a_comment() throws IOException {
        Run run =
                run(
                        file(
                                "urls.csv",
                                """
                                # Terms of use
                                # id,dateadded,url,threat
                                "1","2024-02-01 10:00:00","http://evil.example/a,b","x"
                                """));

        assertThat(run.texts("pattern")).containsExactly("[url:value = 'http://evil.example/a,b']");
        assertThat(run.texts("valid_from")).containsExactly("2024-02-01T10:00:00.000Z");
    }

    @Test
    void a_table_without_a_known_column_of_values_asks_for_one() throws IOException {
        String table =
                file(
                        "t.csv",
                        """
                        thing,when
                        evil.example,2024-02-01
                        """);

        Run asked = run(table);
        Run told = run("--column", "value=thing,valid-from=when", table);

        assertThat(asked.exit).isEqualTo(2);
        assertThat(asked.err).contains("there are thing, when. Say --column value=NAME.");
        assertThat(told.texts("valid_from")).containsExactly("2024-02-01T00:00:00.000Z");
    }

    @Test
    void a_row_that_ends_before_it_begins_is_refused() throws IOException {
        Run run =
                run(
                        file(
                                "t.csv",
                                """
                                IOC,Valid From,Valid Until
                                evil.example,2024-02-02,2024-02-02
                                """));

        assertThat(run.exit).isEqualTo(1);
        assertThat(run.err).contains("t.csv:2: not converted: it ends before it begins");
    }

    @Test
    void attributes_for_detection_become_indicators_and_others_observables() throws IOException {
        Run run = run(file("event.json", EVENT));

        assertThat(run.texts("pattern"))
                .containsExactly(
                        "[domain-name:value = 'evil.example']",
                        "[file:name = 'it\\'s.exe' AND file:hashes.MD5 = '0123456789abcdef0123456789abcdef']");
        assertThat(run.texts("value")).containsExactly("http://seen.example/a");
        assertThat(run.err)
                .contains("event.json attribute 4: set apart")
                .contains("event.json attribute 5: set apart")
                .contains("event.json attribute 6: not converted: its TLP marking is not known")
                .contains("event.json attribute 7: not converted: attributes of type 'text'");
    }

    @Test
    void distribution_to_the_source_alone_adds_a_release_list() throws IOException {
        Run run = run(file("event.json", EVENT));

        JsonNode kept =
                run.objects.stream()
                        .filter(one -> one.path("name").asString("").startsWith("it's"))
                        .findFirst()
                        .orElseThrow();
        assertThat(kept.path("object_marking_refs").toString())
                .contains("939a9414-2ddd-4d32-a0cd-375ea402b003");
        assertThat(run.objects.toString())
                .contains("organisation:identity--0b1c2d3e-4f50-4162-8374-95a6b7c8d9e0");
    }

    @Test
    void what_is_imported_is_valid() throws IOException {
        Path out = folder.resolve("bundle.json");
        run("--marking", "amber", "--out", out.toString(), file("event.json", EVENT));

        assertThat(validated(out)).isZero();
    }

    @Test
    void what_comes_of_published_events_is_valid() throws IOException {
        Path events = Path.of("../../shared/data/misp/events/eset");
        assumeTrue(Files.isDirectory(events), "the published MISP events are not there");
        Path out = folder.resolve("bundle.json");
        String[] files;
        try (Stream<Path> all = Files.list(events)) {
            files = all.sorted().map(Path::toString).toArray(String[]::new);
        }
        Run run =
                run(
                        Stream.concat(Stream.of("--out", out.toString()), Stream.of(files))
                                .toArray(String[]::new));

        assertThat(files).hasSize(57);
        assertThat(run.exit).isZero();
        assertThat(validated(out)).isZero();
    }

    private static int validated(Path bundle) {
        CommandLine line = Main.commandLine();
        StringWriter out = new StringWriter();
        line.setOut(new PrintWriter(out));
        int exit = line.execute("validate", bundle.toString());
        assertThat(out.toString()).contains(" 0 invalid");
        return exit;
    }
}
