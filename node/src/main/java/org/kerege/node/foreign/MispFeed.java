package org.kerege.node.foreign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A folder as MISP publishes a feed: `manifest.json` with the events by their identifiers, a file for each event, and
/// `hashes.csv` with the MD5 of each value and its event.
final class MispFeed {

    static final String MANIFEST = "manifest.json";
    private static final String HASHES = "hashes.csv";
    private static final int MOST_BYTES = 256 << 20;
    private static final Pattern UUID =
            Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final Path folder;
    private final Conversion into;

    MispFeed(Path folder, Conversion into) {
        this.folder = folder;
        this.into = into;
    }

    static boolean isOne(Path folder) {
        return Files.isRegularFile(folder.resolve(MANIFEST));
    }

    /// The files of the events that the manifest names, in its order. An event without a file is refused, a file that
    /// the manifest does not name too.
    ///
    /// @throws IllegalArgumentException when the manifest is none
    List<Path> events() throws IOException {
        JsonNode manifest;
        try (InputStream in = Files.newInputStream(folder.resolve(MANIFEST))) {
            manifest = Json.mapper().readTree(in.readNBytes(MOST_BYTES));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    folder.resolve(MANIFEST) + " is no JSON: " + Json.reason(e), e);
        }
        if (!manifest.isObject()) {
            throw new IllegalArgumentException(folder.resolve(MANIFEST) + " names no events");
        }
        List<Path> files = new ArrayList<>();
        Set<Path> named = new HashSet<>();
        for (Map.Entry<String, JsonNode> event : manifest.properties()) {
            Path file = folder.resolve(event.getKey() + ".json");
            if (!UUID.matcher(event.getKey()).matches() || !Files.isRegularFile(file)) {
                into.refuse(
                        folder.resolve(MANIFEST).toString(),
                        "an event of the manifest has no file");
            } else {
                files.add(file);
                named.add(file);
            }
        }
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(file -> UUID.matcher(name(file)).matches() && !named.contains(file))
                    .sorted()
                    .forEach(file ->
                            into.refuse(file.toString(), "the manifest does not name this event"));
        }
        return files;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.json$", "");
    }

    /// The values of which `hashes.csv` has the MD5; null where there is no such file.
    @Nullable Set<String> hashes() throws IOException {
        Path file = folder.resolve(HASHES);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new IllegalArgumentException(file + " is larger than " + MOST_BYTES + " bytes");
        }
        Set<String> hashes = new HashSet<>();
        try (Stream<String> lines = Files.lines(file)) {
            lines.forEach(line -> {
                int comma = line.indexOf(',');
                hashes.add(comma < 0 ? line : line.substring(0, comma));
            });
        }
        return hashes;
    }

    /// As `hashes.csv` names a value. MD5 tells values apart here and protects nothing.
    static String md5(String value) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("MD5")
                                    .digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
