package org.kerege.node.identity;

import java.nio.charset.StandardCharsets;
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
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/// Accounts, and the proof that a caller is one. Slow password hashes protect what is stored; what has been verified
/// is remembered for a minute under a key that dies with the process, so that a poll does not pay for them.
public final class Identity {

    /// Tables of what an account proves itself with, or has opened.
    private static final List<String> OWN =
            List.of(
                    "api_token",
                    "invitation",
                    "web_session",
                    "known_device",
                    "time_code",
                    "recovery_code",
                    "code_failure",
                    "account_certificate");

    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final Duration INVITATION_LIFE = Duration.ofDays(2);
    private static final int SHORTEST_PASSWORD = 12;
    private static final int LONGEST_PASSWORD_BYTES = 72;
    private static final String TOKEN_PREFIX = "kerege_";

    /// Column that says whether the account `a` has something to show beside its password.
    static final String HAS_FACTOR =
            """
            (exists (select 1 from time_code t where t.account = a.name)
                or exists (select 1 from user_entities u join user_credentials c on c.user_entity_user_id = u.id
                    where u.name = a.name)) as has_factor\
            """;

    private final JdbcClient database;
    private final Clock clock;
    private final Set<Role> secondFactor;
    private final BCryptPasswordEncoder passwords = new BCryptPasswordEncoder(12);
    private final RecentCallers recent;
    private final SecretKeySpec cacheKey;

    /// Compared with when there is no such account, so that the answer takes as long.
    private final String nobodysPassword;

    public Identity(JdbcClient database, Clock clock) {
        this(database, clock, Set.of());
    }

    /// @param secondFactor roles whose passwords open nothing alone
    Identity(JdbcClient database, Clock clock, Set<Role> secondFactor) {
        this.database = database;
        this.clock = clock;
        this.secondFactor = Set.copyOf(secondFactor);
        this.recent = new RecentCallers(clock, REMEMBERED);
        this.cacheKey = Secrets.key();
        this.nobodysPassword = passwords.encode(UUID.randomUUID().toString());
    }

    /// The caller that an `Authorization` header proves: `Basic`, `Bearer` or `Token`, in any case. A password alone
    /// proves nobody who has a second factor, or needs one for a role: such accounts give programs a token.
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

    /// Whether a password is long enough, and no longer than bcrypt reads.
    public static boolean isFit(String password) {
        return password.length() >= SHORTEST_PASSWORD
                && password.getBytes(StandardCharsets.UTF_8).length <= LONGEST_PASSWORD_BYTES;
    }

    /// Sets the password of an account, and ends its sessions.
    public void setPassword(String account, String password) {
        database.sql("update account set password = ? where name = ?")
                .params(passwords.encode(password), account)
                .update();
        database.sql("delete from web_session where account = ?").param(account).update();
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
        String token = TOKEN_PREFIX + Secrets.make();
        Set<UUID> collections = scope.collections();
        database.sql(
                        """
                        insert into api_token (hash, account, label, read_only, expires, collections, addresses)
                        values (?, ?, ?, ?, ?, ?::uuid[], ?::text[])\
                        """)
                .param(Secrets.hash(token))
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

    /// A token as lists show it: never the token itself.
    ///
    /// @param id names it: its hash, hexadecimal
    /// @param lastUsed null when it never was
    public record IssuedToken(
            String id,
            String account,
            String label,
            TokenScope scope,
            Instant expires,
            @Nullable Instant lastUsed) {}

    /// Tokens of an account, or of all where none is named, the one that expires first before the others.
    public List<IssuedToken> tokens(@Nullable String account) {
        return database.sql(
                        """
                        select * from api_token where :account::text is null or account = :account
                        order by expires, account, label\
                        """)
                .param("account", account)
                .query((row, _) -> {
                    OffsetDateTime used = row.getObject("last_used", OffsetDateTime.class);
                    return new IssuedToken(
                            HexFormat.of().formatHex(row.getBytes("hash")),
                            row.getString("account"),
                            row.getString("label"),
                            new TokenScope(
                                    row.getBoolean("read_only"),
                                    collections(row.getArray("collections")),
                                    Set.of((String[]) row.getArray("addresses").getArray())),
                            row.getObject("expires", OffsetDateTime.class).toInstant(),
                            used == null ? null : used.toInstant());
                })
                .list();
    }

    /// Ends a token at once.
    ///
    /// @param account whose it has to be; null for anybody's
    /// @return what it was; empty when there is no such token
    public Optional<IssuedToken> revokeToken(String id, @Nullable String account) {
        Optional<IssuedToken> token =
                tokens(account).stream().filter(issued -> issued.id().equals(id)).findFirst();
        token.ifPresent(issued ->
                database.sql("delete from api_token where hash = ?")
                        .param(HexFormat.of().parseHex(issued.id()))
                        .update());
        recent.forget();
        return token;
    }

    /// An account whose password was shown.
    ///
    /// @param hasFactor whether it has something to show beside it
    record Proved(Caller caller, boolean hasFactor) {}

    /// The account that a password proves as far as one can. It takes as long when there is no such account.
    Optional<Proved> provedByPassword(String name, String password) {
        String stored =
                database.sql("select password from account where name = ? and password is not null")
                        .param(name)
                        .query(String.class)
                        .optional()
                        .orElse(nobodysPassword);
        if (!passwords.matches(password, stored)) {
            return Optional.empty();
        }
        return database.sql("select a.*, " + HAS_FACTOR + " from account a where a.name = ?")
                .param(name)
                .query((row, _) ->
                        new Proved(caller(row, "name", false), row.getBoolean("has_factor")))
                .optional();
    }

    /// Whether an account has something to show beside its password.
    boolean hasFactor(String account) {
        return database.sql("select " + HAS_FACTOR + " from account a where a.name = ?")
                .param(account)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /// Whether an account with these rights has to have a second factor.
    public boolean needsFactor(Caller caller) {
        return caller.roles().stream().anyMatch(secondFactor::contains);
    }

    /// An account as administrators see it.
    ///
    /// @param hasPassword whether it has set one
    public record Account(Caller caller, boolean hasPassword, boolean hasFactor) {

        public String name() {
            return caller.account();
        }
    }

    /// All accounts, by name.
    public List<Account> accounts() {
        return database.sql("select a.*, " + HAS_FACTOR + " from account a order by a.name")
                .query((row, _) -> account(row))
                .list();
    }

    /// The account of a name; empty when there is none.
    public Optional<Account> account(String name) {
        // The store holds no text with it, and takes none to compare with.
        if (name.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        return database.sql("select a.*, " + HAS_FACTOR + " from account a where a.name = ?")
                .param(name)
                .query((row, _) -> account(row))
                .optional();
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                caller(row, "name", false),
                row.getString("password") != null,
                row.getBoolean("has_factor"));
    }

    /// Removes an account with all that it opened and proved itself with. What it did stays on record.
    public boolean removeAccount(String name) {
        boolean removed =
                database.sql("delete from account where name = ?").param(name).update() > 0;
        recent.forget();
        return removed;
    }

    /// Names of accounts that may administer the node.
    public List<String> administrators() {
        return database.sql(
                        "select name from account where 'ADMINISTRATOR' = any(roles) order by name")
                .query(String.class)
                .list();
    }

    /// Takes an account's password, tokens, passkeys, codes and sessions away and makes an invitation: for whoever has
    /// lost them, or to shut out whoever has found them.
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
        for (String table : OWN) {
            database.sql("delete from " + table + " where account = ?").param(account).update();
        }
        database.sql("delete from user_entities where name = ?").param(account).update();
        recent.forget();
        return Optional.of(newInvitation(account));
    }

    /// Makes a secret with which an account can set its password once.
    public String newInvitation(String account) {
        String secret = Secrets.make();
        database.sql("insert into invitation (hash, account, expires) values (?, ?, ?)")
                .params(
                        Secrets.hash(secret),
                        account,
                        clock.instant().plus(INVITATION_LIFE).atOffset(ZoneOffset.UTC))
                .update();
        return secret;
    }

    /// Sets the password of the account that an invitation is for, once.
    ///
    /// @return the account; empty when the invitation is not good
    public Optional<String> accept(String invitation, String password) {
        Optional<String> account =
                database.sql(
                                "delete from invitation where hash = ? and expires > ? returning account")
                        .params(Secrets.hash(invitation), clock.instant().atOffset(ZoneOffset.UTC))
                        .query(String.class)
                        .optional();
        account.ifPresent(name -> setPassword(name, password));
        return account;
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
        return provedByPassword(pair.substring(0, colon), pair.substring(colon + 1))
                .filter(proved -> !proved.hasFactor() && !needsFactor(proved.caller()))
                .map(proved -> new Proof(proved.caller(), Instant.MAX));
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
                        Secrets.hash(token),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        address)
                .query((row, _) ->
                        new Proof(
                                caller(row, "name", row.getBoolean("read_only"))
                                        .within(collections(row.getArray("token_collections"))),
                                row.getObject("expires", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /// An account as a caller, for a capability that has proved it by a secret of its own.
    public Optional<Caller> callerOf(String account) {
        return database.sql(
                        "select name, organisation, roles, collections from account where name = ?")
                .param(account)
                .query((row, _) -> caller(row, "name", true))
                .optional();
    }

    /// The account in a row of `account`.
    ///
    /// @param name column of its name
    static Caller caller(ResultSet row, String name, boolean readOnly) throws SQLException {
        Set<Role> roles =
                Arrays.stream((String[]) row.getArray("roles").getArray())
                        .map(Role::valueOf)
                        .filter(role -> !readOnly || role == Role.READER || role == Role.AUDITOR)
                        .collect(Collectors.toSet());
        return new Caller(
                row.getString(name),
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

    private byte[] keyed(String text) {
        return Secrets.mac(cacheKey, text.getBytes(StandardCharsets.UTF_8));
    }
}
