package org.kerege.node.peers;

import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.StixId;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How far the chains of bundles to and from each peer have come, in the store.
final class BundleChain {

    private final JdbcClient database;

    BundleChain(JdbcClient database) {
        this.database = database;
    }

    /// A bundle of a chain.
    ///
    /// @param positions up to where it gives each collection, in JSON; null for one that was taken
    record Link(long number, String digest, @Nullable String positions) {}

    /// The last link; null where there is none yet.
    @Nullable Link last(StixId identity, boolean outgoing) {
        return database.sql(
                        """
                        select number, digest, positions from peer_bundle where identity = ? and outgoing = ?
                        order by number desc limit 1\
                        """)
                .params(identity.toString(), outgoing)
                .query((row, _) -> new Link(row.getLong(1), row.getString(2), row.getString(3)))
                .optional()
                .orElse(null);
    }

    /// Keeps the next link.
    void keep(StixId identity, boolean outgoing, Link link, Instant at) {
        database.sql(
                        """
                        insert into peer_bundle (identity, outgoing, number, digest, made, positions)
                        values (?, ?, ?, ?, ?, ?)\
                        """)
                .param(identity.toString())
                .param(outgoing)
                .param(link.number())
                .param(link.digest())
                .param(at.atOffset(ZoneOffset.UTC))
                .param(link.positions())
                .update();
    }
}
