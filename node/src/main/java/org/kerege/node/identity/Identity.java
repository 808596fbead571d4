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
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
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
    /// @param address from where it came; a token may be bound to addresses
    /// @return empty when it proves nobody
    public Optional<Caller> authenticate(String header, String address) {
        int space = header.indexOf(' ');
        if (space < 0 || header.length() > 4_096) {
            return Optional.empty();
        }
        byte[] remembered = keyed(header + "\n" + address);
        Optional<Caller> known = recent.find(remembered);
        if (known.isPresent()) {
            return known;
        }
        String credentials = header.substring(space + 1).strip();
        Optional<Proof> proof =
                switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
                    case "basic" -> byPassword(credentials);
                    case "bearer", "token" -> byToken(credentials, address);
                    default -> Optional.empty();
                };
        proof.ifPresent(proved -> recent.remember(remembered, proved.caller(), proved.end()));
        return proof.map(Proof::caller);
    }

    /// The caller that a header proves without a password being tried: one let in a moment ago, or a token.
    Optional<Caller> authenticateUnguessable(String header, String address) {
        int space = header.indexOf(' ');
        boolean basic = space > 0 && header.substring(0, space).equalsIgnoreCase("basic");
        return basic ? recent.find(keyed(header + "\n" + address)) : authenticate(header, address);
    }

    /// The account that a header claims to be of, by its word alone; empty where it names none.
    String claimedAccount(String header) {
        int space = header.indexOf(' ');
        if (space < 0
                || header.length() > 4_096
                || !header.substring(0, space).equalsIgnoreCase("basic")) {
            return "";
        }
        try {
            String pair =
                    new String(
                            Base64.getDecoder().decode(header.substring(space + 1).strip()),
                            StandardCharsets.UTF_8);
            return pair.substring(0, Math.max(0, pair.indexOf(':')));
        } catch (IllegalArgumentException e) {
            return "";
        }
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

    /// Makes a token for an account that may do what the account may, from anywhere.
    public String newToken(String account, String label, boolean readOnly, Instant expires) {
        return newToken(account, label, new TokenScope(readOnly, null, Set.of()), expires);
    }

    /// Makes a token for an account. It is shown this once; only its hash is kept.
    ///
    /// @param label what it is for, in the words of whoever made it
    public String newToken(String account, String label, TokenScope scope, Instant expires) {
        String token = TOKEN_PREFIX + secret();
        Set<UUID> collections = scope.collections();
        database.sql(
                        """
                        insert into api_token (hash, account, label, read_only, expires, collections, addresses)
                        values (?, ?, ?, ?, ?, ?::uuid[], ?::text[])\
                        """)
                .param(sha256(token))
                .param(account)
                .param(label)
                .param(scope.readOnly())
                .param(expires.atOffset(ZoneOffset.UTC))
                .param(
                        collections == null
                                ? null
                                : arrayLiteral(collections.stream().map(UUID::toString)))
                .param(arrayLiteral(scope.addresses().stream()))
                .update();
        return token;
    }

    /// A token as its account's owner may see it: never the token itself.
    ///
    /// @param lastUsed null when it never was
    public record IssuedToken(String label, Instant expires, @Nullable Instant lastUsed) {}

    /// Tokens of an account, the one that expires first before the others.
    public List<IssuedToken> tokens(String account) {
        return database.sql(
                        "select label, expires, last_used from api_token where account = ? order by expires")
                .param(account)
                .query((row, _) -> {
                    OffsetDateTime used = row.getObject(3, OffsetDateTime.class);
                    return new IssuedToken(
                            row.getString(1),
                            row.getObject(2, OffsetDateTime.class).toInstant(),
                            used == null ? null : used.toInstant());
                })
                .list();
    }

    /// Ends all tokens of an account that have this label.
    ///
    /// @return how many there were
    public int revokeTokens(String account, String label) {
        int revoked =
                database.sql("delete from api_token where account = ? and label = ?")
                        .params(account, label)
                        .update();
        recent.forget();
        return revoked;
    }

    /// Ends a token at once.
    ///
    /// @param hash of the token, hexadecimal
    public void revokeToken(String hash) {
        database.sql("delete from api_token where encode(hash, 'hex') = ?").param(hash).update();
        recent.forget();
    }

    /// An account as it stands now.
    ///
    /// @param passwordMark equal for two answers between which its password was not changed
    public record Standing(Caller caller, String passwordMark) {}

    /// How an account stands now; empty when it is gone or its password was taken away.
    public Optional<Standing> standing(String account) {
        return database.sql("select * from account where name = ? and password is not null")
                .param(account)
                .query((row, _) ->
                        new Standing(
                                caller(row, false),
                                HexFormat.of().formatHex(sha256(row.getString("password")))))
                .optional();
    }

    /// Names of accounts that may administer the node.
    public List<String> administrators() {
        return database.sql(
                        "select name from account where 'ADMINISTRATOR' = any(roles) order by name")
                .query(String.class)
                .list();
    }

    /// Takes an account's password and tokens away and makes an invitation: for whoever has lost them, or to shut out
    /// whoever has found them.
    ///
    /// @return the invitation; empty when there is no such account
    public Optional<String> reset(String account) {
        int known =
                database.sql("update account set password = null where name = ?")
                        .param(account)
                        .update();
        if (known == 0) {
            return Optional.empty();
        }
        database.sql("delete from api_token where account = ?").param(account).update();
        database.sql("delete from invitation where account = ?").param(account).update();
        recent.forget();
        return Optional.of(newInvitation(account));
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

    /// A caller, and until when what proved it holds.
    private record Proof(Caller caller, Instant end) {}

    private Optional<Proof> byPassword(String credentials) {
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
                .query((row, _) -> new Proof(caller(row, false), Instant.MAX))
                .optional();
    }

    private Optional<Proof> byToken(String token, String address) {
        return database.sql(
                        """
                        update api_token t set last_used = ? from account a
                        where t.hash = ? and t.expires > ? and a.name = t.account
                          and (t.addresses = '{}' or ?::inet <<= any(t.addresses::inet[]))
                        returning a.*, t.read_only, t.expires, t.collections as token_collections\
                        """)
                .params(
                        clock.instant().atOffset(ZoneOffset.UTC),
                        sha256(token),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        address)
                .query((row, _) ->
                        new Proof(
                                caller(row, row.getBoolean("read_only"))
                                        .within(collections(row.getArray("token_collections"))),
                                row.getObject("expires", OffsetDateTime.class).toInstant()))
                .optional();
    }

    private static Caller caller(ResultSet row, boolean readOnly) throws SQLException {
        Set<Role> roles =
                Arrays.stream((String[]) row.getArray("roles").getArray())
                        .map(Role::valueOf)
                        .filter(role -> !readOnly || role == Role.READER || role == Role.AUDITOR)
                        .collect(Collectors.toSet());
        return new Caller(
                row.getString("name"),
                row.getString("organisation"),
                roles,
                collections(row.getArray("collections")));
    }

    private static @Nullable Set<UUID> collections(@Nullable Array array) throws SQLException {
        return array == null ? null : Set.of((UUID[]) array.getArray());
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
