package org.kerege.taxii.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class EnvelopeFrameTest {

    private static EnvelopeFrame seen(String json) throws IOException {
        EnvelopeFrame frame = new EnvelopeFrame(new ByteArrayInputStream(json.getBytes(UTF_8)));
        frame.transferTo(OutputStream.nullOutputStream());
        return frame;
    }

    @Test
    void notes_members_before_and_after_the_objects() throws IOException {
        EnvelopeFrame frame =
                seen(
                        "{ \"more\" : true, \"objects\":[{\"next\":\"inner\"}] , \"next\" :\"a\\\"b,}\" }");

        assertThat(frame.text("more")).isEqualTo("true");
        assertThat(frame.text("next")).isEqualTo("a\"b,}");
        assertThat(frame.has("objects")).isTrue();
        assertThat(frame.isWhole()).isTrue();
    }

    @Test
    void takes_nothing_from_inside_the_objects() throws IOException {
        EnvelopeFrame frame = seen("{\"objects\":[{\"more\":true,\"next\":\"x\"}]}");

        assertThat(frame.text("more")).isNull();
        assertThat(frame.text("next")).isNull();
    }

    @Test
    void reads_names_and_values_that_are_written_with_escapes() throws IOException {
        assertThat(seen("{\"n\\u0065xt\":\"\\u0438\"}").text("next")).isEqualTo("и");
    }

    @Test
    void a_number_as_cursor_is_taken_as_text() throws IOException {
        assertThat(seen("{\"next\":17}").text("next")).isEqualTo("17");
    }

    @Test
    void null_and_lists_are_no_scalars() throws IOException {
        assertThat(seen("{\"next\":null}").text("next")).isNull();
        assertThat(seen("{\"next\":[\"x\"]}").text("next")).isNull();
    }

    @Test
    void a_document_that_ends_early_is_not_whole() throws IOException {
        assertThat(seen("{\"more\":false").isWhole()).isFalse();
        assertThat(seen("[]").isWhole()).isFalse();
        assertThat(seen("<html>{}</html>").isWhole()).isFalse();
    }
}
