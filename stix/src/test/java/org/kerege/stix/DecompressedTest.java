package org.kerege.stix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecompressedTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "{}", "{\"objects\":[]}"})
    void passes_plain_and_packed_text_alike(String text) throws IOException {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);

        assertThat(opened(plain, 100).readAllBytes()).isEqualTo(plain);
        assertThat(opened(packed(plain), 100).readAllBytes()).isEqualTo(plain);
    }

    @Test
    void ends_a_document_that_is_larger_than_agreed() throws IOException {
        byte[] plain = new byte[1_001];
        new Random(1).nextBytes(plain);

        assertThat(opened(packed(plain), 1_001).readAllBytes()).isEqualTo(plain);
        try (InputStream in = opened(packed(plain), 1_000)) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(MalformedStix.class)
                    .hasMessageContaining("1000 bytes");
        }
    }

    @Test
    void ends_a_bomb_long_before_it_is_unpacked() throws IOException {
        try (InputStream in = opened(packed(new byte[64 << 20]), Long.MAX_VALUE)) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(MalformedStix.class)
                    .hasMessageContaining("unpack");
        }
    }

    @Test
    void a_packed_stream_that_breaks_off_is_an_error_of_the_stream() throws IOException {
        byte[] whole = packed("{}".repeat(100).getBytes(StandardCharsets.UTF_8));
        byte[] cut = Arrays.copyOf(whole, whole.length - 9);

        try (InputStream in = opened(cut, 1_000)) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    private static InputStream opened(byte[] bytes, long maxBytes) throws IOException {
        return Decompressed.of(new ByteArrayInputStream(bytes), maxBytes);
    }

    private static byte[] packed(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }
}
