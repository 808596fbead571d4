package org.kerege.node.hunt.standing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FramesTest {

    private static String lines(String stream) throws IOException {
        return new String(
                new Frames(new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8)))
                        .readAllBytes(),
                StandardCharsets.UTF_8);
    }

    @Test
    void takes_messages_by_their_length_and_by_line_feeds_on_one_connection() throws IOException {
        assertThat(lines("7 <13>1 a8 <13>1 bc<13>Oct 1 d\n\n9 <13>1 e\nf"))
                .isEqualTo("<13>1 a\n<13>1 bc\n<13>Oct 1 d\n<13>1 e f\n");
    }

    @Test
    void takes_the_last_message_without_a_line_feed() throws IOException {
        assertThat(lines("<13>1 a")).isEqualTo("<13>1 a\n");
    }

    @Test
    void gives_out_json_that_a_message_carries() throws IOException {
        assertThat(
                        lines(
                                """
                                <134>1 2026-03-01T10:00:00Z sensor zeek - - - {"_path":"conn","a":{"b":1}}
                                <134>Mar  1 10:00:00 sensor zeek: {"_path":"dns"}
                                <134>1 2026-03-01T10:00:00Z h p - - [x y="{"] text}
                                """))
                .isEqualTo(
                        """
                        {"_path":"conn","a":{"b":1}}
                        {"_path":"dns"}
                        <134>1 2026-03-01T10:00:00Z h p - - [x y="{"] text}
                        """);
    }

    @Test
    void refuses_what_is_no_frame_and_what_is_too_long() {
        assertThatThrownBy(() -> lines("12x")).hasMessageContaining("its length");
        assertThatThrownBy(() -> lines("99999999 ")).hasMessageContaining("its length");
        assertThatThrownBy(() -> lines("1048577 ")).hasMessageContaining("1048576 bytes");
        assertThatThrownBy(() -> lines("<13>" + "x".repeat(Frames.MAX_BYTES)))
                .hasMessageContaining("1048576 bytes");
    }
}
