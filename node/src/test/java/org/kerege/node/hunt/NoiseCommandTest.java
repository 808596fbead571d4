package org.kerege.node.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.Ended;

/// What keeps noise down: warning lists kept and switched, indicators tried before they are published, ages.
class NoiseCommandTest {

    @TempDir private Path folder;

    private static String indicator(int number, String pattern) {
        return """
        {"type":"indicator","spec_version":"2.1","id":"indicator--%08d-0000-4000-8000-000000000000",\
        "created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z",\
        "pattern":"%s","pattern_type":"stix","valid_from":"2024-01-01T00:00:00Z"}
        """
                .formatted(number, pattern);
    }

    @BeforeEach
    void lay() throws IOException {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < 49; i++) {
            log.append(
                    """
                    {"_path":"conn","ts":%d.0,"id.orig_h":"10.0.0.5","id.orig_p":50000,"id.resp_h":"%s","id.resp_p":443,"proto":"tcp"}
                    """
                            .formatted(
                                    1_700_000_000 + i * 3_600,
                                    i % 2 == 0 ? "203.0.113.45" : "198.51.100.7"));
        }
        Files.writeString(folder.resolve("conn.log"), log);
        Files.writeString(
                folder.resolve("indicators.json"),
                indicator(1, "[network-traffic:dst_port = 443]")
                        + indicator(2, "[ipv4-addr:value = '203.0.113.45']")
                        + indicator(3, "[ipv4-addr:value = '192.0.2.1']")
                        + indicator(4, "[email-addr:value = 'who@mail.example']"));
        Files.writeString(folder.resolve("kerege.yaml"), "data: " + folder.resolve("data") + "\n");
        Files.writeString(
                folder.resolve("ours.json"),
                """
                {"name": "Ours", "type": "cidr", "version": 2,
                 "matching_attributes": ["ip-dst"], "list": ["203.0.113.0/24"]}
                """);
        Files.writeString(
                folder.resolve("vpn-ipv4.json"),
                """
                {"name": "VPN", "type": "cidr", "version": 1,
                 "matching_attributes": ["ip-dst"], "list": ["198.51.100.0/24"]}
                """);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private Ended lists(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "warning-lists";
        all[1] = arguments[0];
        all[2] = "--settings";
        all[3] = path("kerege.yaml");
        System.arraycopy(arguments, 1, all, 4, arguments.length - 1);
        return Ended.of(all);
    }

    private Ended noise(String... more) {
        String[] all = new String[more.length + 6];
        all[0] = "noise";
        all[1] = "--settings";
        all[2] = path("kerege.yaml");
        all[3] = "--against";
        all[4] = path("conn.log");
        System.arraycopy(more, 0, all, 5, more.length);
        all[all.length - 1] = path("indicators.json");
        return Ended.of(all);
    }

    @Test
    void says_how_many_events_a_day_each_would_have_matched() {
        Ended ended = noise("--most-per-day", "20");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out().lines())
                .containsExactly(
                        "indicator--00000001-0000-4000-8000-000000000000 would have matched 25 events a day: too broad",
                        "indicator--00000002-0000-4000-8000-000000000000 would have matched 13 events a day",
                        "indicator--00000003-0000-4000-8000-000000000000 would have matched 0 events a day");
        assertThat(ended.err())
                .contains("measured on 49 events over 2.00 days")
                .contains("indicator--00000004-0000-4000-8000-000000000000 names a person");
        assertThat(noise("--json").code()).isZero();
    }

    @Test
    void keeps_lists_updates_them_and_switches_them() throws IOException {
        Ended taken = lists("import", path("ours.json"), path("vpn-ipv4.json"));
        assertThat(taken.out()).contains("added      on   ours").contains("off  vpn-ipv4");
        assertThat(lists("import", path("ours.json")).out()).startsWith("unchanged");

        assertThat(noise().out()).contains("matched 0 events a day (25 more are held back)");

        lists("off", "ours");
        assertThat(noise().out()).doesNotContain("held back");
        assertThat(lists("test", "203.0.113.9").code()).isEqualTo(1);
        assertThat(lists("test", "--all", "203.0.113.9").out()).contains("held back by ours");
        lists("on", "ours", "vpn-ipv4");
        assertThat(lists("test", "203.0.113.9", "198.51.100.1", "10.0.0.1").code()).isZero();
        assertThat(lists("list").out()).contains("on   cidr                2          1  ours");
        assertThat(lists("on", "theirs").err()).contains("there is no warning list 'theirs' here");

        Files.writeString(
                folder.resolve("ours.json"),
                Files.readString(folder.resolve("ours.json")).replace("2,", "1,"));
        assertThat(lists("import", path("ours.json")).out()).startsWith("older");
        assertThat(lists("import", path("conn.log")).code()).isEqualTo(1);
        assertThat(lists("import", path("indicators.json")).code()).isEqualTo(2);
    }

    private Ended hunt(String... more) {
        String[] all = new String[more.length + 6];
        all[0] = "hunt";
        all[1] = "--json";
        all[2] = "--settings";
        all[3] = path("kerege.yaml");
        all[4] = "--indicators=" + path("indicators.json");
        System.arraycopy(more, 0, all, 5, more.length);
        all[all.length - 1] = path("conn.log");
        return Ended.of(all);
    }

    @Test
    void a_hunt_shows_what_is_held_back_when_asked() {
        Ended shown = hunt("--known-good=" + path("ours.json"), "--held-back");

        assertThat(shown.out().lines().filter(line -> line.contains("\"held_back\":\"ours\"")))
                .hasSize(25);
        assertThat(shown.out()).contains("\"matched\":49,\"held_back\":25");
        assertThat(hunt("--known-good=" + path("ours.json")).out())
                .doesNotContain("\"held_back\":\"ours\"");
        assertThat(hunt("--known-good=" + path("ours.json"), "--known-good-except=ours").out())
                .contains("\"matched\":74,\"held_back\":0");
    }

    @Test
    void a_hunt_leaves_out_what_scores_too_low_by_its_age() {
        Ended faded = hunt("--min-score", "10");

        assertThat(faded.err()).contains("3 indicators score too low by their age");
        assertThat(faded.out()).contains("\"matched\":0");
        assertThat(hunt("--min-score", "101").code()).isEqualTo(2);
    }
}
