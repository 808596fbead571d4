package org.kerege.taxii.client;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// What a client may spend, and as whom.
///
/// @param credentials sent to the origin of the first address and to no other
/// @param tls trust anchors and a client certificate, null for those of the platform
/// @param answerWithin longest wait for the beginning of an answer
/// @param bodyWithin longest wait for the whole of it
/// @param attempts how often a request is tried while the server is busy or out of reach, at least 1
/// @param longestWait longest pause between two attempts, also when the server asks for more
/// @param pageBytes most bytes of one page, decompressed
/// @param pauses how time passes
public record ClientSettings(
        Credentials credentials,
        @Nullable SSLContext tls,
        Duration answerWithin,
        Duration bodyWithin,
        int attempts,
        Duration longestWait,
        long pageBytes,
        Pauses pauses) {

    public ClientSettings {
        if (attempts < 1 || pageBytes < 1) {
            throw new IllegalArgumentException("attempts and page bytes are at least 1");
        }
    }

    /// Waits for a while; tests let time pass at once.
    @FunctionalInterface
    public interface Pauses {
        void pause(Duration time) throws InterruptedException;
    }

    public static ClientSettings of(Credentials credentials) {
        return new ClientSettings(
                credentials,
                null,
                Duration.ofSeconds(60),
                Duration.ofMinutes(5),
                6,
                Duration.ofMinutes(2),
                1L << 30,
                Thread::sleep);
    }

    public ClientSettings with(SSLContext context) {
        return new ClientSettings(
                credentials,
                context,
                answerWithin,
                bodyWithin,
                attempts,
                longestWait,
                pageBytes,
                pauses);
    }
}
