package org.kerege.node.exchange;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What became of submissions, for those who ask again. Source: TAXII 2.1 §4.3.
public final class Statuses {

    private final JdbcClient database;

    public Statuses(JdbcClient database) {
        this.database = database;
    }

    /// Keeps the status of a submission.
    ///
    /// @param owner account that made it: nobody else is shown it
    /// @param body the status resource, JSON in UTF-8
    public void keep(UUID id, String apiRoot, Instant requested, String owner, byte[] body) {
        database.sql(
                        "insert into status (id, api_root, requested, owner, body) values (?, ?, ?, ?, ?)")
                .params(id, apiRoot, requested.atOffset(ZoneOffset.UTC), owner, body)
                .update();
    }

    /// The status resource, when there is one of that account.
    public Optional<byte[]> find(UUID id, String apiRoot, String owner) {
        return database.sql("select body from status where id = ? and api_root = ? and owner = ?")
                .params(id, apiRoot, owner)
                .query((row, _) -> row.getBytes(1))
                .optional();
    }
}
