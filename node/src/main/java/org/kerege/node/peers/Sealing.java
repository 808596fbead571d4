package org.kerege.node.peers;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.agreement.X25519Agreement;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.kerege.tlog.VerifierKey;

/// Encryption to the holder of a signing key: X25519 with a key of the moment, HKDF-SHA-256, then AES-256-GCM over pieces
/// of 1 MiB that are numbered and of which the last says so, so that a piece that is lost, moved or cut off is found out
/// (the STREAM construction). The Ed25519 keys of agreements serve as X25519 keys by the map between the two curves
/// (RFC 7748 §4.1). Sources: RFC 7748, RFC 5869, NIST SP 800-38D.
final class Sealing {

    static final int KEY_BYTES = 32;

    private static final int PIECE = 1 << 20;
    private static final int TAG = 16;
    private static final int NONCE = 12;
    private static final byte[] INFO = "kerege bundle 1".getBytes(StandardCharsets.US_ASCII);
    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    private Sealing() {}

    /// A stream that encrypts to a key what is written to it; closing it ends the message and leaves `out` open.
    static OutputStream to(VerifierKey recipient, OutputStream out) throws IOException {
        X25519PrivateKeyParameters moment = new X25519PrivateKeyParameters(new SecureRandom());
        byte[] theirs = montgomery(recipient.publicKey());
        byte[] ours = moment.generatePublicKey().getEncoded();
        out.write(ours);
        return new Sealer(out, key(moment, theirs, ours, theirs));
    }

    /// A stream of what was encrypted to the key of a seed.
    ///
    /// @throws IOException from its reads when the message was changed, cut off, or is for another key
    static InputStream open(byte[] seed, VerifierKey own, InputStream in) throws IOException {
        byte[] moment = in.readNBytes(KEY_BYTES);
        if (moment.length < KEY_BYTES) {
            throw new EOFException("the message is cut off");
        }
        X25519PrivateKeyParameters secret = new X25519PrivateKeyParameters(scalar(seed), 0);
        return new Opener(in, key(secret, moment, moment, montgomery(own.publicKey())));
    }

    private static SecretKeySpec key(
            X25519PrivateKeyParameters secret, byte[] other, byte[] moment, byte[] recipient)
            throws IOException {
        byte[] shared = new byte[KEY_BYTES];
        X25519Agreement agreement = new X25519Agreement();
        agreement.init(secret);
        try {
            agreement.calculateAgreement(new X25519PublicKeyParameters(other, 0), shared, 0);
        } catch (IllegalStateException e) {
            throw new IOException("the message names a key that is none", e);
        }
        byte[] salt = Arrays.copyOf(moment, 2 * KEY_BYTES);
        System.arraycopy(recipient, 0, salt, KEY_BYTES, KEY_BYTES);
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(shared, salt, INFO));
        byte[] key = new byte[KEY_BYTES];
        hkdf.generateBytes(key, 0, key.length);
        return new SecretKeySpec(key, "AES");
    }

    /// The X25519 public key of an Ed25519 one: u = (1 + y) / (1 - y).
    private static byte[] montgomery(byte[] edwards) {
        byte[] bigEndian = new byte[KEY_BYTES];
        for (int i = 0; i < KEY_BYTES; i++) {
            bigEndian[i] = edwards[KEY_BYTES - 1 - i];
        }
        bigEndian[0] &= 0x7f;
        BigInteger y = new BigInteger(1, bigEndian);
        BigInteger u =
                BigInteger.ONE
                        .add(y)
                        .multiply(BigInteger.ONE.subtract(y).mod(P).modInverse(P))
                        .mod(P);
        byte[] text = u.toByteArray();
        byte[] littleEndian = new byte[KEY_BYTES];
        for (int i = 0; i < Math.min(text.length, KEY_BYTES); i++) {
            littleEndian[i] = text[text.length - 1 - i];
        }
        return littleEndian;
    }

    private static byte[] scalar(byte[] seed) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-512").digest(seed), KEY_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-512", e);
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, long piece, boolean last) {
        byte[] nonce =
                ByteBuffer.allocate(NONCE)
                        .putLong(3, piece)
                        .put(NONCE - 1, (byte) (last ? 1 : 0))
                        .array();
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG * 8, nonce));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    private static final class Sealer extends OutputStream {

        private final OutputStream out;
        private final SecretKeySpec key;
        private final ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE);
        private long number;
        private boolean closed;

        Sealer(OutputStream out, SecretKeySpec key) {
            this.out = out;
            this.key = key;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int at = from;
            int left = length;
            while (left > 0) {
                if (piece.size() == PIECE) {
                    send(false);
                }
                int now = Math.min(left, PIECE - piece.size());
                piece.write(bytes, at, now);
                at += now;
                left -= now;
            }
        }

        private void send(boolean last) throws IOException {
            try {
                out.write(
                        cipher(Cipher.ENCRYPT_MODE, key, number++, last)
                                .doFinal(piece.toByteArray()));
            } catch (GeneralSecurityException e) {
                throw new IOException("the message cannot be encrypted", e);
            }
            piece.reset();
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                send(true);
                out.flush();
            }
        }
    }

    private static final class Opener extends InputStream {

        private final InputStream in;
        private final SecretKeySpec key;
        private byte[] piece = new byte[0];
        private byte[] next;
        private int at;
        private long number;
        private boolean ended;

        Opener(InputStream in, SecretKeySpec key) throws IOException {
            this.in = in;
            this.key = key;
            this.next = in.readNBytes(PIECE + TAG);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (at == piece.length) {
                if (ended) {
                    return -1;
                }
                fill();
            }
            int now = Math.min(length, piece.length - at);
            System.arraycopy(piece, at, into, from, now);
            at += now;
            return now;
        }

        private void fill() throws IOException {
            byte[] sealed = next;
            next = in.readNBytes(PIECE + TAG);
            ended = next.length == 0;
            try {
                piece = cipher(Cipher.DECRYPT_MODE, key, number++, ended).doFinal(sealed);
            } catch (GeneralSecurityException e) {
                throw new IOException(
                        "the message was changed or cut off, or is encrypted to another key", e);
            }
            at = 0;
        }
    }
}
