package org.kerege.gate;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// What a view let through, to be kept for comparison with a later view of the same recipient: of the numbers that the
/// gate had given when the view was made, those that passed.
///
/// @param audiences whose objects might go out
/// @param known audiences that the recipient might know of
/// @param closures with which objects might go out, whole or reduced
/// @param reducing those of them with which they went out reduced
/// @param audienceCount highest number of an audience that had been given
/// @param closureCount highest number of a closure that had been given
public record Sight(
        BitSet audiences,
        BitSet known,
        BitSet closures,
        BitSet reducing,
        int audienceCount,
        int closureCount) {

    public Sight {
        audiences = (BitSet) audiences.clone();
        known = (BitSet) known.clone();
        closures = (BitSet) closures.clone();
        reducing = (BitSet) reducing.clone();
    }

    /// What a later view lets through and this one did not, of the numbers that had been given by then.
    ///
    /// @param audiences that pass now, ascending
    /// @param closures that pass now, ascending
    /// @param fuller closures of objects that went out reduced and go out with more in them now, ascending
    public record Opened(int[] audiences, int[] closures, int[] fuller) {

        /// Whether nothing has opened.
        public boolean none() {
            return audiences.length == 0 && closures.length == 0 && fuller.length == 0;
        }
    }

    /// The numbers in `now` that are not in `before`, up to `last`.
    static BitSet added(BitSet now, BitSet before, int last) {
        BitSet added = now.get(0, last + 1);
        added.andNot(before);
        return added;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Sight sight
                && audiences.equals(sight.audiences)
                && known.equals(sight.known)
                && closures.equals(sight.closures)
                && reducing.equals(sight.reducing)
                && audienceCount == sight.audienceCount
                && closureCount == sight.closureCount;
    }

    @Override
    public int hashCode() {
        return audiences.hashCode() * 31 + closures.hashCode();
    }
}
