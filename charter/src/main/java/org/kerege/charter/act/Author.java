package org.kerege.charter.act;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.tlog.SigningKey;
import org.kerege.tlog.VerifierKey;
import tools.jackson.databind.node.ObjectNode;

/// Signs the acts of one key, each chained to the one before. Not thread-safe: a key has one author.
public final class Author {

    private final SigningKey key;
    private @Nullable Act last;

    /// @param last the last act that the key signed, null when it signed none
    public Author(SigningKey key, @Nullable Act last) {
        this.key = key;
        this.last = last;
    }

    /// The founding act of an alliance.
    public Act found(ObjectNode content, Instant at) {
        return sign(Kind.ADOPT_CHARTER, null, List.of(), content, at);
    }

    /// The next act of this key.
    ///
    /// @param alliance digest of the founding act; null for that act itself
    /// @param follows digests of the acts that it builds on
    /// @param at what it claims as its time
    public Act sign(
            String kind,
            @Nullable String alliance,
            List<String> follows,
            ObjectNode content,
            Instant at) {
        Act act = Act.sign(key, kind, alliance, last, follows, content, at);
        last = act;
        return act;
    }

    /// The digest by which a key commits itself to the one that may replace it: SHA-256 of that key's text.
    public static String commitment(VerifierKey next) {
        return Act.sha256(next.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// The name of the key.
    public String name() {
        return key.verifier().name();
    }
}
