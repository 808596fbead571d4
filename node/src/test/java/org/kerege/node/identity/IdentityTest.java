package org.kerege.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.SettableClock;
import org.kerege.node.ledger.TestDatabases;
import org.kerege.node.server.NodeServer;
import org.kerege.node.settings.Settings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class IdentityTest {

    private static final Instant START = Instant.parse("2025-01-15T12:00:00Z");

    @TempDir private static Path folder;
    private static NodeServer node;

    private final SettableClock clock = new SettableClock(START);
    private Identity identity;

    @BeforeEach
    void fresh_identity() {
        identity = new Identity(node.part(JdbcClient.class), clock);
    }

    @BeforeAll
    static void start() throws IOException {
        node =
                NodeServer.start(
                        new Settings(
                                "Alpha",
                                "Alpha",
                                folder,
                                "127.0.0.1",
                                0,
                                TestDatabases.laidOut(),
                                Map.of(),
                                1 << 20));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private String account() {
        String name = "account " + UUID.randomUUID();
        identity.putAccount(name, "Alpha", Set.of(Role.READER, Role.PUBLISHER), null);
        return name;
    }

    private static String basic(String name, String password) {
        return "basic "
                + Base64.getEncoder()
                        .encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void every_route_declares_who_may_call_it() {
        Set<String> silent = new TreeSet<>();
        int routes = 0;
        for (HandlerMapping mappings : handlerMappings()) {
            if (mappings instanceof RequestMappingHandlerMapping routed) {
                for (HandlerMethod route : routed.getHandlerMethods().values()) {
                    routes++;
                    if (DeclaredCallers.declared(route) == null && isOurs(route)) {
                        silent.add(route.toString());
                    }
                }
            }
        }

        assertThat(routes).isGreaterThan(10);
        assertThat(silent).isEmpty();
    }

    private static List<HandlerMapping> handlerMappings() {
        List<HandlerMapping> mappings = node.part(DispatcherServlet.class).getHandlerMappings();
        return mappings == null ? List.of() : mappings;
    }

    private static boolean isOurs(HandlerMethod route) {
        return route.getBeanType().getPackageName().startsWith("org.kerege");
    }

    @Nested
    class A_token {

        @Test
        void is_taken_as_bearer_and_as_token_in_any_case() {
            String token = identity.newToken(account(), "x", false, START.plusSeconds(10));

            for (String scheme : new String[] {"Bearer", "bearer", "Token", "token"}) {
                assertThat(identity.authenticate(scheme + " " + token, "127.0.0.1")).isPresent();
            }
            assertThat(identity.authenticate("Digest " + token, "127.0.0.1")).isEmpty();
        }

        @Test
        void ends_at_its_expiry() {
            String token = identity.newToken(account(), "x", false, START.plusSeconds(120));

            clock.set(START.plusSeconds(120));

            assertThat(identity.authenticate("Bearer " + token, "127.0.0.1")).isEmpty();
        }

        @Test
        void that_was_let_in_a_moment_before_its_expiry_ends_there_too() {
            String token = identity.newToken(account(), "x", false, START.plusSeconds(10));
            identity.authenticate("Bearer " + token, "127.0.0.1");

            clock.set(START.plusSeconds(10));

            assertThat(identity.authenticate("Bearer " + token, "127.0.0.1")).isEmpty();
        }

        @Test
        void works_only_from_its_addresses() {
            String token =
                    identity.newToken(
                            account(),
                            "x",
                            new TokenScope(false, null, Set.of("198.51.100.0/24", "2001:db8::1")),
                            START.plusSeconds(10));

            assertThat(identity.authenticate("Bearer " + token, "198.51.100.7")).isPresent();
            assertThat(identity.authenticate("Bearer " + token, "2001:db8::1")).isPresent();
            assertThat(identity.authenticate("Bearer " + token, "203.0.113.7")).isEmpty();
            assertThatThrownBy(() -> new TokenScope(false, null, Set.of("home")))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void is_bound_to_its_collections_and_to_reading() {
            UUID collection = UUID.randomUUID();
            String token =
                    identity.newToken(
                            account(),
                            "x",
                            new TokenScope(true, Set.of(collection), Set.of()),
                            START.plusSeconds(10));

            Caller caller = identity.authenticate("Bearer " + token, "127.0.0.1").orElseThrow();

            assertThat(caller.roles()).containsExactly(Role.READER);
            assertThat(caller.mayUse(collection)).isTrue();
            assertThat(caller.mayUse(UUID.randomUUID())).isFalse();
        }

        @Test
        void says_when_it_was_used_last_and_can_be_revoked() {
            String account = account();
            String token = identity.newToken(account, "scanner", false, START.plusSeconds(10));
            Identity.IssuedToken issued = identity.tokens(account).getFirst();
            assertThat(issued.label()).isEqualTo("scanner");
            assertThat(issued.expires()).isEqualTo(START.plusSeconds(10));
            assertThat(issued.lastUsed()).isNull();
            identity.authenticate("Bearer " + token, "127.0.0.1");
            assertThat(identity.tokens(account).getFirst().lastUsed()).isEqualTo(START);

            assertThat(identity.revokeToken(issued.id(), "another account")).isEmpty();
            assertThat(identity.authenticate("Bearer " + token, "127.0.0.1")).isPresent();
            assertThat(identity.revokeToken(issued.id(), account)).isPresent();

            assertThat(identity.authenticate("Bearer " + token, "127.0.0.1")).isEmpty();
        }

        @Test
        void is_not_stored() {
            String token = identity.newToken(account(), "x", false, START.plusSeconds(10));

            assertThat(
                            node.part(JdbcClient.class)
                                    .sql("select count(*) from api_token t where t::text like ?")
                                    .param("%" + token + "%")
                                    .query(Long.class)
                                    .single())
                    .isZero();
        }
    }

    @Nested
    class A_password {

        @Test
        void is_set_once_by_an_invitation_in_time() {
            String account = account();
            String invitation = identity.newInvitation(account);

            assertThat(identity.accept(invitation, "correct horse battery")).contains(account);
            assertThat(identity.accept(invitation, "another")).isEmpty();
            assertThat(identity.authenticate(basic(account, "correct horse battery"), "127.0.0.1"))
                    .isPresent();
            String late = identity.newInvitation(account);
            clock.set(START.plusSeconds(3 * 86_400));
            assertThat(identity.accept(late, "too late")).isEmpty();
        }

        @Test
        void is_taken_away_by_a_reset_with_all_tokens() {
            String account = account();
            identity.setPassword(account, "before");
            String token = identity.newToken(account, "x", false, START.plusSeconds(10));
            identity.authenticate(basic(account, "before"), "127.0.0.1");

            String invitation = identity.reset(account).orElseThrow();

            assertThat(identity.authenticate(basic(account, "before"), "127.0.0.1")).isEmpty();
            assertThat(identity.authenticate("Bearer " + token, "127.0.0.1")).isEmpty();
            assertThat(identity.accept(invitation, "after")).contains(account);
            assertThat(identity.reset("nobody of that name")).isEmpty();
        }
    }

    @Nested
    class Guessing {

        private final FailureLimit limit = new FailureLimit(clock);

        @Test
        void is_slowed_for_that_account_from_that_address_for_a_minute() {
            for (int i = 0; i < 10; i++) {
                limit.failed("198.51.100.7", "anna");
            }

            assertThat(limit.exceeded("198.51.100.7", "anna")).isTrue();
            assertThat(limit.exceeded("198.51.100.7", "bolot")).isFalse();
            assertThat(limit.exceeded("203.0.113.7", "anna")).isFalse();
            clock.set(START.plusSeconds(61));
            assertThat(limit.exceeded("198.51.100.7", "anna")).isFalse();
        }

        @Test
        void through_many_accounts_is_slowed_as_well() {
            for (int i = 0; i < 100; i++) {
                limit.failed("198.51.100.7", "account " + i);
            }

            assertThat(limit.exceeded("198.51.100.7", "anna")).isTrue();
        }

        @Test
        void of_others_shuts_out_neither_tokens_nor_who_was_let_in_a_moment_ago() {
            String account = account();
            identity.setPassword(account, "right");
            identity.authenticate(basic(account, "right"), "127.0.0.1");
            String token = identity.newToken(account, "x", false, START.plusSeconds(10));

            assertThat(identity.authenticateUnguessable("Bearer " + token, "127.0.0.1"))
                    .isPresent();
            assertThat(identity.authenticateUnguessable(basic(account, "wrong"), "127.0.0.1"))
                    .isEmpty();
        }
    }

    @Nested
    class The_nodes_key {

        @Test
        void is_made_once_and_readable_by_the_node_alone() throws IOException {
            NodeKey first = NodeKey.of(folder);
            Path file = folder.resolve("keys/node-ed25519");

            assertThat(NodeKey.of(folder).publicKey()).isEqualTo(first.publicKey());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(first.name()).matches("ed25519:[0-9a-f]{16}");
        }

        @Test
        void signs_what_its_public_key_verifies() throws IOException {
            NodeKey key = NodeKey.of(folder);
            byte[] message = {1, 2, 3};
            Ed25519Signer verifier = new Ed25519Signer();
            verifier.init(false, new Ed25519PublicKeyParameters(key.publicKey()));
            verifier.update(message, 0, message.length);

            assertThat(verifier.verifySignature(key.sign(message))).isTrue();
        }

        @Test
        void that_is_damaged_stops_the_start(@TempDir Path other) throws IOException {
            Files.createDirectories(other.resolve("keys"));
            Files.write(other.resolve("keys/node-ed25519"), new byte[7]);

            assertThatThrownBy(() -> NodeKey.of(other)).hasMessageContaining("damaged");
        }
    }

    @Test
    void tls_needs_both_its_files(@TempDir Path data) throws IOException {
        assertThat(Tls.in(data)).isEmpty();
        Files.createDirectories(data.resolve("tls"));
        Files.createFile(data.resolve("tls/certificate.pem"));

        assertThatThrownBy(() -> Tls.in(data)).hasMessageContaining("key.pem");
        Files.createFile(data.resolve("tls/key.pem"));
        assertThat(Tls.in(data)).isPresent();
    }
}
