package org.kerege.node.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Browsers in which an account signed in before. What others in the same network get wrong does not slow them.
final class KnownDevices {

    private static final Duration LIFE = Duration.ofDays(180);
    private static final int MOST_OF_ACCOUNT = 20;

    private final JdbcClient database;
    private final Clock clock;

    KnownDevices(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    boolean isKnown(String account, @Nullable String device) {
        return device != null
                && database.sql(
                                "select exists (select 1 from known_device where account = ? and hash = ? and seen > ?)")
                        .params(
                                account,
                                Secrets.hash(device),
                                clock.instant().minus(LIFE).atOffset(ZoneOffset.UTC))
                        .query(Boolean.class)
                        .single();
    }

    /// Whether this node gave that secret to a browser.
    boolean isOurs(String device) {
        return database.sql("select exists (select 1 from known_device where hash = ?)")
                .param(Secrets.hash(device))
                .query(Boolean.class)
                .single();
    }

    void note(String account, String device) {
        database.sql(
                        """
                        insert into known_device (account, hash, seen) values (?, ?, ?)
                        on conflict (account, hash) do update set seen = excluded.seen\
                        """)
                .params(account, Secrets.hash(device), clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        database.sql(
                        """
                        delete from known_device where account = :account and hash in
                            (select hash from known_device where account = :account order by seen desc offset :most)\
                        """)
                .param("account", account)
                .param("most", MOST_OF_ACCOUNT)
                .update();
    }
}
