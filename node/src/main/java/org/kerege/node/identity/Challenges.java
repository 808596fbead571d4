package org.kerege.node.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;

/// Challenges of passkeys that cost the node nothing while they are open: each carries its end and a mark that only
/// this process makes, for one purpose. One that was answered rightly is worth nothing more; only such are remembered,
/// so that nobody fills the memory by asking. Safe for several threads.
///
/// 16 random bytes, 8 bytes of the end in seconds, 16 bytes of HMAC-SHA256 over both and the purpose.
final class Challenges {

    private static final Duration LIFE = Duration.ofHours(1);
    private static final int RANDOM_BYTES = 16;
    private static final int MARK_BYTES = 16;
    private static final int BODY_BYTES = RANDOM_BYTES + Long.BYTES;
    private static final int MOST_KEPT = 100_000;

    private final Clock clock;
    private final SecretKeySpec key = Secrets.key();
    private final Map<ByteBuffer, Instant> answered =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Instant> eldest) {
                    return eldest.getValue().isBefore(clock.instant()) || size() > MOST_KEPT;
                }
            };

    Challenges(Clock clock) {
        this.clock = clock;
    }

    byte[] make(String purpose) {
        byte[] body =
                ByteBuffer.allocate(BODY_BYTES)
                        .put(Secrets.random(RANDOM_BYTES))
                        .putLong(clock.instant().plus(LIFE).getEpochSecond())
                        .array();
        return ByteBuffer.allocate(BODY_BYTES + MARK_BYTES)
                .put(body)
                .put(mark(body, purpose))
                .array();
    }

    /// Whether this process made the challenge for that purpose, not long ago, and it was not answered yet.
    synchronized boolean isOpen(byte[] challenge, String purpose) {
        if (challenge.length != BODY_BYTES + MARK_BYTES) {
            return false;
        }
        byte[] body = Arrays.copyOf(challenge, BODY_BYTES);
        byte[] mark = Arrays.copyOfRange(challenge, BODY_BYTES, challenge.length);
        return MessageDigest.isEqual(mark, mark(body, purpose))
                && clock.instant().isBefore(end(challenge))
                && !answered.containsKey(ByteBuffer.wrap(challenge));
    }

    /// Notes the right answer.
    ///
    /// @return whether it is the first one
    synchronized boolean answer(byte[] challenge) {
        return answered.putIfAbsent(ByteBuffer.wrap(challenge), end(challenge)) == null;
    }

    private static Instant end(byte[] challenge) {
        return Instant.ofEpochSecond(ByteBuffer.wrap(challenge).getLong(RANDOM_BYTES));
    }

    private byte[] mark(byte[] body, String purpose) {
        return Arrays.copyOf(
                Secrets.mac(key, body, purpose.getBytes(StandardCharsets.UTF_8)), MARK_BYTES);
    }
}
