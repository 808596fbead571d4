package org.kerege.stix;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// The published STIX content that lies beside the checkout; tests that need it are skipped where it is absent.
public final class SharedContent {

    private static final Path FOLDER = Path.of("../../shared/data/stix");

    private SharedContent() {}

    /// A folder of it.
    public static Path folder(String name) {
        assumeTrue(
                Files.isDirectory(FOLDER),
                FOLDER + " is not here: the shared content lies beside the checkout");
        return FOLDER.resolve(name);
    }

    /// Every JSON file below a folder, sorted.
    public static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().matches(".*\\.(nd)?jsonl?(\\.gz)?"))
                    .sorted()
                    .toList();
        }
    }

    public static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    }

    /// Reads a file whole.
    public static List<BundleReader.Item> read(Path file) throws IOException {
        List<BundleReader.Item> items = new ArrayList<>();
        try (InputStream in = open(file)) {
            BundleReader.read(in, items::add);
        }
        return items;
    }

    /// The objects of a file that can be read.
    public static List<StixObject> objects(Path file) throws IOException {
        List<StixObject> objects = new ArrayList<>();
        for (BundleReader.Item item : read(file)) {
            if (item instanceof BundleReader.Item.Read read) {
                objects.add(read.object());
            }
        }
        return objects;
    }
}
