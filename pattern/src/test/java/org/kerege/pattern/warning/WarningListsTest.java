package org.kerege.pattern.warning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.kerege.pattern.Pattern;
import org.kerege.stix.MalformedStix;

class WarningListsTest {

    private static WarningList list(String type, String attributes, String... entries) {
        return WarningList.read(
                """
                {"name": "A list", "version": 3, "type": "%s", "matching_attributes": [%s], "list": [%s]}
                """
                        .formatted(
                                type,
                                attributes,
                                String.join(
                                        ",",
                                        List.of(entries).stream()
                                                .map(one -> '"' + one.replace("\\", "\\\\") + '"')
                                                .toList()))
                        .getBytes(StandardCharsets.UTF_8),
                "list.json");
    }

    private static final WarningLists LISTS =
            WarningLists.of(
                    Map.of(
                            "sites",
                            list("string", "\"domain\", \"url\"", "Top.example"),
                            "hosts",
                            list("hostname", "\"hostname\", \"url\"", ".good.example", "x.org"),
                            "clouds",
                            list("cidr", "\"ip-dst\"", "198.51.100.0/24", "2001:db8::/32", "nets"),
                            "mailers",
                            list("substring", "\"email-src\"", "throwaway.example", "@q"),
                            "contacts",
                            list("regex", "\"email-src\"", "/^(abuse|noc)\\@.*\\..*$/i", "/(/"),
                            "files",
                            list("string", "", "D41D8CD98F00B204E9800998ECF8427E")));

    private static String holding(String value) {
        return LISTS.holding(value).orElse("");
    }

    @Test
    void looks_values_up_by_the_type_of_each_list() {
        assertThat(holding("top.EXAMPLE")).isEqualTo("sites");
        assertThat(holding("a.top.example")).isEmpty();
        assertThat(holding("good.example")).isEqualTo("hosts");
        assertThat(holding("a.b.good.example.")).isEqualTo("hosts");
        assertThat(holding("notgood.example")).isEmpty();
        assertThat(holding("https://user@a.x.org:8443/p?q")).isEqualTo("hosts");
        assertThat(holding("http://top.example/")).isEqualTo("sites");
        assertThat(holding("198.51.100.77")).isEqualTo("clouds");
        assertThat(holding("198.51.101.77")).isEmpty();
        assertThat(holding("198.51.100.0/25")).isEqualTo("clouds");
        assertThat(holding("198.51.0.0/16")).isEmpty();
        assertThat(holding("2001:DB8::1")).isEqualTo("clouds");
        assertThat(holding("who@throwaway.example")).isEqualTo("mailers");
        assertThat(holding("Abuse@mail.example")).isEqualTo("contacts");
        assertThat(holding("d41d8cd98f00b204e9800998ecf8427e")).isEqualTo("files");
    }

    @Test
    void asks_a_list_only_of_the_values_that_it_is_about() {
        assertThat(holding("throwaway.example")).isEmpty();
        assertThat(holding("who@top.example")).isEmpty();
    }

    @Test
    void always_has_the_private_and_reserved_networks() {
        assertThat(holding("10.1.2.3")).isEqualTo(WarningLists.RESERVED);
        assertThat(holding("fe80::1")).isEqualTo(WarningLists.RESERVED);
        assertThat(WarningLists.NONE.holding("10.1.2.3")).isEmpty();
    }

    @Test
    void counts_entries_that_are_none_of_their_type() {
        assertThat(LISTS.unreadable()).isEqualTo(2);
    }

    @Test
    void holds_a_pattern_back_when_all_that_it_asks_for_is_known_good() {
        assertThat(holds("[domain-name:value = 'top.example']")).isTrue();
        assertThat(
                        holds(
                                "[domain-name:value = 'top.example'] OR [domain-name:value = 'evil.example']"))
                .isFalse();
        assertThat(holds("[ipv4-addr:value ISSUBSET '10.0.0.0/24']")).isTrue();
        assertThat(holds("[domain-name:value IN ('top.example', 'x.org')]")).isTrue();
        assertThat(holds("[process:pid = 4]")).isFalse();
        assertThat(holds("[domain-name:value != 'top.example']")).isFalse();
    }

    private static boolean holds(String pattern) {
        return LISTS.holding(Pattern.parse(pattern).expression()).isPresent();
    }

    @Test
    void refuses_what_is_no_list() {
        assertThatThrownBy(() -> WarningList.read("{".getBytes(StandardCharsets.UTF_8), "x"))
                .isInstanceOf(MalformedStix.class)
                .hasMessageContaining("x is no warning list");
        assertThatThrownBy(() -> WarningList.read("{}".getBytes(StandardCharsets.UTF_8), "x"))
                .isInstanceOf(MalformedStix.class);
        assertThatThrownBy(() -> list("bogus", ""))
                .isInstanceOf(MalformedStix.class)
                .hasMessageContaining("type");
    }

    @Property(tries = 500)
    void answers_networks_as_a_look_at_each_would(@ForAll long seed) {
        Random random = new Random(seed);
        String[] networks = new String[20];
        for (int i = 0; i < networks.length; i++) {
            networks[i] =
                    "203.0.%d.%d/%d"
                            .formatted(
                                    random.nextInt(3),
                                    random.nextInt(256),
                                    16 + random.nextInt(17));
        }
        WarningLists lists = WarningLists.of(Map.of("nets", list("cidr", "", networks)));
        String address = "203.0.%d.%d".formatted(random.nextInt(4), random.nextInt(256));
        boolean inside =
                List.of(networks).stream()
                        .anyMatch(network ->
                                org.kerege.pattern.match.Network.parse(network)
                                        .orElseThrow()
                                        .contains(
                                                org.kerege.pattern.match.Network.parse(address)
                                                        .orElseThrow()));

        assertThat(lists.holding(address).isPresent()).isEqualTo(inside);
    }

    @Test
    void reads_the_published_lists_whole() throws IOException {
        Path folder = Path.of("../../shared/data/misp/warninglists");
        assumeTrue(Files.isDirectory(folder), "the lists are not beside the project: " + folder);

        Map<String, WarningList> lists = WarningListFiles.read(List.of(folder));
        WarningLists all = WarningLists.of(lists);

        assertThat(lists).hasSizeGreaterThan(60);
        assertThat(all.holding("www.google.com")).isPresent();
        assertThat(all.holding("8.8.8.8")).isPresent();
        assertThat(all.unreadable()).isLessThan(10);
    }
}
