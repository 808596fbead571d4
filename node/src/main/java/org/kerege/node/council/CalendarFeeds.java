package org.kerege.node.council;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Secrets;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Personal addresses from which calendar applications, which cannot sign in, read the charter's calendar. An address is a
/// secret: it is shown once, the store has its hash, making another or revoking it ends it, and it goes with its account. It
/// opens the calendar alone.
public final class CalendarFeeds {

    private static final int LONGEST = 64;

    private final JdbcClient database;
    private final Identity identity;
    private final Clock clock;

    CalendarFeeds(JdbcClient database, Identity identity, Clock clock) {
        this.database = database;
        this.identity = identity;
        this.clock = clock;
    }

    /// Whose a feed is, and in which language.
    record Reader(Caller caller, String language) {}

    /// Makes a secret for an account, in place of one that it has.
    String make(String account, String language) {
        String secret = Secrets.make();
        database.sql(
                        """
                        insert into calendar_feed (account, hash, language, made) values (?, ?, ?, ?)
                        on conflict (account) do update set hash = excluded.hash,
                            language = excluded.language, made = excluded.made\
                        """)
                .param(account)
                .param(Secrets.hash(secret))
                .param(language)
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return secret;
    }

    /// Ends an account's address.
    void revoke(String account) {
        database.sql("delete from calendar_feed where account = ?").param(account).update();
    }

    /// Whether an account has an address.
    boolean has(String account) {
        return database.sql("select 1 from calendar_feed where account = ?")
                .param(account)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /// Whose secret it is; empty when it is nobody's.
    Optional<Reader> readerOf(String secret) {
        if (secret.length() > LONGEST) {
            return Optional.empty();
        }
        record Row(String account, String language) {}
        return database.sql("select account, language from calendar_feed where hash = ?")
                .param(Secrets.hash(secret))
                .query((row, _) -> new Row(row.getString(1), row.getString(2)))
                .optional()
                .flatMap(row ->
                        identity.callerOf(row.account())
                                .map(caller -> new Reader(caller, row.language())));
    }
}
