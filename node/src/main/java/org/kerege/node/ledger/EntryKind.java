package org.kerege.node.ledger;

/// What an entry of the ledger records. The number is part of the leaf and never changes its meaning.
public enum EntryKind {
    /// A version of an object taken in.
    OBJECT(1),
    /// An object placed in a collection.
    ADDITION(2),
    /// An object taken out of a collection.
    REMOVAL(3),
    /// A page given to a recipient.
    DELIVERY(4),
    /// A payload deleted; its commitment stays.
    ERASURE(5),
    /// A decision of an analyst, such as to hunt a pattern that names a person.
    REVIEW(6),
    /// A hunt over events kept from before.
    RETRO_HUNT(7),
    /// An act of the alliance.
    ACT(8),
    /// A receipt of another node.
    RECEIPT(9),
    /// The ledger goes on from a backup: it cites the head that the backup had.
    EPOCH(10),
    /// Bytes as received of an object that was upgraded on the way in; the entry of the object names this one.
    RECEIVED(11),
    /// A signed paper of an agreement with another node.
    AGREEMENT(14),
    /// A recall, given or taken.
    RECALL(15),
    /// How long the node may keep events of its member's logs.
    WINDOW(16),
    /// A word about a release: confirmed by a second person, taken back, asked for, answered.
    RELEASE(20),
    /// Nothing: fills up a batch, so that the size of a head tells only roughly how much the ledger holds.
    PADDING(26);

    private final int number;

    EntryKind(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
