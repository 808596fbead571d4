package org.kerege.node.exchange;

import org.jspecify.annotations.Nullable;

/// Where something taken in came from.
///
/// @param organisation the organisation that handed it over: the node's own or a peer
/// @param channel how: `taxii`, `file`, `pull`, `desk`
/// @param account who did it there, null where a machine did
public record Source(String organisation, String channel, @Nullable String account) {

    /// Whether the organisation put it here itself, and so chose whom it goes to; what is pulled was given to us.
    public boolean deposited() {
        return !channel.equals("pull");
    }
}
