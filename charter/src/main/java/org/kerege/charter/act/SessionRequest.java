package org.kerege.charter.act;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Members ask the chair for an extraordinary session. Where enough have asked and the chair has let its time pass, any
/// of them may convene it.
final class SessionRequest {

    final String digest;
    final String title;

    /// Since when each asks for it.
    final Map<String, Instant> by = new TreeMap<>();

    /// The session that came of it; null while none did.
    @Nullable String session;

    SessionRequest(String digest, String title) {
        this.digest = digest;
        this.title = title;
    }

    /// When enough members had asked; null while they have not.
    @Nullable Instant complete(int needed) {
        return by.size() < needed ? null : by.values().stream().sorted().toList().get(needed - 1);
    }
}
