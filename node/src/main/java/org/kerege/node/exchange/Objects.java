package org.kerege.node.exchange;

import java.util.List;
import org.kerege.node.ledger.Ledger;

/// Writes collections through the ledger. When a method returns, what it did is durable.
public final class Objects {

    private final Ledger ledger;
    private final Changes changes;

    public Objects(Ledger ledger, Changes changes) {
        this.ledger = ledger;
        this.changes = changes;
    }

    Admission.Admitted add(Collection collection, Source source, List<Candidate> candidates) {
        Admission.Admitted admitted = ledger.record(new Admission(collection, source, candidates));
        changes.changed(collection);
        return admitted;
    }

    /// Takes versions out of a collection.
    ///
    /// @return how many were there
    public int remove(Collection collection, Source source, List<Held> held) {
        int removed = ledger.record(new Removal(collection, source, held));
        changes.changed(collection);
        return removed;
    }
}
