package org.kerege.node.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/// Codes that an account shows beside its password: of an authenticator, each good once, or of a list kept for the day
/// on which it is lost. After five wrong ones the codes of that account wait, a minute at first and twice as long each
/// time, at most an hour. Only whoever knows the password comes so far, and passkeys never wait.
public final class Codes {

    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_BYTES = 10;
    private static final int FREE_FAILURES = 5;
    private static final int MOST_DOUBLINGS = 6;
    private static final Pattern SIX_DIGITS = Pattern.compile("[0-9]{6}");

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final Clock clock;
    private final Seal seal;

    /// @param key 32 bytes that seal the authenticators' secrets in the store
    Codes(JdbcClient database, TransactionOperations transactions, Clock clock, byte[] key) {
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
        this.seal = new Seal(key);
    }

    /// What became of a code.
    public enum Outcome {
        RIGHT,
        WRONG,
        WAIT
    }

    /// Codes that an account has.
    ///
    /// @param authenticator whether it has one that makes codes
    /// @param recovery how many of its list are left
    public record Held(boolean authenticator, int recovery) {}

    public Held held(String account) {
        return database.sql(
                        """
                        select exists (select 1 from time_code where account = :account),
                               (select count(*) from recovery_code where account = :account)\
                        """)
                .param("account", account)
                .query((row, _) -> new Held(row.getBoolean(1), row.getInt(2)))
                .single();
    }

    /// A secret for an authenticator, as people type it in. It counts once [#keep] has seen a code of it.
    public String newSecret() {
        return TimeCode.written(Secrets.random(TimeCode.SECRET_BYTES));
    }

    /// Gives an account an authenticator in place of one it had, if the code is of that secret.
    public boolean keep(String account, String secret, String code) {
        byte[] bytes;
        try {
            bytes = TimeCode.read(secret);
        } catch (IllegalArgumentException e) {
            return false;
        }
        OptionalLong step = TimeCode.step(bytes, plain(code), clock.instant(), 0);
        step.ifPresent(used ->
                database.sql(
                                """
                                insert into time_code (account, secret, last_step, made) values (?, ?, ?, ?)
                                on conflict (account) do update set secret = excluded.secret,
                                    last_step = excluded.last_step, made = excluded.made\
                                """)
                        .params(account, seal.close(account, bytes), used, now())
                        .update());
        return step.isPresent();
    }

    public void removeAuthenticator(String account) {
        database.sql("delete from time_code where account = ?").param(account).update();
    }

    /// A new list of codes in place of the one before: ten, each good once. They are shown this once.
    public List<String> newRecoveryCodes(String account) {
        List<String> codes = new ArrayList<>();
        transactions.executeWithoutResult(_ -> {
            database.sql("delete from recovery_code where account = ?").param(account).update();
            for (int i = 0; i < RECOVERY_CODES; i++) {
                String code =
                        TimeCode.written(Secrets.random(RECOVERY_BYTES)).toLowerCase(Locale.ROOT);
                database.sql("insert into recovery_code (account, hash) values (?, ?)")
                        .params(account, Secrets.hash(code))
                        .update();
                codes.add(code.replaceAll("(.{4})(?=.)", "$1-"));
            }
        });
        return codes;
    }

    /// Tries a code of either kind, with or without the spaces and hyphens of how it was written.
    public Outcome tried(String account, String code) {
        return transactions.execute(_ -> {
            if (!mayTry(account)) {
                return Outcome.WAIT;
            }
            boolean right = isRight(account, plain(code));
            if (right) {
                database.sql("delete from code_failure where account = ?").param(account).update();
            } else {
                failed(account);
            }
            return right ? Outcome.RIGHT : Outcome.WRONG;
        });
    }

    /// Locks the account's row, so that codes tried side by side are counted one after the other.
    private boolean mayTry(String account) {
        database.sql("select 1 from account where name = ? for update")
                .param(account)
                .query(Integer.class)
                .optional();
        return database.sql("select wait_until from code_failure where account = ?")
                .param(account)
                .query(OffsetDateTime.class)
                .optional()
                .map(until -> !clock.instant().isBefore(until.toInstant()))
                .orElse(true);
    }

    private boolean isRight(String account, String code) {
        return SIX_DIGITS.matcher(code).matches()
                ? isOfAuthenticator(account, code)
                : database.sql("delete from recovery_code where account = ? and hash = ?")
                                .params(account, Secrets.hash(code))
                                .update()
                        > 0;
    }

    private boolean isOfAuthenticator(String account, String code) {
        record Kept(byte[] secret, long lastStep) {}
        return database.sql("select secret, last_step from time_code where account = ?")
                .param(account)
                .query((row, _) -> new Kept(row.getBytes(1), row.getLong(2)))
                .optional()
                .map(kept ->
                        TimeCode.step(
                                seal.open(account, kept.secret())
                                        .orElseThrow(() ->
                                                new IllegalStateException(
                                                        "the authenticators' secrets were sealed with another keys/codes")),
                                code,
                                clock.instant(),
                                kept.lastStep()))
                .filter(OptionalLong::isPresent)
                .map(step ->
                        database.sql("update time_code set last_step = ? where account = ?")
                                .params(step.getAsLong(), account)
                                .update())
                .isPresent();
    }

    private void failed(String account) {
        int failures =
                database.sql(
                                """
                                insert into code_failure (account, failures, wait_until) values (?, 1, ?)
                                on conflict (account) do update set failures = code_failure.failures + 1
                                returning failures\
                                """)
                        .params(account, now())
                        .query(Integer.class)
                        .single();
        if (failures >= FREE_FAILURES) {
            int doublings = Math.min(failures - FREE_FAILURES, MOST_DOUBLINGS);
            Instant until = clock.instant().plus(Duration.ofMinutes(Math.min(60, 1 << doublings)));
            database.sql("update code_failure set wait_until = ? where account = ?")
                    .params(until.atOffset(ZoneOffset.UTC), account)
                    .update();
        }
    }

    private static String plain(String code) {
        return code.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
