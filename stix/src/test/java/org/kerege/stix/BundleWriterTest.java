package org.kerege.stix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BundleWriterTest {

    private static final UUID ID = UUID.fromString("6ba7b810-9dad-41d1-80b4-00c04fd430c8");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void objects_leave_with_the_bytes_they_came_in() throws IOException {
        StixObject mutex =
                StixObject.read(
                        "{ \"name\" : \"\\u0041\", \"type\":\"mutex\",\"id\":\"mutex--eba44954-d4e4-5d3b-814c-2b17dd8de300\" }"
                                .getBytes(StandardCharsets.UTF_8));

        try (BundleWriter bundle = new BundleWriter(out, ID)) {
            bundle.add(mutex);
            bundle.add(mutex);
        }

        List<byte[]> read = new ArrayList<>();
        BundleReader.readEnvelope(
                new ByteArrayInputStream(out.toByteArray()),
                item -> read.add(((BundleReader.Item.Read) item).object().bytes()));
        assertThat(read).containsExactly(mutex.bytes(), mutex.bytes());
    }

    @Test
    void a_bundle_without_objects_has_no_empty_list() throws IOException {
        new BundleWriter(out, ID).close();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"type\":\"bundle\",\"id\":\"bundle--" + ID + "\"}\n");
    }
}
