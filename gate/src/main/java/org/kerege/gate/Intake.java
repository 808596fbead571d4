package org.kerege.gate;

import org.jspecify.annotations.Nullable;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;

/// What is known of an object when it is taken in.
///
/// @param references what the object refers to, read once
/// @param from organisation that brought it: the one whose user deposited it, or the peer it was received from
/// @param deposited whether it was put here by its bringer, which so chose whom it goes to; otherwise we are
///     the recipient and pass on what came to us
/// @param collection rules of the collection it goes to
/// @param review why an object that names a person may leave, null where nobody has recorded it
/// @param heldBack whether a rule asks for a second person to confirm the release
/// @param earlier audience of the version held so far, null when this is the first
public record Intake(
        StixObject object,
        References references,
        StixId from,
        boolean deposited,
        CollectionRules collection,
        @Nullable PersonReview review,
        boolean heldBack,
        @Nullable Integer earlier) {

    /// First version of an object that its bringer put here.
    public static Intake deposited(StixObject object, StixId by, CollectionRules collection) {
        return new Intake(object, References.of(object), by, true, collection, null, false, null);
    }

    /// First version of an object that was received from a peer or a feed.
    public static Intake received(StixObject object, StixId from, CollectionRules collection) {
        return new Intake(
                object, References.of(object), from, false, collection, null, false, null);
    }

    /// The same with the audience of the version held so far.
    public Intake after(int earlierAudience) {
        return new Intake(
                object, references, from, deposited, collection, review, heldBack, earlierAudience);
    }

    /// The same with a review.
    public Intake reviewed(PersonReview recorded) {
        return new Intake(
                object, references, from, deposited, collection, recorded, heldBack, earlier);
    }
}
