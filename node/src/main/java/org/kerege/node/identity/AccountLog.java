package org.kerege.node.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What happened at the way in and to accounts, for auditors. It holds no secret: a claimed name that is no account's
/// may be a mistyped password and is not written down. It is bounded: failures of an hour from one network at one account are one
/// row, an hour has so many of those rows, and what is older than two years goes.
public final class AccountLog {

    private static final Duration KEPT = Duration.ofDays(730);

    /// Failures from further networks are counted together.
    private static final int MOST_FAILURE_ROWS_AN_HOUR = 1_000;

    private static final String MANY = "many";

    private final JdbcClient database;
    private final Clock clock;

    AccountLog(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// Kinds of events.
    public enum Kind {
        SIGNED_IN,
        SIGN_IN_FAILED,
        SECOND_STEP_FAILED,
        SIGNED_OUT,
        PROVED_AGAIN,
        PASSWORD_SET,
        PASSKEY_ADDED,
        PASSKEY_REMOVED,
        AUTHENTICATOR_ADDED,
        AUTHENTICATOR_REMOVED,
        RECOVERY_CODES_MADE,
        SESSION_ENDED,
        TOKEN_MADE,
        TOKEN_REVOKED,
        ACCOUNT_ADDED,
        ACCOUNT_CHANGED,
        ACCOUNT_RESET,
        ACCOUNT_REMOVED,
        CERTIFICATE_ADDED,
        CERTIFICATE_REMOVED,
        EXPORTED
    }

    /// One event.
    ///
    /// @param account whom it concerns; empty where the claimed name is no account's
    /// @param actor who did it; empty for nobody who had signed in
    /// @param address from where, a network for failures; empty for the node itself
    /// @param detail such as the name of a key; never a secret
    /// @param times how often within the hour
    public record Event(
            long id,
            Instant at,
            String account,
            String actor,
            Kind kind,
            String address,
            String detail,
            int times) {}

    /// Which events are asked for.
    ///
    /// @param account null for all
    /// @param kind null for all
    /// @param from first time, null for none
    /// @param until first time that is too late, null for none
    public record Filter(
            @Nullable String account,
            @Nullable Kind kind,
            @Nullable Instant from,
            @Nullable Instant until) {}

    /// Notes what somebody did.
    public void note(Kind kind, String account, String actor, String address, String detail) {
        Instant now = clock.instant();
        database.sql(
                        "insert into account_event (at, account, actor, kind, address, detail) values (?, ?, ?, ?, ?, ?)")
                .params(at(now), account, actor, kind.name(), address, detail)
                .update();
        database.sql("delete from account_event where at < ?").param(at(now.minus(KEPT))).update();
    }

    /// Notes a failure at the way in.
    ///
    /// @param claimed the account that it claimed to be
    public void noteFailure(Kind kind, String claimed, String address) {
        Instant now = clock.instant();
        OffsetDateTime hour = at(now.truncatedTo(ChronoUnit.HOURS));
        // The events of two years are not gone through for those of an hour: their times have an
        // index.
        int rows =
                database.sql(
                                "select count(*) from account_event where at >= :hour and hour = :hour")
                        .param("hour", hour)
                        .query(Integer.class)
                        .single();
        database.sql(
                        """
                        insert into account_event (at, account, actor, kind, address, detail, hour)
                        values (:now, (select name from account where name = :account), null, :kind, :address, '', :hour)
                        on conflict (coalesce(account, ''), address, kind, hour) where hour is not null
                        do update set times = account_event.times + 1, at = excluded.at\
                        """)
                .param("now", at(now))
                .param("account", claimed)
                .param("kind", kind.name())
                .param("address", rows < MOST_FAILURE_ROWS_AN_HOUR ? Network.of(address) : MANY)
                .param("hour", hour)
                .update();
    }

    /// Events, newest first.
    ///
    /// @param before only events with a smaller number
    public List<Event> find(Filter filter, long before, int limit) {
        return database.sql(
                        """
                        select * from account_event
                        where id < :before and (:account::text is null or account = :account or actor = :account)
                          and (:kind::text is null or kind = :kind)
                          and (:from::timestamptz is null or at >= :from)
                          and (:until::timestamptz is null or at < :until)
                        order by id desc limit :limit\
                        """)
                .param("before", before)
                .param("account", filter.account())
                .param("kind", filter.kind() == null ? null : filter.kind().name())
                .param("from", filter.from() == null ? null : at(filter.from()))
                .param("until", filter.until() == null ? null : at(filter.until()))
                .param("limit", limit)
                .query((row, _) ->
                        new Event(
                                row.getLong("id"),
                                row.getObject("at", OffsetDateTime.class).toInstant(),
                                Objects.requireNonNullElse(row.getString("account"), ""),
                                Objects.requireNonNullElse(row.getString("actor"), ""),
                                Kind.valueOf(row.getString("kind")),
                                row.getString("address"),
                                row.getString("detail"),
                                row.getInt("times")))
                .list();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
