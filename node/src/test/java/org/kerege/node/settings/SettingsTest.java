package org.kerege.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([a-z.-]+)` \\|");

    @TempDir private Path folder;

    @Test
    void documents_every_key_and_no_other() throws IOException {
        String page = Files.readString(Path.of("../docs/settings.md"));

        Set<String> documented =
                DOCUMENTED
                        .matcher(page)
                        .results()
                        .map(row -> row.group(1))
                        .collect(Collectors.toSet());

        assertThat(documented).isEqualTo(Settings.KEYS);
    }

    @Test
    void takes_the_defaults_where_there_is_no_file() throws IOException {
        Settings settings = Settings.read(folder.resolve("kerege.yaml"));

        assertThat(settings.address()).isEqualTo("127.0.0.1");
        assertThat(settings.database()).isNull();
        assertThat(settings.data()).isEqualTo(folder.resolve("data"));
    }

    @Test
    void names_an_unknown_key() {
        assertThatThrownBy(() -> read("prot: 8080"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'prot'");
    }

    @Test
    void refuses_a_key_given_twice() {
        assertThatThrownBy(() -> read("port: 1\nport: 2"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takes_the_last_port_and_refuses_the_next() throws IOException {
        assertThat(read("port: 65535").port()).isEqualTo(65_535);
        assertThatThrownBy(() -> read("port: 65536")).hasMessageContaining("'port'");
    }

    @Test
    void keeps_the_database_password_out_of_its_text() throws IOException {
        Settings settings =
                read("database.url: jdbc:postgresql://db/kerege\ndatabase.password: s3cret");

        assertThat(settings.toString()).contains("jdbc:postgresql://db/kerege");
        assertThat(settings.toString()).doesNotContain("s3cret");
    }

    @Test
    void reads_feeds_with_their_files_beside_the_settings() throws IOException {
        Feed feed =
                read("""
                feeds:
                  partner:
                    pull: https://taxii.example/api/
                    collection: indicators
                    local: all
                    organisation: Partner
                    minutes: 5
                    user: us
                    password-file: secrets/partner
                """)
                        .upkeep()
                        .feeds()
                        .getFirst();

        assertThat(feed.name()).isEqualTo("partner");
        assertThat(feed.direction()).isEqualTo(Feed.Direction.PULL);
        assertThat(feed.every()).isEqualTo(Duration.ofMinutes(5));
        assertThat(feed.secret()).isEqualTo(folder.resolve("secrets/partner"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {local: all, organisation: P}                                   | either 'pull' or 'push'
                    {pull: 'https://a/', push: 'https://b/', local: a, organisation: P} | either 'pull' or 'push'
                    {pull: 'ftp://a/', local: a, organisation: P}                   | https://
                    {pull: 'https://a/', organisation: P}                           | 'local'
                    {pull: 'https://a/', local: a}                                  | 'organisation'
                    {pull: 'https://a/', local: a, organisation: P, minutes: 0}     | 'minutes'
                    {pull: 'https://a/', local: a, organisation: P, colour: red}    | 'colour'
                    {pull: 'https://a/', local: a, organisation: P, user: u}        | 'password-file'
                    """)
    void refuses_a_feed_that_cannot_run_and_names_it(String feed, String rule) {
        assertThatThrownBy(() -> read("feeds: {partner: " + feed + "}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'partner'")
                .hasMessageContaining(rule);
    }

    @Test
    void keeps_statuses_a_month_and_versions_for_ever_unless_told_otherwise() throws IOException {
        assertThat(read("").upkeep()).isEqualTo(Upkeep.DEFAULT);
        assertThat(read("retention.superseded-days: 90\nretention.status-days: 7").upkeep())
                .isEqualTo(
                        new Upkeep(
                                List.of(),
                                null,
                                Duration.ofDays(7),
                                Duration.ofDays(90),
                                Hunting.NONE));
    }

    @Test
    void hunts_nothing_by_itself_unless_told_to() throws IOException {
        assertThat(read("").upkeep().hunting()).isEqualTo(Hunting.NONE);
    }

    @Test
    void reads_where_events_come_from() throws IOException {
        Hunting hunting =
                read("""
                hunt.keep-days: 14
                hunt.mappings: [own.map]
                hunt.sources:
                  zeek: {files: 'zeek/*.log'}
                  edge: {syslog: '0.0.0.0:6514', certificate: c.pem, key: k.pem}
                  bus: {kafka: 'k1:9092,k2:9092', topic: events}
                """)
                        .upkeep()
                        .hunting();

        assertThat(hunting.keep()).isEqualTo(Duration.ofDays(14));
        assertThat(hunting.mappings()).containsExactly(folder.resolve("own.map"));
        assertThat(hunting.sources())
                .containsExactly(
                        new LogSource(
                                "zeek",
                                new LogSource.Kind.Files(folder.resolve("zeek/*.log").toString())),
                        new LogSource(
                                "edge",
                                new LogSource.Kind.Syslog(
                                        "0.0.0.0",
                                        6514,
                                        folder.resolve("c.pem"),
                                        folder.resolve("k.pem"))),
                        new LogSource(
                                "bus",
                                new LogSource.Kind.Kafka("k1:9092,k2:9092", "events", "kerege")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {}                                          | one of the keys
                    {files: a, syslog: 'h:1'}                   | one of the keys
                    {files: a, colour: red}                     | 'colour'
                    {syslog: 'h'}                               | ADDRESS:PORT
                    {syslog: 'h:65536'}                         | ADDRESS:PORT
                    {syslog: 'h:1', key: k}                     | 'certificate'
                    {kafka: 'h:9092'}                           | 'topic'
                    """)
    void refuses_a_source_that_cannot_be_read_and_names_it(String source, String rule) {
        assertThatThrownBy(() -> read("hunt.sources: {edge: " + source + "}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'edge'")
                .hasMessageContaining(rule);
    }

    private Settings read(String yaml) throws IOException {
        return Settings.read(Files.writeString(folder.resolve("kerege.yaml"), yaml));
    }
}
