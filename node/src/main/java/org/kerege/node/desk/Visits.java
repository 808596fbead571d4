package org.kerege.node.desk;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// When each account last looked at its home page.
final class Visits {

    private final JdbcClient database;

    Visits(JdbcClient database) {
        this.database = database;
    }

    /// The last visit; empty before the first.
    Optional<Instant> last(String account) {
        return database.sql("select last_visit from visit where account = ?")
                .param(account)
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    void visited(String account, Instant at) {
        database.sql(
                        """
                        insert into visit (account, last_visit) values (?, ?)
                        on conflict (account) do update set last_visit = excluded.last_visit\
                        """)
                .params(account, at.atOffset(ZoneOffset.UTC))
                .update();
    }
}
