package org.kerege.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogFolderTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 256, tile/0/000",
        "0, 0, 5, tile/0/000.p/5",
        "1, 67, 256, tile/1/067",
        "0, 1234067, 256, tile/0/x001/x234/067",
        "-1, 1000, 17, tile/entries/x001/000.p/17"
    })
    void a_tile_lies_where_the_specification_says(int level, long index, int width, String path) {
        assertThat(new TilePath(level, index, width)).hasToString(path);
    }

    @Test
    void seventy_thousand_entries_make_the_tiles_of_the_specification() {
        assertThat(TilePath.holding(0, 69_999, 70_000)).isEqualTo(new TilePath(0, 273, 112));
        assertThat(TilePath.holding(1, 272, 70_000)).isEqualTo(new TilePath(1, 1, 17));
        assertThat(TilePath.holding(2, 0, 70_000)).isEqualTo(new TilePath(2, 0, 1));
        assertThat(TilePath.hashesAt(3, 70_000)).isZero();
    }

    @Test
    void a_log_written_in_steps_is_read_and_proven_from_its_files(@TempDir Path folder)
            throws IOException {
        LogFolder log = new LogFolder(folder);
        SigningKey key = Samples.logKey("log.example");
        MerkleTree tree = new MerkleTree();
        List<byte[]> entries = Samples.entries(70_000);
        int from = 0;
        for (int size : new int[] {1, 255, 256, 257, 512, 66_000, 70_000}) {
            for (int i = from; i < size; i++) {
                tree.append(entries.get(i));
            }
            log.write(from, tree, entries.subList(from / 256 * 256, size));
            log.write(new Checkpoint("log.example", size, tree.root()).signedBy(key));
            from = size;
        }
        Checkpoint head = Checkpoint.parse(log.checkpoint().text());
        assertThat(log.verifiedEntries(head)).hasSize(70_000);
        assertThat(log.entries(255, 258, 70_000))
                .containsExactly(Samples.entry(255), Samples.entry(256), Samples.entry(257));
        TreeNodes tiles = log.tree(70_000);
        assertThat(tiles.inclusionProof(66_000, 70_000))
                .isEqualTo(tree.inclusionProof(66_000, 70_000));
        assertThat(tiles.consistencyProof(257, 70_000))
                .isEqualTo(tree.consistencyProof(257, 70_000));
    }

    @Test
    void a_changed_entry_or_a_cut_tile_is_named(@TempDir Path folder) throws IOException {
        LogFolder log = new LogFolder(folder);
        MerkleTree tree = Samples.tree(5);
        log.write(0, tree, Samples.entries(5));
        Checkpoint head = new Checkpoint("log.example", 5, tree.root());
        Path bundle = folder.resolve("tile/entries/000.p/5");
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[3] ^= 1;
        Files.write(bundle, bytes);
        assertThatThrownBy(() -> log.verifiedEntries(head)).isInstanceOf(MalformedLog.class);
        Files.write(bundle, new byte[] {0});
        assertThatThrownBy(() -> log.verifiedEntries(head)).isInstanceOf(MalformedLog.class);
    }
}
