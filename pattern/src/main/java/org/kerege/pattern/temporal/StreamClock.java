package org.kerege.pattern.temporal;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;

/// How far a stream has come, by the times of its events. One event far ahead of all others is a clock that jumped: it
/// moves nothing until another one comes near it.
final class StreamClock {

    private static final long JUMP = Duration.ofHours(1).toNanos();

    private long latest = Ticks.MIN;
    private long ahead = Ticks.MIN;

    void saw(long time) {
        if (latest == Ticks.MIN || time <= latest + JUMP) {
            latest = Math.max(latest, time);
        } else if (ahead != Ticks.MIN && Math.abs(time - ahead) <= JUMP) {
            latest = Math.max(time, ahead);
            ahead = Ticks.MIN;
        } else {
            ahead = time;
        }
    }

    /// Before which no event comes any more, with events at most `lateness` late.
    long watermark(long lateness) {
        return latest == Ticks.MIN ? Ticks.MIN : Math.max(Ticks.MIN, latest - lateness);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(latest);
        out.writeLong(ahead);
    }

    void read(DataInputStream in) throws IOException {
        latest = in.readLong();
        ahead = in.readLong();
    }
}
