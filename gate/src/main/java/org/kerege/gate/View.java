package org.kerege.gate;

import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one recipient may have over one channel for one purpose, as sets of numbers that a page query can use:
/// an object goes out when its audience is in [#audiences] and its closure in [#closures]; reduced when its
/// closure [#reduces]. It holds from [#from] until [#validUntil], for objects placed before it
/// was made; ask again for each request, the gate keeps it.
public final class View {

    private final Release release;
    private final BitSet audiences;
    private final BitSet known;
    private final BitSet closures;
    private final BitSet reducing;
    private final int[] audienceNumbers;
    private final int[] closureNumbers;
    private final int[] withheldAudiences;
    private final int[] withheldClosures;
    private final int audienceCount;
    private final int closureCount;
    private final long policyEpoch;
    private final @Nullable Instant validUntil;

    View(
            Release release,
            BitSet audiences,
            BitSet known,
            BitSet closures,
            BitSet reducing,
            int audienceCount,
            int closureCount,
            long policyEpoch,
            @Nullable Instant validUntil) {
        this.release = release;
        this.audiences = audiences;
        this.known = known;
        this.closures = closures;
        this.reducing = reducing;
        this.audienceNumbers = audiences.stream().toArray();
        this.closureNumbers = closures.stream().toArray();
        this.withheldAudiences = without(audiences, audienceCount);
        this.withheldClosures = without(closures, closureCount);
        this.audienceCount = audienceCount;
        this.closureCount = closureCount;
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

    /// Audiences whose objects may go out, ascending. Not to be written to.
    public int[] audiences() {
        return audienceNumbers;
    }

    /// Closures with which they may, whole or reduced, ascending. Not to be written to.
    public int[] closures() {
        return closureNumbers;
    }

    /// The other numbers of audiences up to [#lastAudience], ascending: the same said the other way round, which is
    /// shorter for whoever may have nearly everything. Not to be written to.
    public int[] withheldAudiences() {
        return withheldAudiences;
    }

    /// The other numbers of closures up to [#lastClosure], ascending. Not to be written to.
    public int[] withheldClosures() {
        return withheldClosures;
    }

    /// The highest number of an audience that this view has judged; whatever is above it is withheld.
    public int lastAudience() {
        return audienceCount;
    }

    /// The highest number of a closure that this view has judged; whatever is above it is withheld.
    public int lastClosure() {
        return closureCount;
    }

    private static int[] without(BitSet numbers, int last) {
        BitSet others = new BitSet();
        others.set(1, last + 1);
        others.andNot(numbers);
        return others.stream().toArray();
    }

    /// What an answer made under this view depends on: equal for two views under which everything comes out alike,
    /// whoever asks.
    public Object signature() {
        return List.of(audiences, known, closures, reducing);
    }

    /// The same to be kept, for comparison with a later view.
    public Sight sight() {
        return new Sight(audiences, known, closures, reducing, audienceCount, closureCount);
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

    BitSet admitted() {
        return audiences;
    }

    BitSet known() {
        return known;
    }

    BitSet passable() {
        return closures;
    }

    /// How many numbers of audiences and closures the gate had given when this was made.
    int numbersGiven() {
        return audienceCount + closureCount;
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
