package org.kerege.node.desk;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.kerege.node.exchange.Deliveries;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Caller;
import org.kerege.node.ledger.StoreUnavailable;

/// What another organisation's person is shown leaves the house, and is recorded before it does.
public final class Giving {

    private final Gate gate;
    private final Deliveries deliveries;

    Giving(Gate gate, Deliveries deliveries) {
        this.gate = gate;
        this.deliveries = deliveries;
    }

    /// Records that these versions, in the form in which they are shown, are about to be given.
    public void record(Caller caller, List<Entry> entries) {
        if (gate.isOwn(caller.organisation()) || entries.isEmpty()) {
            return;
        }
        MessageDigest page = sha256();
        entries.forEach(entry -> page.update(entry.bytes()));
        if (!deliveries.record(
                caller.organisation(),
                page.digest(),
                "desk",
                entries.stream().map(Entry::seq).toList())) {
            throw new StoreUnavailable("something was taken back while the page was made");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
