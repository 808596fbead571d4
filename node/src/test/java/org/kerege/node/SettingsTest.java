package org.kerege.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    private Settings read(String yaml) throws IOException {
        return Settings.read(Files.writeString(folder.resolve("kerege.yaml"), yaml));
    }
}
