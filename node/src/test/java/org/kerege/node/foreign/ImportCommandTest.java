package org.kerege.node.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.Ended;
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
                .contains("list.txt:5: not converted: a path so short is in too many addresses")
                .contains("list.txt:6: not converted: the address is one of inner networks")
                .contains("list.txt:7: set apart: it names a person")
                .contains(
                        "3 indicators, 0 observables, 1 set apart because they name a person,"
                                + " 0 held back as known-good, 1 repeated, 2 not converted");
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
        assertThat(asked.err)
                .contains("there are thing, when. Say --column value=NAME, or its number;");
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

    @Test
    void a_list_yields_parts_of_addresses_and_hashes_of_one_file() throws IOException {
        Run run =
                run(
                        file(
                                "list.txt",
                                """
                                evil.example/gate.php
                                /panel/gate.php?id=
                                /loader/
                                .dyn.example
                                0123456789abcdef0123456789abcdef;0123456789abcdef0123456789abcdef01234567
                                0123456789abcdef0123456789abcdef;1123456789abcdef0123456789abcdef
                                """));

        assertThat(run.texts("pattern"))
                .containsExactly(
                        "[url:value = 'http://evil.example/gate.php' OR url:value = 'https://evil.example/gate.php']",
                        "[url:value MATCHES '/panel/gate\\\\.php\\\\?id\\\\=$']",
                        "[url:value MATCHES '/loader/']",
                        "[domain-name:value LIKE '%.dyn.example']",
                        "[file:hashes.MD5 = '0123456789abcdef0123456789abcdef' OR file:hashes.'SHA-1' = '0123456789abcdef0123456789abcdef01234567']");
        assertThat(run.err).contains("list.txt:6: not converted: it has two hashes of one kind");
    }

    @Test
    void a_table_may_have_any_separator_several_values_and_no_names() throws IOException {
        String table = file("t.csv", "who@mail.example;evil.example;198.51.100.7\n");

        Run run = run("--no-header", "--column", "value=1+2+3", table);

        assertThat(run.texts("pattern"))
                .containsExactly(
                        "[domain-name:value = 'evil.example']",
                        "[ipv4-addr:value = '198.51.100.7']");
        assertThat(run.err).contains("1 set apart");
        assertThat(run("--separator", "tab", "--column", "value=1+2", table).exit).isEqualTo(2);
    }

    @Test
    void a_table_is_read_by_the_likeliest_name_of_each_column() throws IOException {
        Run run =
                run(
                        file(
                                "t.csv",
                                """
                                name\tfirst_seen\tpattern\tvalid_from
                                a name\t\t[domain-name:value = 'evil.example']\t2024-02-01
                                """));

        assertThat(run.texts("pattern")).containsExactly("[domain-name:value = 'evil.example']");
        assertThat(run.texts("valid_from")).containsExactly("2024-02-01T00:00:00.000Z");
    }

    @Test
    void texts_may_be_in_other_encodings_when_these_are_said() throws IOException {
        Path marked = folder.resolve("marked.txt");
        Files.write(marked, "\uFEFFevil.example\n".getBytes(StandardCharsets.UTF_16LE));
        Path cyrillic = folder.resolve("cyrillic.csv");
        Files.write(
                cyrillic,
                "ioc;comment\nevil.example;\u0437\u043b\u043e\n"
                        .getBytes(Charset.forName("windows-1251")));

        assertThat(run(marked.toString()).texts("pattern")).hasSize(1);
        Run refused = run(cyrillic.toString());
        assertThat(refused.exit).isEqualTo(2);
        assertThat(refused.err).contains("is no text in UTF-8; say --encoding NAME");
        assertThat(run("--encoding", "windows-1251", cyrillic.toString()).texts("description"))
                .containsExactly("\u0437\u043b\u043e");
    }

    @Test
    void a_dry_run_shows_and_writes_nothing() throws IOException {
        Path out = folder.resolve("out.json");
        Ended ended =
                Ended.of(
                        "import",
                        "--dry-run",
                        "--marking",
                        "green",
                        "--valid-from",
                        FROM,
                        "--out",
                        out.toString(),
                        file("t.csv", "IOC,Comment\nevil.example,x\n"));

        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .isEqualToIgnoringNewLines(
                        "indicator  [domain-name:value = 'evil.example']  from 2024-05-01T00:00:00.000Z  TLP:GREEN");
        assertThat(ended.err())
                .contains(
                        "t.csv: columns separated by ',', value in 'IOC', description in 'Comment'");
        assertThat(out).doesNotExist();
    }

    @Test
    void known_good_values_are_held_back_by_name_of_their_list() throws IOException {
        String lists =
                file(
                        "sites.json",
                        """
                        {"name": "Sites", "type": "hostname", "version": 1,
                         "matching_attributes": ["domain"], "list": ["top.example"]}
                        """);
        Run run = run("--known-good", lists, file("list.txt", "www.top.example\nevil.example\n"));

        assertThat(run.texts("pattern")).containsExactly("[domain-name:value = 'evil.example']");
        assertThat(run.err)
                .contains("list.txt:1: held back: known-good by sites")
                .contains("1 held back as known-good");
    }

    @Test
    void a_feed_is_read_by_its_manifest_and_list_of_hashes() throws IOException {
        Path feed = Files.createDirectory(folder.resolve("feed"));
        String first = "6a0e1c52-7d11-4b0f-9a3b-0c5f1d2e3f40";
        String missing = "6a0e1c52-7d11-4b0f-9a3b-0c5f1d2e3f41";
        String unnamed = "6a0e1c52-7d11-4b0f-9a3b-0c5f1d2e3f42";
        Files.writeString(feed.resolve(first + ".json"), EVENT);
        Files.writeString(feed.resolve(unnamed + ".json"), EVENT);
        Files.writeString(
                feed.resolve("manifest.json"),
                "{\"%s\": {\"info\": \"A\"}, \"%s\": {}, \"../../x\": {}}"
                        .formatted(first, missing));
        Files.writeString(
                feed.resolve("hashes.csv"), MispFeed.md5("evil.example") + "," + first + "\n");

        Run run = run(feed.toString());

        assertThat(run.texts("pattern")).containsExactly("[domain-name:value = 'evil.example']");
        assertThat(run.err)
                .contains("2 × an event of the manifest has no file")
                .contains("1 × the manifest does not name this event")
                .contains("× the feed's list of hashes does not have it");
    }

    private static final String RULE =
            """
            title: A search of accounts
            id: 11111111-2222-4333-8444-555555555555
            date: 2024-02-01
            level: low
            logsource: {product: windows, category: process_creation}
            detection:
                selection:
                    CommandLine|contains: 'whoami'
                condition: selection
            """;

    @Test
    void a_rule_of_Sigma_becomes_an_indicator_or_is_refused_with_the_reason() throws IOException {
        Path rules = Files.createDirectory(folder.resolve("rules"));
        Files.writeString(rules.resolve("good.yml"), RULE);
        Files.writeString(
                rules.resolve("two.yml"),
                RULE.replace("5555555", "5555556") + "---\ntitle: no rule\n");

        Run run = run(rules.toString());

        assertThat(run.texts("pattern"))
                .containsOnly(
                        "[EXISTS process:created_time AND process:command_line MATCHES '(?i)whoami']")
                .hasSize(2);
        assertThat(run.texts("valid_from")).containsOnly("2024-02-01T00:00:00.000Z");
        assertThat(run.err)
                .contains("two.yml rule 2: not converted: it is no rule: it has no log source");
    }

    @Test
    void hostile_yaml_is_refused_and_the_rest_goes_on() throws IOException {
        StringBuilder bomb = new StringBuilder("a: &a [x, x]\n");
        for (char c = 'b'; c < 'z'; c++) {
            bomb.append(c).append(": &").append(c).append(" [");
            bomb.append(("*" + (char) (c - 1) + ", ").repeat(9)).append("x]\n");
        }
        Path rules = Files.createDirectory(folder.resolve("rules"));
        Files.writeString(rules.resolve("1-bomb.yml"), bomb);
        Files.writeString(rules.resolve("2-deep.yml"), "[".repeat(5_000));
        Files.writeString(rules.resolve("3-object.yml"), "!!java.net.URL [\"http://x.example\"]");
        Files.writeString(rules.resolve("4-self.yml"), "a: &a\n  b: *a\n");
        Files.writeString(rules.resolve("5-good.yml"), RULE);

        Run run = run(rules.toString());

        assertThat(run.texts("pattern")).hasSize(1);
        for (String file : List.of("1-bomb.yml", "2-deep.yml", "3-object.yml", "4-self.yml")) {
            assertThat(run.err).contains(file + ": not converted: ");
        }
    }

    @Test
    void a_list_of_a_million_lines_is_read_whole() throws IOException {
        Path list = folder.resolve("long.txt");
        try (BufferedWriter out = Files.newBufferedWriter(list)) {
            for (int i = 0; i < 1_000_000; i++) {
                out.write(i % 4 == 0 ? "h" + i + ".example\n" : "no value " + i + "\n");
            }
        }

        Ended ended =
                Ended.of("import", "--out", folder.resolve("o.json").toString(), list.toString());

        assertThat(ended.err()).contains("250000 indicators", "750000 not converted");
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
