package org.kerege.node.ledger;

import java.nio.charset.StandardCharsets;
import org.kerege.stix.Json;

/// The beginning of a new stretch of the ledger. A node that goes on from a backup may have lost entries that others
/// have seen: its first entry says so and cites the head from which it goes on, so that two ledgers that part there are
/// told apart from one that was falsified.
public final class Epoch {

    private Epoch() {}

    /// Writes that the ledger goes on from a backup with this head.
    public static void open(LedgerTransaction transaction, Head head) {
        byte[] meta =
                Json.mapper()
                        .createObjectNode()
                        .put("because", "restored from a backup")
                        .put("size", head.size())
                        .put("root", head.rootHex())
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
        transaction.append(EntryKind.EPOCH, meta);
    }
}
