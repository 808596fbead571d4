package org.kerege.stix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleReaderTest {

    private static final String FIRST =
            "{\"type\" : \"url\", \"id\":\"url--c1477287-23ac-5971-a010-5c287877fa60\", \"value\":\"a,]}{[\\\"\"}";
    private static final String SECOND =
            "{\"id\":\"mutex--eba44954-d4e4-5d3b-814c-2b17dd8de300\",\"type\":\"mutex\",\"name\":\"objects\"}";

    private final List<BundleReader.Item> items = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"bundle\",\"id\":\"bundle--x\",\"objects\":[%s, %s]}",
                "{\"objects\":[%s,%s],\"more\":false,\"next\":\"[{\"}",
                " [ %s\n,\n%s ] ",
                "%s\n%s\n",
                "\u00ef\u00bb\u00bf%s%s"
            })
    void hands_out_each_object_with_its_bytes_as_received(String frame) throws IOException {
        read(frame.formatted(FIRST, SECOND));

        assertThat(texts()).containsExactly(FIRST, SECOND);
    }

    @Test
    void refuses_one_bad_object_and_reads_its_neighbours() throws IOException {
        read("[" + FIRST + ",{\"type\":\"mutex\"},7,\"x\",null," + SECOND + "]");

        assertThat(texts()).containsExactly(FIRST, SECOND);
        assertThat(items).filteredOn(item -> item instanceof BundleReader.Item.Refused).hasSize(4);
        assertThat(items).extracting(BundleReader.Item::index).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void hands_out_what_came_before_the_document_breaks_off() {
        assertThatThrownBy(() -> read("{\"objects\":[" + FIRST + "," + SECOND.substring(0, 20)))
                .isInstanceOf(MalformedStix.class)
                .hasMessageContaining("ends in the middle");

        assertThat(texts()).containsExactly(FIRST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "x", "{\"a\" 1}", "{1:2}", "[[", "{\"objects\":["})
    void refuses_what_is_no_document(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(MalformedStix.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"mutex\",\"type\":\"mutex\",\"id\":\"mutex--eba44954-d4e4-5d3b-814c-2b17dd8de300\"}",
                "{\"type\":\"mutex\",\"id\":\"url--eba44954-d4e4-5d3b-814c-2b17dd8de300\"}",
                "{\"type\":\"mutex\",\"id\":\"mutex--eba44954-d4e4-5d3b-814c-2b17dd8de300\",\"n\":\"\\ud800\"}",
                "{\"type\":\"mutex\",\"id\":\"mutex--eba44954-d4e4-5d3b-814c-2b17dd8de300\",}"
            })
    void refuses_an_object_that_two_readers_could_read_differently(String object)
            throws IOException {
        read(object);

        assertThat(items).singleElement().isInstanceOf(BundleReader.Item.Refused.class);
    }

    @Test
    void refuses_bytes_that_are_not_utf_8() throws IOException {
        byte[] latin = SECOND.replace("objects", "\u00e9").getBytes(StandardCharsets.ISO_8859_1);

        BundleReader.read(new ByteArrayInputStream(latin), items::add);

        assertThat(items).singleElement().isInstanceOf(BundleReader.Item.Refused.class);
    }

    @Test
    void refuses_a_hundred_thousand_nested_arrays_without_recursion() throws IOException {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        read("[" + SECOND.replace("\"objects\"", deep) + "," + FIRST + "]");

        assertThat(items.getFirst()).isInstanceOf(BundleReader.Item.Refused.class);
        assertThat(texts()).containsExactly(FIRST);
    }

    @Test
    void keeps_no_more_of_an_oversized_object_than_its_limit() throws IOException {
        InputStream document =
                new ByteArrayInputStream(
                        ("[" + SECOND + "," + FIRST + "]").getBytes(StandardCharsets.UTF_8));

        BundleReader.read(document, SECOND.length(), items::add);

        assertThat(items.getFirst()).isInstanceOf(BundleReader.Item.Read.class);
        assertThat(items.getLast())
                .isInstanceOfSatisfying(
                        BundleReader.Item.Refused.class,
                        refused -> assertThat(refused.why()).hasMessageContaining("larger than"));
    }

    @Test
    void reads_over_a_string_of_a_gigabyte_in_bounded_memory() throws IOException {
        String head = "[{\"type\":\"mutex\",\"name\":\"";
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        BundleReader.read(
                new SequenceInputStream(
                        Collections.enumeration(
                                List.of(
                                        ascii(head),
                                        new Endless(1L << 30),
                                        ascii("\"}," + FIRST + "]")))),
                1 << 20,
                items::add);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(32L << 20);
        assertThat(items.getFirst()).isInstanceOf(BundleReader.Item.Refused.class);
        assertThat(texts()).containsExactly(FIRST);
    }

    private static InputStream ascii(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    /// So many letters.
    private static final class Endless extends InputStream {

        private long left;

        Endless(long length) {
            left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'a' : -1;
        }

        @Override
        public int read(byte[] into, int from, int count) {
            if (left <= 0) {
                return -1;
            }
            int taken = (int) Math.min(count, left);
            Arrays.fill(into, from, from + taken, (byte) 'a');
            left -= taken;
            return taken;
        }
    }

    private void read(String text) throws IOException {
        byte[] bytes =
                text.startsWith("\u00ef")
                        ? text.getBytes(StandardCharsets.ISO_8859_1)
                        : text.getBytes(StandardCharsets.UTF_8);
        BundleReader.read(new ByteArrayInputStream(bytes), items::add);
    }

    private List<String> texts() {
        return items.stream()
                .filter(BundleReader.Item.Read.class::isInstance)
                .map(item ->
                        new String(
                                ((BundleReader.Item.Read) item).object().bytes(),
                                StandardCharsets.UTF_8))
                .toList();
    }
}
