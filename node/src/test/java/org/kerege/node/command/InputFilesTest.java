package org.kerege.node.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.stix.MalformedStix;

class InputFilesTest {

    @TempDir private Path folder;

    private Path gzip(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content);
        }
        return file;
    }

    @Test
    void reads_a_file_alike_plain_and_packed_whatever_its_name() throws IOException {
        byte[] content = "{\"type\":\"bundle\"}".getBytes(StandardCharsets.UTF_8);
        Path plain = Files.write(folder.resolve("plain.gz"), content);
        for (Path file : new Path[] {plain, gzip("packed.json", content)}) {
            try (InputStream in = InputFiles.open(file)) {
                assertThat(in.readAllBytes()).isEqualTo(content);
            }
        }
    }

    @Test
    void refuses_what_unpacks_to_far_more_than_text_does() throws IOException {
        Path bomb = gzip("bomb.gz", new byte[4 << 20]);
        try (InputStream in = InputFiles.open(bomb)) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(MalformedStix.class);
        }
    }

    @Test
    void opens_only_files() {
        assertThatThrownBy(() -> InputFiles.open(folder)).isInstanceOf(NoSuchFileException.class);
    }
}
