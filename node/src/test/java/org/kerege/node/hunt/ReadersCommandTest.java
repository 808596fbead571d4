package org.kerege.node.hunt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.command.ExitCode;
import picocli.CommandLine;

class ReadersCommandTest {

    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();

    private int run(Object... arguments) {
        return new CommandLine(new ReadersCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .setExitCodeExceptionMapper(ExitCode::of)
                .setExecutionExceptionHandler(ExitCode::report)
                .execute(
                        java.util.stream.Stream.of(arguments)
                                .map(String::valueOf)
                                .toArray(String[]::new));
    }

    private Path log(String text) throws IOException {
        return Files.writeString(folder.resolve("log"), text);
    }

    @Test
    void shows_values_by_path_and_counts_by_kind() throws IOException {
        Path log =
                log(
                        "{\"_path\":\"conn\",\"ts\":1,\"id.orig_h\":\"192.0.2.1\",\"sensor\":\"gate\"}\n");

        assertThat(run("test", log)).isZero();
        assertThat(out.toString())
                .contains(
                        "line 1  zeek-conn  1970-01-01T00:00:01Z  on gate",
                        "    network-traffic:src_ref.value = 192.0.2.1",
                        "         1  zeek-conn");
    }

    @Test
    void names_lines_that_cannot_be_read_with_the_reason() throws IOException {
        assertThat(run("test", log("{\"_path\":\"conn\"}\n{\n{\"x\":1}\n")))
                .isEqualTo(ExitCode.NEGATIVE);
        assertThat(out.toString())
                .contains(
                        "line 2  cannot be read: no JSON",
                        "line 3  of a kind that no mapping fits");
    }

    @Test
    void reads_a_table_by_its_columns() throws IOException {
        assertThat(
                        run(
                                "test",
                                "--columns",
                                "time=when,ipv4-addr:value=from",
                                log("when,from\n2024-05-01T10:00:00Z,192.0.2.1\n")))
                .isZero();
        assertThat(out.toString()).contains("ipv4-addr:value = 192.0.2.1");
    }

    @Test
    void refuses_a_mapping_in_a_circle() throws IOException {
        Path mapping =
                Files.writeString(
                        folder.resolve("own.map"),
                        "when x y\ntime t\na process parent_ref @b\nb process parent_ref @a\n");

        assertThat(run("test", "--mapping", mapping, log("{}\n"))).isEqualTo(ExitCode.USAGE);
        assertThat(out.toString()).contains("refers to itself");
    }

    @Test
    void says_when_there_is_no_such_file() {
        assertThat(run("test", folder.resolve("none"))).isEqualTo(ExitCode.USAGE);
    }
}
