package org.kerege.node.peers;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerege.node.agreement.SignedObject;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.kerege.tlog.SigningKey;
import org.kerege.tlog.VerifierKey;
import tools.jackson.databind.node.ObjectNode;

/// The content of a bundle on its way into parts: records of a kind, a length and bytes, encrypted to the recipient.
/// `H` a JSON of where mail stands, `M` an object of the mail, `C` the alias of the collection of what follows, `O` an
/// object, `E` a JSON of what there was.
final class BundleWriter implements AutoCloseable {

    private final Path sealed;
    private final MessageDigest digest = sha256();
    private final OutputStream file;
    private final DataOutputStream records;

    /// @param sealed file for the encrypted content, which is gone when this is closed
    BundleWriter(Path sealed, VerifierKey recipient) throws IOException {
        this.sealed = sealed;
        this.file = new DigestOutputStream(Files.newOutputStream(sealed), digest);
        this.records =
                new DataOutputStream(
                        new BufferedOutputStream(
                                Sealing.to(recipient, new BufferedOutputStream(file, 1 << 16)),
                                1 << 16));
    }

    void record(char kind, byte[] bytes) throws IOException {
        records.writeByte(kind);
        records.writeInt(bytes.length);
        records.write(bytes);
    }

    void record(char kind, String text) throws IOException {
        record(kind, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Ends the content.
    ///
    /// @return its digest, hexadecimal
    String finish() throws IOException {
        records.close();
        file.close();
        return HexFormat.of().formatHex(digest.digest());
    }

    /// What the parts of one bundle have in common.
    record Chain(
            UUID agreement, StixId to, long number, @Nullable String previous, String digest) {}

    /// Writes the parts, each as its length in 8 bytes and then itself.
    ///
    /// @param most most bytes of content in one part
    void writeParts(
            Chain chain, long most, SigningKey key, StixId own, Instant at, OutputStream out)
            throws IOException {
        long size = Files.size(sealed);
        int parts = (int) Math.max(1, (size + most - 1) / most);
        if (parts > BundlePart.MOST_PARTS) {
            throw new IllegalArgumentException(
                    "a bundle has at most " + BundlePart.MOST_PARTS + " parts; let each be larger");
        }
        List<String> slices = new ArrayList<>();
        try (InputStream in = Files.newInputStream(sealed)) {
            for (int i = 0; i < parts; i++) {
                MessageDigest slice = sha256();
                DigestInputStream digesting = new DigestInputStream(in, slice);
                skip(digesting, Math.min(most, size - i * most));
                slices.add(HexFormat.of().formatHex(slice.digest()));
            }
        }
        DataOutputStream framed = new DataOutputStream(out);
        try (InputStream in = Files.newInputStream(sealed)) {
            for (int i = 0; i < parts; i++) {
                long bytes = Math.min(most, size - i * most);
                byte[] head = part(chain, i, slices, bytes, key, own, at).head();
                framed.writeLong(head.length + bytes);
                framed.write(head);
                copy(in, framed, bytes);
            }
        }
        framed.flush();
    }

    private static BundlePart part(
            Chain chain,
            int index,
            List<String> slices,
            long bytes,
            SigningKey key,
            StixId own,
            Instant at) {
        ObjectNode content =
                Json.mapper()
                        .createObjectNode()
                        .put("agreement", chain.agreement().toString())
                        .put("to", chain.to().toString())
                        .put("number", chain.number());
        Views.putText(content, "previous", chain.previous());
        content.put("digest", chain.digest())
                .put("part", index + 1)
                .put("parts", slices.size())
                .put("slice", slices.get(index))
                .put("bytes", bytes);
        return BundlePart.read(
                SignedObject.sign(key, SignedObject.newId(BundlePart.TYPE), own, at, at, content));
    }

    private static void skip(InputStream in, long bytes) throws IOException {
        copy(in, OutputStream.nullOutputStream(), bytes);
    }

    /// Copies exactly so many bytes.
    static void copy(InputStream in, OutputStream out, long bytes) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long left = bytes;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                throw new EOFException("the content is cut off");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
        Files.deleteIfExists(sealed);
    }
}
