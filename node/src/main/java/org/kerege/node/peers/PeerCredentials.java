package org.kerege.node.peers;

import java.time.Clock;
import java.util.Objects;
import org.kerege.node.agreement.Agreement;

/// As what this node calls another.
final class PeerCredentials {

    private final PeerKeys keys;
    private final Clock clock;

    PeerCredentials(PeerKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /// Value of the `Authorization` header of a call now.
    String header(Agreement agreement) {
        return new PeerCall(
                        agreement.agreement(),
                        Objects.requireNonNull(agreement.otherParty()).identity(),
                        clock.instant())
                .header(keys.current());
    }
}
