package org.kerege.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.kerege.node.SettableClock;
import org.kerege.node.identity.AccountLog.Event;
import org.kerege.node.identity.AccountLog.Kind;
import org.kerege.node.identity.Entrance.Outcome;
import org.kerege.node.ledger.Postgres;
import org.kerege.node.ledger.TestDatabases;
import org.kerege.node.settings.SignInRules;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class EntranceTest {

    private static final Instant START = Instant.parse("2025-01-15T12:00:00Z");
    private static final String PASSWORD = "a long enough password";
    private static final Visitor HERE = new Visitor("198.51.100.7", "A browser", null);
    private static final SignInRules RULES =
            new SignInRules(
                    null,
                    false,
                    Duration.ofHours(12),
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(10),
                    Set.of(),
                    List.of());

    private static final PGSimpleDataSource STORE = store();

    private final SettableClock clock = new SettableClock(START);
    private final JdbcClient database = JdbcClient.create(STORE);
    private final Identity identity = new Identity(database, clock, Set.of(Role.RELEASER));
    private final Sessions sessions = new Sessions(database, RULES, clock);
    private final AccountLog log = new AccountLog(database, clock);
    private final Codes codes =
            new Codes(
                    database,
                    new TransactionTemplate(new DataSourceTransactionManager(STORE)),
                    clock,
                    new byte[32]);
    private final Entrance entrance =
            new Entrance(
                    identity,
                    new Passkeys(new JdbcTemplate(STORE), clock),
                    codes,
                    new Certificates(database, clock),
                    sessions,
                    new KnownDevices(database, clock),
                    new FailureLimit(clock),
                    log);
    private String anna;

    private static PGSimpleDataSource store() {
        Postgres postgres = TestDatabases.laidOut();
        PGSimpleDataSource store = new PGSimpleDataSource();
        store.setUrl(postgres.url());
        store.setUser(postgres.user());
        store.setPassword(postgres.password());
        return store;
    }

    @BeforeEach
    void fresh_account() {
        anna = "anna " + UUID.randomUUID();
        identity.putAccount(anna, "Alpha", Set.of(Role.READER), null);
        identity.setPassword(anna, PASSWORD);
    }

    private Outcome.Entered enter(Visitor visitor) {
        return (Outcome.Entered) entrance.byPassword(anna, PASSWORD, visitor);
    }

    private String authenticator() {
        String secret = codes.newSecret();
        assertThat(codes.keep(anna, secret, code(secret))).isTrue();
        clock.set(clock.instant().plusSeconds(60));
        return secret;
    }

    private String code(String secret) {
        return TimeCode.at(TimeCode.read(secret), clock.instant());
    }

    private List<Event> events() {
        return log.find(new AccountLog.Filter(anna, null, null, null), Long.MAX_VALUE, 100);
    }

    @Nested
    class A_session {

        @Test
        void ends_when_nobody_uses_it() {
            String secret = enter(HERE).secret();
            clock.set(START.plus(Duration.ofMinutes(29)));
            assertThat(sessions.find(secret)).isPresent();
            clock.set(START.plus(Duration.ofMinutes(58)));
            assertThat(sessions.find(secret)).isPresent();
            clock.set(START.plus(Duration.ofMinutes(88)));
            assertThat(sessions.find(secret)).isEmpty();
        }

        @Test
        void ends_after_its_longest_however_busy_it_is() {
            String secret = enter(HERE).secret();
            for (int minutes = 20; minutes < 12 * 60; minutes += 20) {
                clock.set(START.plus(Duration.ofMinutes(minutes)));
                assertThat(sessions.find(secret)).isPresent();
            }
            clock.set(START.plus(Duration.ofHours(12)));
            assertThat(sessions.find(secret)).isEmpty();
        }

        @Test
        void is_listed_and_ended_by_its_account_alone() {
            String secret = enter(HERE).secret();
            UUID name = sessions.list(anna).getFirst().name();

            assertThat(sessions.end(name, "another account")).isEmpty();
            assertThat(sessions.find(secret)).isPresent();
            assertThat(sessions.end(name, anna)).contains(anna);
            assertThat(sessions.find(secret)).isEmpty();
        }

        @Test
        void ends_with_the_others_when_the_password_changes() {
            String secret = enter(HERE).secret();
            identity.setPassword(anna, "another long password");
            assertThat(sessions.find(secret)).isEmpty();
        }

        @Test
        void is_one_of_at_most_twenty_of_its_account() {
            String first = enter(HERE).secret();
            for (int i = 1; i <= 20; i++) {
                clock.set(START.plusSeconds(i));
                sessions.begin(anna, true, "password", HERE);
            }
            assertThat(sessions.list(anna)).hasSize(20);
            assertThat(sessions.find(first)).isEmpty();
        }

        @Test
        void is_fresh_for_a_while_and_again_after_a_proof_with_a_new_secret() {
            String secret = enter(HERE).secret();
            clock.set(START.plus(Duration.ofMinutes(10)));
            Session stale = sessions.find(secret).orElseThrow();
            assertThat(sessions.isFresh(stale)).isFalse();
            assertThat(entrance.again(stale, "wrong", HERE)).isInstanceOf(Outcome.Refused.class);

            Outcome.Entered proved = (Outcome.Entered) entrance.again(stale, PASSWORD, HERE);

            assertThat(sessions.find(secret)).isEmpty();
            assertThat(sessions.isFresh(sessions.find(proved.secret()).orElseThrow())).isTrue();
        }
    }

    @Nested
    class A_second_factor {

        @Test
        void is_asked_for_before_anything_opens() {
            String secret = authenticator();
            Outcome.Entered first = enter(HERE);
            assertThat(first.complete()).isFalse();
            Session half = sessions.find(first.secret()).orElseThrow();
            assertThat(half.complete()).isFalse();

            Outcome.Entered second = (Outcome.Entered) entrance.typed(half, code(secret), HERE);

            assertThat(second.complete()).isTrue();
            assertThat(sessions.find(first.secret())).isEmpty();
            assertThat(sessions.find(second.secret()).orElseThrow().complete()).isTrue();
        }

        @Test
        void is_waited_for_ten_minutes() {
            authenticator();
            Instant began = clock.instant();
            String secret = enter(HERE).secret();
            clock.set(began.plus(Duration.ofMinutes(10)));
            assertThat(sessions.find(secret)).isEmpty();
        }

        @Test
        void makes_the_password_alone_worth_nothing_to_programs() {
            String basic =
                    "Basic "
                            + java.util.Base64.getEncoder()
                                    .encodeToString(
                                            (anna + ":" + PASSWORD)
                                                    .getBytes(
                                                            java.nio.charset.StandardCharsets
                                                                    .UTF_8));
            assertThat(identity.authenticate(basic, "127.0.0.1")).isPresent();
            authenticator();
            clock.set(clock.instant().plusSeconds(61));
            assertThat(identity.authenticate(basic, "127.0.0.1")).isEmpty();
        }

        @Test
        void is_not_replaced_by_the_password_when_it_is_asked_again() {
            String secret = authenticator();
            Session half = sessions.find(enter(HERE).secret()).orElseThrow();
            Outcome.Entered in = (Outcome.Entered) entrance.typed(half, code(secret), HERE);
            Session session = sessions.find(in.secret()).orElseThrow();

            assertThat(entrance.again(session, PASSWORD, HERE)).isInstanceOf(Outcome.Refused.class);
        }

        @Test
        void is_needed_by_roles_that_say_so() {
            assertThat(identity.needsFactor(caller())).isFalse();
            identity.putAccount(anna, "Alpha", Set.of(Role.READER, Role.RELEASER), null);
            assertThat(identity.needsFactor(caller())).isTrue();
        }

        private Caller caller() {
            return sessions.find(enter(HERE).secret()).orElseThrow().caller();
        }
    }

    @Nested
    class A_code {

        @Test
        void is_good_once() {
            String secret = authenticator();
            String code = code(secret);
            assertThat(codes.tried(anna, code)).isEqualTo(Codes.Outcome.RIGHT);
            assertThat(codes.tried(anna, code)).isEqualTo(Codes.Outcome.WRONG);
        }

        @Test
        void of_the_list_is_good_once_however_it_is_written() {
            List<String> list = codes.newRecoveryCodes(anna);
            assertThat(list).hasSize(10).doesNotHaveDuplicates();

            String first = list.getFirst().toUpperCase(java.util.Locale.ROOT).replace("-", " ");
            assertThat(codes.tried(anna, first)).isEqualTo(Codes.Outcome.RIGHT);
            assertThat(codes.tried(anna, first)).isEqualTo(Codes.Outcome.WRONG);
            assertThat(codes.held(anna).recovery()).isEqualTo(9);
        }

        @Test
        void of_an_older_list_is_good_no_more() {
            String old = codes.newRecoveryCodes(anna).getFirst();
            codes.newRecoveryCodes(anna);
            assertThat(codes.tried(anna, old)).isEqualTo(Codes.Outcome.WRONG);
        }

        @Test
        void waits_after_five_wrong_ones_and_longer_each_time() {
            String good = codes.newRecoveryCodes(anna).getFirst();
            for (int i = 0; i < 5; i++) {
                assertThat(codes.tried(anna, "000000")).isEqualTo(Codes.Outcome.WRONG);
            }
            assertThat(codes.tried(anna, good)).isEqualTo(Codes.Outcome.WAIT);
            clock.set(START.plusSeconds(60));
            assertThat(codes.tried(anna, "000000")).isEqualTo(Codes.Outcome.WRONG);
            clock.set(START.plusSeconds(119));
            assertThat(codes.tried(anna, good)).isEqualTo(Codes.Outcome.WAIT);
            clock.set(START.plusSeconds(180));
            assertThat(codes.tried(anna, good)).isEqualTo(Codes.Outcome.RIGHT);
            assertThat(codes.tried(anna, "000000")).isEqualTo(Codes.Outcome.WRONG);
        }

        @Test
        void secret_lies_sealed_in_the_store() {
            String secret = authenticator();
            byte[] kept =
                    database.sql("select secret from time_code where account = ?")
                            .param(anna)
                            .query(byte[].class)
                            .single();
            assertThat(kept).hasSize(12 + 20 + 16);
            assertThat(HexFormat.of().formatHex(kept))
                    .doesNotContain(HexFormat.of().formatHex(TimeCode.read(secret)));
        }
    }

    @Nested
    class Guessing {

        private void guess(Visitor visitor, int times) {
            for (int i = 0; i < times; i++) {
                entrance.byPassword(anna, "wrong", visitor);
            }
        }

        @Test
        void makes_its_own_network_wait_and_no_other() {
            guess(HERE, 10);

            assertThat(entrance.byPassword(anna, PASSWORD, HERE)).isInstanceOf(Outcome.Wait.class);
            assertThat(entrance.byPassword(anna, PASSWORD, new Visitor("203.0.113.9", "", null)))
                    .isInstanceOf(Outcome.Entered.class);
        }

        @Test
        void from_all_addresses_of_one_site_is_counted_together() {
            for (int i = 0; i < 10; i++) {
                guess(new Visitor("2001:db8:1:2::" + i, "", null), 1);
            }
            assertThat(
                            entrance.byPassword(
                                    anna, PASSWORD, new Visitor("2001:db8:1:2::ff", "", null)))
                    .isInstanceOf(Outcome.Wait.class);
        }

        @Test
        void beside_a_known_browser_does_not_slow_it() {
            String device = entrance.remember(anna, null);
            guess(HERE, 10);

            assertThat(entrance.byPassword(anna, PASSWORD, new Visitor(HERE.address(), "", device)))
                    .isInstanceOf(Outcome.Entered.class);
            assertThat(
                            entrance.byPassword(
                                    anna, PASSWORD, new Visitor(HERE.address(), "", "made up")))
                    .isInstanceOf(Outcome.Wait.class);
        }

        @Test
        void is_one_row_an_hour_on_record_with_no_name_that_is_nobodys() {
            guess(HERE, 7);
            entrance.byPassword("my secret typed in the wrong field", "x", HERE);

            assertThat(events())
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.kind()).isEqualTo(Kind.SIGN_IN_FAILED);
                        assertThat(event.times()).isEqualTo(7);
                    });
            assertThat(
                            database.sql(
                                            "select count(*) from account_event e where e::text like '%wrong field%'")
                                    .query(Integer.class)
                                    .single())
                    .isZero();
        }

        @Test
        void from_ever_new_networks_adds_a_bounded_number_of_rows() {
            database.sql(
                            """
                            insert into account_event (at, account, kind, address, detail, hour)
                            select :now, :account, 'SIGN_IN_FAILED', 'network ' || n, '', date_trunc('hour', :now::timestamptz)
                            from generate_series(1, 1000) n\
                            """)
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .param("account", anna)
                    .update();

            log.noteFailure(Kind.SIGN_IN_FAILED, anna, "100.64.0.1");
            log.noteFailure(Kind.SIGN_IN_FAILED, anna, "100.64.0.2");

            assertThat(
                            database.sql(
                                            "select address || ' ' || times from account_event where account = ? order by id desc")
                                    .param(anna)
                                    .query(String.class)
                                    .list())
                    .hasSize(1_001)
                    .startsWith("many 2");
        }
    }

    @Test
    void a_reset_takes_everything_away() {
        authenticator();
        codes.newRecoveryCodes(anna);
        String secret = enter(HERE).secret();

        identity.reset(anna);

        assertThat(sessions.find(secret)).isEmpty();
        assertThat(codes.held(anna)).isEqualTo(new Codes.Held(false, 0));
        assertThat(entrance.byPassword(anna, PASSWORD, HERE)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void what_is_older_than_two_years_leaves_the_record() {
        log.note(Kind.SIGNED_IN, anna, anna, "", "");
        clock.set(START.plus(Duration.ofDays(731)));
        log.note(Kind.SIGNED_OUT, anna, anna, "", "");

        assertThat(events()).extracting(Event::kind).containsExactly(Kind.SIGNED_OUT);
    }
}
