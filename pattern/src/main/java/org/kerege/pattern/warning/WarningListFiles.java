package org.kerege.pattern.warning;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.kerege.stix.MalformedStix;

/// Warning lists as they are handed round: files `NAME.json`, plain or packed by gzip, or folders `NAME` with a
/// `list.json`.
public final class WarningListFiles {

    /// Most bytes of one list, unpacked.
    public static final int MOST_BYTES = 256 << 20;

    private WarningListFiles() {}

    /// Reads files, or every list below a folder.
    ///
    /// @return the lists by their short names, ascending
    /// @throws MalformedStix when a file is no warning list
    public static Map<String, WarningList> read(List<Path> places) throws IOException {
        Map<String, WarningList> lists = new TreeMap<>();
        for (Path place : places) {
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.filter(WarningListFiles::isList).sorted().toList()) {
                    lists.put(name(file), WarningList.read(bytes(file), file.toString()));
                }
            }
        }
        return lists;
    }

    private static boolean isList(Path file) {
        String name = file.toString();
        return Files.isRegularFile(file) && (name.endsWith(".json") || name.endsWith(".json.gz"));
    }

    /// The short name of the list in a file.
    static String name(Path file) {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.json(\\.gz)?$", "");
        Path folder = file.toAbsolutePath().getParent();
        return name.equals("list") && folder != null && folder.getFileName() != null
                ? folder.getFileName().toString()
                : name;
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new MalformedStix(
                        "",
                        "a warning list has at most " + MOST_BYTES + " bytes",
                        file + " is too large");
            }
            return bytes;
        }
    }
}
