package org.kerege.bench;

/// How much is measured.
///
/// @param objects that the store is filled with
/// @param slice objects posted between two figures
/// @param imports of the large bundle
/// @param starts of a built node
/// @param polls with nothing new
/// @param secondsAgain for which known pages are asked again
record Sizes(int objects, int slice, int imports, int starts, int polls, int secondsAgain) {

    /// The sizes that the goals speak of.
    static final Sizes FULL = new Sizes(1_000_000, 100_000, 5, 10, 5_000, 10);

    /// Enough to see that everything runs; its figures prove nothing.
    static final Sizes QUICK = new Sizes(20_000, 10_000, 1, 3, 500, 2);

    Sizes withObjects(int other) {
        return new Sizes(other, Math.min(slice, other), imports, starts, polls, secondsAgain);
    }
}
