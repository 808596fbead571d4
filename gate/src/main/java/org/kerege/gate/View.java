package org.kerege.gate;

import java.time.Instant;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// What one recipient may have over one channel for one purpose, as sets of numbers that a page query can use:
/// an object goes out when its audience is in [#audiences] and its closure in [#closures]; reduced when its
/// closure is in [#reducing]. It holds from [#from] until [#validUntil], for objects placed before it
/// was made; ask again for each request, the gate keeps it.
public final class View {

    private final Release release;
    private final BitSet audiences;
    private final BitSet known;
    private final BitSet closures;
    private final BitSet reducing;
    private final long policyEpoch;
    private final @Nullable Instant validUntil;

    View(
            Release release,
            BitSet audiences,
            BitSet known,
            BitSet closures,
            BitSet reducing,
            long policyEpoch,
            @Nullable Instant validUntil) {
        this.release = release;
        this.audiences = audiences;
        this.known = known;
        this.closures = closures;
        this.reducing = reducing;
        this.policyEpoch = policyEpoch;
        this.validUntil = validUntil;
    }

    public Recipient recipient() {
        return release.recipient();
    }

    public Channel channel() {
        return release.channel();
    }

    public Purpose purpose() {
        return release.purpose();
    }

    /// Audiences whose objects may go out, ascending.
    public int[] audiences() {
        return audiences.stream().toArray();
    }

    /// Closures with which they may, whole or reduced, ascending.
    public int[] closures() {
        return closures.stream().toArray();
    }

    /// Those of [#closures] with which they go out reduced, ascending.
    public int[] reducing() {
        return reducing.stream().toArray();
    }

    /// Whether an object of this placement goes out, whole or reduced.
    public boolean releases(Placement placement) {
        return audiences.get(placement.audience()) && closures.get(placement.closure());
    }

    /// Whether an object of this closure goes out reduced.
    public boolean reduces(int closure) {
        return reducing.get(closure);
    }

    /// Grows with every change of the alliance.
    public long policyEpoch() {
        return policyEpoch;
    }

    /// The instant for which it was made.
    public Instant from() {
        return release.at();
    }

    /// The first instant at which a rule changes; null when none is known.
    public @Nullable Instant validUntil() {
        return validUntil;
    }

    Release release() {
        return release;
    }

    boolean admits(int audience) {
        return audiences.get(audience);
    }

    /// Whether the recipient may know that objects of this audience exist: those it may have, and its own.
    boolean knows(int audience) {
        return known.get(audience);
    }
}
