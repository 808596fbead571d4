package org.kerege.stix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kerege.stix.BundleReader.Item;

/// All published content beside the checkout, whatever it is.
class PublishedContentTest {

    private static final List<String> FOLDERS =
            List.of("attack", "examples", "identities", "idioms", "indicators");

    @Test
    void every_published_object_is_read_and_its_canonical_form_is_stable() throws IOException {
        List<String> refused = new ArrayList<>();
        int read = 0;
        for (String folder : FOLDERS) {
            for (Path file : SharedContent.files(SharedContent.folder(folder))) {
                for (Item item : SharedContent.read(file)) {
                    switch (item) {
                        case Item.Refused(int index, MalformedStix why) ->
                                refused.add(file + " " + index + ": " + why.getMessage());
                        case Item.Read(int _, StixObject object) -> {
                            byte[] canonical = CanonicalJson.write(object.json());
                            StixObject again = StixObject.read(canonical);
                            assertThat(CanonicalJson.write(again.json())).isEqualTo(canonical);
                            read++;
                        }
                    }
                }
            }
        }

        assertThat(refused).isEmpty();
        assertThat(read).isGreaterThan(50_000);
    }

    @Test
    void a_bundle_of_published_objects_gives_back_the_same_bytes() throws IOException {
        for (Path file : SharedContent.files(SharedContent.folder("examples"))) {
            List<StixObject> objects = SharedContent.objects(file);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (BundleWriter bundle = new BundleWriter(out, new UUID(0, 0))) {
                for (StixObject object : objects) {
                    bundle.add(object);
                }
            }
            List<byte[]> again = new ArrayList<>();
            BundleReader.read(
                    new ByteArrayInputStream(out.toByteArray()),
                    item -> again.add(((Item.Read) item).object().bytes()));

            assertThat(again)
                    .containsExactly(
                            objects.stream().map(StixObject::bytes).toArray(byte[][]::new));
        }
    }
}
