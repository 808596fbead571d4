package org.kerege.node.exchange;

import java.util.List;
import org.kerege.stix.upgrade.Change;

/// What was received where an object was upgraded on the way in.
///
/// @param bytes as received, of STIX 2.0
/// @param changes what the upgrade did
record Original(byte[] bytes, List<Change> changes) {

    /// The sentence that tells the sender.
    String report() {
        long lost = changes.stream().filter(change -> change.kind() == Change.Kind.LOST).count();
        return "upgraded from STIX 2.0 with "
                + changes.size()
                + " changes"
                + (lost == 0 ? ", nothing lost" : ", " + lost + " of them losses");
    }
}
