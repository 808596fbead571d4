package org.kerege.tlog;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// What the tests of the log share: keys, small trees, and where the logs made by others lie.
final class Samples {

    static final SecureRandom RANDOM = new SecureRandom();

    private Samples() {}

    static SigningKey logKey(String name) {
        return SigningKey.generate(name, KeyType.LOG, RANDOM);
    }

    static SigningKey witnessKey(String name) {
        return SigningKey.generate(name, KeyType.COSIGNATURE, RANDOM);
    }

    static byte[] entry(long number) {
        return ("entry " + number).getBytes(StandardCharsets.UTF_8);
    }

    static List<byte[]> entries(int size) {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            entries.add(entry(i));
        }
        return entries;
    }

    static MerkleTree tree(int size) {
        MerkleTree tree = new MerkleTree();
        entries(size).forEach(tree::append);
        return tree;
    }

    /// The data of other logs; the test is skipped where the shared folder is absent.
    static Path sharedLogs() {
        Path folder = Path.of("../../shared/data/tlog");
        Assumptions.assumeTrue(
                Files.isDirectory(folder), "logs of others are absent: ../shared/data/tlog");
        return folder;
    }
}
