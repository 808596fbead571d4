package org.kerege.node.peers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerege.node.agreement.SignedObject;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixId;
import tools.jackson.databind.node.ObjectNode;

/// The head of one part of a bundle, as it stands at the beginning of its file, signed: whose bundle it is, for whom,
/// its place in the chain, and which piece of the encrypted content follows.
///
/// @param previous digest of the bundle before it; null where this one begins anew with everything
/// @param digest SHA-256 of the whole encrypted content, hexadecimal
/// @param sliceDigest SHA-256 of the piece that follows
/// @param bytes length of that piece
record BundlePart(
        SignedObject source,
        UUID agreement,
        StixId to,
        long number,
        @Nullable String previous,
        String digest,
        int part,
        int parts,
        String sliceDigest,
        long bytes) {

    static final String TYPE = "peer-bundle";

    /// Most parts of a bundle.
    static final int MOST_PARTS = 10_000;

    private static final byte[] MAGIC = "KEREGE-BUNDLE 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_HEAD = 64 << 10;

    static BundlePart read(SignedObject source) {
        ObjectNode json = source.json();
        BundlePart part =
                new BundlePart(
                        source,
                        uuid(source.text("agreement")),
                        StixId.parse(source.text("to")),
                        json.path("number").asLong(0),
                        source.optionalText("previous"),
                        source.text("digest"),
                        json.path("part").asInt(0),
                        json.path("parts").asInt(0),
                        source.text("slice"),
                        json.path("bytes").asLong(-1));
        boolean inRange =
                part.number() >= 1
                        && part.parts() >= 1
                        && part.parts() <= MOST_PARTS
                        && part.part() >= 1
                        && part.part() <= part.parts()
                        && part.bytes() >= 0;
        if (!inRange) {
            throw new MalformedStix("/part", "counts from 1 within 'parts'", "does not");
        }
        return part;
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedStix("/agreement", "a UUID", "is " + text);
        }
    }

    /// What stands before the piece.
    byte[] head() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(MAGIC);
        out.writeBytes(source.bytes());
        out.write('\n');
        return out.toByteArray();
    }

    /// Reads the head of a part, up to the first byte of its piece.
    ///
    /// @throws BundleRefused when it is none
    static BundlePart read(InputStream in) throws IOException {
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
            throw new BundleRefused("changed", "this is no part of a bundle");
        }
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0 || head.size() == MAX_HEAD) {
                throw new BundleRefused("changed", "the head of a part does not end");
            }
            head.write(one);
        }
        try {
            return read(SignedObject.read(head.toByteArray(), Set.of(TYPE)));
        } catch (MalformedStix e) {
            throw new BundleRefused("changed", "the head of a part: " + e.getMessage());
        }
    }

    /// Reads the head of a part in a file.
    static BundlePart in(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in);
        }
    }
}
