package org.kerege.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.kerege.stix.BundleReader;

/// Real objects in any number: copies of one bundle, each with identifiers of its own, references among them kept. The
/// publisher and its markings stay the same in all copies, as they do in what one publisher sends.
final class Copies {

    private static final Pattern ID =
            Pattern.compile(
                    "--(\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12})");
    private static final List<String> SHARED =
            List.of("identity", "marking-definition", "extension-definition");

    private final String name;
    private final String text;
    private final List<String> pending = new ArrayList<>();
    private int copy;

    /// @param bundle a STIX 2.1 bundle, packed with gzip
    Copies(Path bundle) throws IOException {
        name = bundle.getFileName().toString();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(bundle))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// The next objects as one envelope.
    byte[] envelope(int count) throws IOException {
        while (pending.size() < count) {
            readCopy();
        }
        List<String> taken = pending.subList(0, count);
        byte[] envelope = envelope(taken);
        taken.clear();
        return envelope;
    }

    /// All objects of the next copy.
    List<String> next() throws IOException {
        pending.clear();
        readCopy();
        return List.copyOf(pending);
    }

    static byte[] envelope(List<String> objects) {
        return ("{\"objects\":[" + String.join(",", objects) + "]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void readCopy() throws IOException {
        // Bundles share some objects, which each has in another state: the copies of each are objects of its own.
        String kind = name + copy++;
        String other =
                ID.matcher(text)
                        .replaceAll(id ->
                                isShared(id.start()) ? id.group() : "--" + random(kind + id.group(1)));
        BundleReader.read(
                new ByteArrayInputStream(other.getBytes(StandardCharsets.UTF_8)),
                item -> {
                    if (item instanceof BundleReader.Item.Read(int _, var object)) {
                        pending.add(new String(object.bytes(), StandardCharsets.UTF_8));
                    }
                });
    }

    /// Whether what ends at `end` is the type of an object that all copies share.
    private boolean isShared(int end) {
        return SHARED.stream().anyMatch(type -> text.startsWith('"' + type, end - type.length() - 1));
    }

    /// A random-looking identifier of version 4 that is the same for the same name.
    private static UUID random(String name) {
        UUID hashed = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return new UUID(
                (hashed.getMostSignificantBits() & ~0xF000L) | 0x4000L,
                hashed.getLeastSignificantBits());
    }
}
