package org.kerege.taxii;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Where the next page begins and what was asked for: all the state that paging has, sealed by the server and kept
/// by the client. A page asked for with the cursor alone is therefore the same as one that repeats the filters.
/// Source: TAXII 2.1 §3.5, property `next`.
///
/// @param scope what the cursor was made for, such as a collection and resource; it serves no other
/// @param dateAdded of the last object handed out
/// @param last what tells the same from others of that date, in words that its reader knows: a cursor is read by
///     whoever decodes it
/// @param limit of the page before
/// @param asked the filters
public record Cursor(String scope, Instant dateAdded, String last, int limit, Parameters asked) {

    private static final int SEAL_BYTES = 16;
    private static final int MAX_CHARS = 90_000;

    /// Seals and opens cursors with one key. Safe for several threads.
    public static final class Sealer {

        private final SecretKeySpec key;

        /// @param key at least 16 secret bytes
        public Sealer(byte[] key) {
            this.key = new SecretKeySpec(key, "HmacSHA256");
        }

        public String seal(Cursor cursor) {
            byte[] body = cursor.write();
            byte[] sealed = Arrays.copyOf(body, body.length + SEAL_BYTES);
            System.arraycopy(mac(body, body.length), 0, sealed, body.length, SEAL_BYTES);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        }

        /// Opens a cursor that was sealed here for that scope.
        ///
        /// @throws MalformedTaxii when it was not
        public Cursor open(String text, String scope) {
            try {
                if (text.length() > MAX_CHARS) {
                    throw notOurs();
                }
                byte[] sealed = Base64.getUrlDecoder().decode(text);
                int bodyBytes = sealed.length - SEAL_BYTES;
                if (bodyBytes < 1
                        || !MessageDigest.isEqual(
                                Arrays.copyOf(mac(sealed, bodyBytes), SEAL_BYTES),
                                Arrays.copyOfRange(sealed, bodyBytes, sealed.length))) {
                    throw notOurs();
                }
                Cursor cursor = read(Arrays.copyOf(sealed, bodyBytes));
                if (!cursor.scope().equals(scope)) {
                    throw notOurs();
                }
                return cursor;
            } catch (IllegalArgumentException | IOException e) {
                throw notOurs();
            }
        }

        private byte[] mac(byte[] bytes, int count) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(key);
                mac.update(bytes, 0, count);
                return mac.doFinal();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has HmacSHA256", e);
            }
        }

        private static MalformedTaxii notOurs() {
            return new MalformedTaxii(
                    "next", "is a value that this server gave for this very resource");
        }
    }

    private byte[] write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(scope);
            writeInstant(out, dateAdded);
            out.writeUTF(last);
            out.writeInt(limit);
            out.writeBoolean(asked.addedAfter() != null);
            if (asked.addedAfter() != null) {
                writeInstant(out, asked.addedAfter());
            }
            for (List<String> list :
                    List.of(asked.ids(), asked.types(), asked.versions(), asked.specVersions())) {
                out.writeShort(list.size());
                for (String value : list) {
                    out.writeUTF(value);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }

    private static Cursor read(byte[] body) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
        String scope = in.readUTF();
        Instant dateAdded = readInstant(in);
        String last = in.readUTF();
        int limit = in.readInt();
        @Nullable Instant addedAfter = in.readBoolean() ? readInstant(in) : null;
        List<List<String>> lists = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            List<String> list = new ArrayList<>();
            int count = in.readShort();
            for (int j = 0; j < count; j++) {
                list.add(in.readUTF());
            }
            lists.add(list);
        }
        Parameters asked =
                new Parameters(
                        addedAfter,
                        limit,
                        null,
                        lists.get(0),
                        lists.get(1),
                        lists.get(2),
                        lists.get(3));
        return new Cursor(scope, dateAdded, last, limit, asked);
    }

    private static void writeInstant(DataOutputStream out, Instant instant) throws IOException {
        out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
    }

    private static Instant readInstant(DataInputStream in) throws IOException {
        return Instant.EPOCH.plus(in.readLong(), ChronoUnit.MICROS);
    }
}
