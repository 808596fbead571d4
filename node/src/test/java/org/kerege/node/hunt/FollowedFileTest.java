package org.kerege.node.hunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens to the file while it is waited for is a list of deeds, one each time; then the waiting is interrupted.
class FollowedFileTest {

    private interface Deed {
        void happens() throws IOException;
    }

    @TempDir private Path folder;
    private Path file = Path.of("log");
    private final Deque<Deed> deeds = new ArrayDeque<>();

    @BeforeEach
    void a_file_is_there() throws IOException {
        file = Files.writeString(folder.resolve("log"), "one\n");
    }

    private void rest() throws InterruptedException {
        Deed next = deeds.poll();
        if (next == null) {
            throw new InterruptedException();
        }
        try {
            next.happens();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    private String all() throws IOException {
        try (InputStream in = new FollowedFile(file, this::rest)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void what_is_added_is_read() throws IOException {
        StringBuilder read = new StringBuilder();
        deeds.add(() -> append("two\n"));
        deeds.add(() -> {});
        deeds.add(() -> append("three\n"));

        try (InputStream in = new FollowedFile(file, this::rest)) {
            for (int i = 0; i < "one\ntwo\nthree\n".length(); i++) {
                read.append((char) in.read());
            }
            assertThat(read).hasToString("one\ntwo\nthree\n");
            assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(in::read);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void ends_when_another_file_has_taken_the_name_and_all_of_the_old_one_is_read()
            throws IOException {
        deeds.add(() -> {
            append("last\n");
            Files.move(file, folder.resolve("log.1"));
        });
        deeds.add(() -> Files.writeString(file, "new\n"));

        assertThat(all()).isEqualTo("one\nlast\n");
        assertThat(Files.readString(file)).isEqualTo("new\n");
    }

    @Test
    void ends_when_the_file_is_cut() throws IOException {
        deeds.add(() -> Files.writeString(file, ""));

        assertThat(all()).isEqualTo("one\n");
    }
}
