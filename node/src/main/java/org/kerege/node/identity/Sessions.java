package org.kerege.node.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerege.node.settings.SignInRules;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Sessions of people. The browser has a secret, the store its hash, so that whoever reads the store opens none. A
/// session ends some time after it began, however busy it is, and after less when nobody uses it. Every proof gives it
/// a new secret.
public final class Sessions {

    /// An account's sessions beyond these end, those unused longest first.
    private static final int MOST_OF_ACCOUNT = 20;

    /// A session waits so long for its second step.
    private static final Duration SECOND_STEP = Duration.ofMinutes(10);

    /// The time of last use is written no more often.
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

    private static final String ENDED =
            "(s.began <= :oldest or s.seen <= :idle or (not s.complete and s.began <= :second))";

    private final JdbcClient database;
    private final SignInRules rules;
    private final Clock clock;

    Sessions(JdbcClient database, SignInRules rules, Clock clock) {
        this.database = database;
        this.rules = rules;
        this.clock = clock;
    }

    /// A session as lists show it.
    ///
    /// @param means how it was opened: `password`, `passkey`, `provider` or `certificate`
    public record Listed(
            UUID name,
            String account,
            Instant began,
            Instant seen,
            String means,
            String address,
            String agent) {}

    /// Begins a session.
    ///
    /// @param complete whether nothing more is to be shown
    /// @return its secret, for the browser alone
    String begin(String account, boolean complete, String means, Visitor visitor) {
        removeEnded();
        String secret = Secrets.make();
        database.sql(
                        """
                        insert into web_session
                            (hash, account, began, seen, proved, complete, means, address, agent, last_visit)
                        values (:hash, :account, :now, :now, :now, :complete, :means, :address, :agent,
                            (select last_visit from visit where account = :account))\
                        """)
                .param("hash", Secrets.hash(secret))
                .param("account", account)
                .param("now", at(clock.instant()))
                .param("complete", complete)
                .param("means", means)
                .param("address", visitor.address())
                .param("agent", visitor.agent())
                .update();
        database.sql(
                        """
                        delete from web_session where hash in (select hash from web_session where account = ?
                            order by seen desc, began desc offset ?)\
                        """)
                .params(account, MOST_OF_ACCOUNT)
                .update();
        return secret;
    }

    /// Notes that a session's holder proved again who it is, or took the second step.
    ///
    /// @return its new secret
    String proved(Session session) {
        String secret = Secrets.make();
        database.sql("update web_session set hash = ?, proved = ?, complete = true where name = ?")
                .params(Secrets.hash(secret), at(clock.instant()), session.name())
                .update();
        return secret;
    }

    /// The session that a secret opens; empty when it has ended.
    public Optional<Session> find(String secret) {
        Optional<Found> found =
                limits(
                                database.sql(
                                        "select s.*, a.organisation, a.roles, a.collections, a.name as account_name, "
                                                + Identity.HAS_FACTOR
                                                + " from web_session s join account a on a.name = s.account"
                                                + " where s.hash = :hash and not "
                                                + ENDED))
                        .param("hash", Secrets.hash(secret))
                        .query((row, _) -> found(row))
                        .optional();
        found.filter(one -> one.seen().plus(SEEN_EVERY).isBefore(clock.instant()))
                .ifPresent(one ->
                        database.sql("update web_session set seen = ? where name = ?")
                                .params(at(clock.instant()), one.session().name())
                                .update());
        return found.map(Found::session);
    }

    /// Whose a session is now, without it counting as used; null when it has ended.
    public @Nullable Caller caller(Session session) {
        return limits(
                        database.sql(
                                "select a.* from web_session s join account a on a.name = s.account where s.name = :name and not "
                                        + ENDED))
                .param("name", session.name())
                .query((row, _) -> Identity.caller(row, "name", false))
                .optional()
                .orElse(null);
    }

    private record Found(Session session, Instant seen) {}

    private static Found found(ResultSet row) throws SQLException {
        return new Found(
                new Session(
                        row.getObject("name", UUID.class),
                        Identity.caller(row, "account_name", false),
                        instant(row, "proved"),
                        row.getBoolean("complete"),
                        row.getBoolean("has_factor"),
                        row.getObject("last_visit") == null ? null : instant(row, "last_visit")),
                instant(row, "seen"));
    }

    /// Whether the holder proved a short while ago who it is.
    public boolean isFresh(Session session) {
        return clock.instant().isBefore(session.proved().plus(rules.proof()));
    }

    /// Sessions of an account, or of all where none is named, those used last first; at most 500.
    public List<Listed> list(@Nullable String account) {
        return limits(
                        database.sql(
                                "select s.* from web_session s where not "
                                        + ENDED
                                        + " and (:account::text is null or s.account = :account) order by s.seen desc limit 500"))
                .param("account", account)
                .query((row, _) ->
                        new Listed(
                                row.getObject("name", UUID.class),
                                row.getString("account"),
                                instant(row, "began"),
                                instant(row, "seen"),
                                row.getString("means"),
                                row.getString("address"),
                                row.getString("agent")))
                .list();
    }

    /// Ends a session.
    ///
    /// @param account whose it has to be; null for anybody's
    /// @return whose it was; empty when there was none
    public Optional<String> end(UUID name, @Nullable String account) {
        return database.sql(
                        "delete from web_session where name = :name and (:account::text is null or account = :account) returning account")
                .param("name", name)
                .param("account", account)
                .query(String.class)
                .optional();
    }

    /// Ends all sessions of an account but one.
    ///
    /// @param kept null for none
    public void endAll(String account, @Nullable UUID kept) {
        database.sql(
                        "delete from web_session where account = :account and name is distinct from :kept")
                .param("account", account)
                .param("kept", kept)
                .update();
    }

    private void removeEnded() {
        limits(database.sql("delete from web_session s where " + ENDED)).update();
    }

    private JdbcClient.StatementSpec limits(JdbcClient.StatementSpec statement) {
        Instant now = clock.instant();
        return statement
                .param("oldest", at(now.minus(rules.longest())))
                .param("idle", at(now.minus(rules.idle())))
                .param("second", at(now.minus(SECOND_STEP)));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class)).toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
