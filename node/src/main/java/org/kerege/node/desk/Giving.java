package org.kerege.node.desk;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.kerege.node.exchange.Deliveries;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Caller;

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
        deliveries.require(
                caller.organisation(),
                page.digest(),
                "desk",
                entries.stream().map(Entry::seq).toList());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
