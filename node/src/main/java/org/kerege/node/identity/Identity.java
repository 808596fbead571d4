package org.kerege.node.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/// Accounts, and the proof that a caller is one. Slow password hashes protect what is stored; what has been verified
/// is remembered for a minute under a key that dies with the process, so that a poll does not pay for them.
public final class Identity {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final Duration INVITATION_LIFE = Duration.ofDays(2);
    private static final int TOKEN_BYTES = 32;
    private static final String TOKEN_PREFIX = "kerege_";

    private final JdbcClient database;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final BCryptPasswordEncoder passwords = new BCryptPasswordEncoder(12);
    private final RecentCallers recent;
    private final SecretKeySpec cacheKey;

    /// Compared with when there is no such account, so that the answer takes as long.
    private final String nobodysPassword;

    public Identity(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.recent = new RecentCallers(clock, REMEMBERED);
        byte[] key = new byte[32];
        random.nextBytes(key);
        this.cacheKey = new SecretKeySpec(key, "HmacSHA256");
        this.nobodysPassword = passwords.encode(UUID.randomUUID().toString());
    }

    /// The caller that an `Authorization` header proves: `Basic`, `Bearer` or `Token`, in any case.
    ///
    /// @return empty when it proves nobody
    public Optional<Caller> authenticate(String header) {
        int space = header.indexOf(' ');
        if (space < 0 || header.length() > 4_096) {
            return Optional.empty();
        }
        byte[] remembered = keyed(header);
        Optional<Caller> known = recent.find(remembered);
        if (known.isPresent()) {
            return known;
        }
        String credentials = header.substring(space + 1).strip();
        Optional<Caller> caller =
                switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
                    case "basic" -> byPassword(credentials);
                    case "bearer", "token" -> byToken(credentials);
                    default -> Optional.empty();
                };
        caller.ifPresent(proved -> recent.remember(remembered, proved));
        return caller;
    }

    /// Adds an account, or changes its organisation and roles.
    ///
    /// @param collections the only collections it may use; null for all
    public void putAccount(
            String name, String organisation, Set<Role> roles, @Nullable Set<UUID> collections) {
        database.sql(
                        """
                        insert into account (name, organisation, roles, collections) values (?, ?, ?::text[], ?::uuid[])
                        on conflict (name) do update set organisation = excluded.organisation,
                            roles = excluded.roles, collections = excluded.collections\
                        """)
                .param(name)
                .param(organisation)
                .param(arrayLiteral(roles.stream().map(Role::name)))
                .param(
                        collections == null
                                ? null
                                : arrayLiteral(collections.stream().map(UUID::toString)))
                .update();
        recent.forget();
    }

    /// Sets the password of an account.
    public void setPassword(String account, String password) {
        database.sql("update account set password = ? where name = ?")
                .params(passwords.encode(password), account)
                .update();
        recent.forget();
    }

    /// Makes a token for an account. It is shown this once; only its hash is kept.
    public String newToken(String account, String label, boolean readOnly, Instant expires) {
        String token = TOKEN_PREFIX + secret();
        database.sql(
                        "insert into api_token (hash, account, label, read_only, expires) values (?, ?, ?, ?, ?)")
                .params(sha256(token), account, label, readOnly, expires.atOffset(ZoneOffset.UTC))
                .update();
        return token;
    }

    /// Makes a secret with which an account can set its password once.
    public String newInvitation(String account) {
        String secret = secret();
        database.sql("insert into invitation (hash, account, expires) values (?, ?, ?)")
                .params(
                        sha256(secret),
                        account,
                        clock.instant().plus(INVITATION_LIFE).atOffset(ZoneOffset.UTC))
                .update();
        return secret;
    }

    /// Sets the password of the account that an invitation is for, once.
    ///
    /// @return whether the invitation was good
    public boolean accept(String invitation, String password) {
        Optional<String> account =
                database.sql(
                                "delete from invitation where hash = ? and expires > ? returning account")
                        .params(sha256(invitation), clock.instant().atOffset(ZoneOffset.UTC))
                        .query(String.class)
                        .optional();
        account.ifPresent(name -> setPassword(name, password));
        return account.isPresent();
    }

    public boolean anyAccount() {
        return database.sql("select exists (select 1 from account)").query(Boolean.class).single();
    }

    private Optional<Caller> byPassword(String credentials) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String name = pair.substring(0, colon);
        String password = pair.substring(colon + 1);
        String stored =
                database.sql("select password from account where name = ? and password is not null")
                        .param(name)
                        .query(String.class)
                        .optional()
                        .orElse(nobodysPassword);
        if (!passwords.matches(password, stored)) {
            return Optional.empty();
        }
        return database.sql("select * from account where name = ?")
                .param(name)
                .query((row, _) -> caller(row, false))
                .optional();
    }

    private Optional<Caller> byToken(String token) {
        return database.sql(
                        """
                        update api_token t set last_used = ? from account a
                        where t.hash = ? and t.expires > ? and a.name = t.account
                        returning a.*, t.read_only\
                        """)
                .params(
                        clock.instant().atOffset(ZoneOffset.UTC),
                        sha256(token),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, _) -> caller(row, row.getBoolean("read_only")))
                .optional();
    }

    private static Caller caller(ResultSet row, boolean readOnly) throws SQLException {
        Set<Role> roles =
                Arrays.stream((String[]) row.getArray("roles").getArray())
                        .map(Role::valueOf)
                        .filter(role -> !readOnly || role == Role.READER || role == Role.AUDITOR)
                        .collect(Collectors.toSet());
        Array collections = row.getArray("collections");
        return new Caller(
                row.getString("name"),
                row.getString("organisation"),
                roles,
                collections == null ? null : Set.of((UUID[]) collections.getArray()));
    }

    private static String arrayLiteral(Stream<String> elements) {
        return elements.collect(Collectors.joining(",", "{", "}"));
    }

    private String secret() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] keyed(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(cacheKey);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
