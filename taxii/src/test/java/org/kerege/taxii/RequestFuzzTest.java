package org.kerege.taxii;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/// What a client writes into a request: query, cursor, media types. The inputs beside the test run with every build;
/// with JAZZER_FUZZ=1 more are sought.
class RequestFuzzTest {

    private static final Cursor.Sealer SEALER = new Cursor.Sealer(new byte[32]);
    private static final Cursor SAMPLE =
            new Cursor(
                    "OBJECTS a",
                    Instant.EPOCH,
                    "7",
                    100,
                    new Parameters(
                            Instant.EPOCH,
                            null,
                            null,
                            List.of("a"),
                            List.of(),
                            List.of("all"),
                            List.of()));

    /// The first line is the query, the second the cursor, the third a media type.
    @FuzzTest(maxDuration = "5m")
    void is_read_or_refused_whatever_it_holds(byte[] input) {
        String[] lines = new String(input, StandardCharsets.ISO_8859_1).split("\n", 3);
        query(lines[0]);
        if (lines.length > 1) {
            cursor(lines[1]);
        }
        if (lines.length > 2) {
            boolean plain = MediaType.acceptsTaxii(lines[2]);
            assertThat(MediaType.acceptsTaxii(lines[2] + ",*/*")).isTrue();
            assertThat(plain || !lines[2].isBlank()).isTrue();
            boolean held = MediaType.mayHoldEnvelope(lines[2]);
            assertThat(held && lines[2].isBlank()).isFalse();
        }
    }

    private static void query(String query) {
        Parameters read;
        try {
            read = Parameters.parse(query);
        } catch (MalformedTaxii e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        Integer limit = read.limit();
        assertThat(limit == null || limit >= 1).isTrue();
        assertThat(read.ids()).hasSizeLessThanOrEqualTo(Parameters.MAX_VALUES);
        Cursor cursor = new Cursor("OBJECTS a", Instant.EPOCH, "7", 1, read);
        Cursor opened;
        try {
            opened = SEALER.open(SEALER.seal(cursor), "OBJECTS a");
        } catch (MalformedTaxii e) {
            // So many filters that no cursor can carry them.
            assertThat(query.length()).isGreaterThan(10_000);
            return;
        }
        assertThat(opened.asked().ids()).isEqualTo(read.ids());
        assertThat(opened.asked().addedAfter()).isEqualTo(read.addedAfter());
    }

    private static void cursor(String text) {
        try {
            assertThat(SEALER.seal(SEALER.open(text, "OBJECTS a"))).isEqualTo(text);
        } catch (MalformedTaxii e) {
            assertThat(text).isNotEqualTo(SEALER.seal(SAMPLE));
        }
    }
}
