package org.kerege.node.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.kerege.node.agreement.Agreements;
import org.kerege.node.charter.Charter;
import org.kerege.node.desk.Rendering;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Changes;
import org.kerege.node.exchange.DeliveredObjects;
import org.kerege.node.exchange.Deliveries;
import org.kerege.node.exchange.ErasureList;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.ReadObjects;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Tls;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the dialogue with other nodes consists of.
@Configuration(proxyBeanMethods = false)
public class PeersConfiguration {

    @Bean
    PeerKeys peerKeys(Settings settings) {
        return new PeerKeys(settings.organisation(), settings.data());
    }

    @Bean
    Mailbox mailbox(JdbcClient database, Clock clock) {
        return new Mailbox(database, clock);
    }

    @Bean
    PeerStates peerStates(JdbcClient database, Mailbox mailbox, Clock clock) {
        return new PeerStates(database, mailbox, clock);
    }

    @Bean
    PeerScheme peerScheme(
            Gate gate, Agreements agreements, Catalogue catalogue, PeerStates states, Clock clock) {
        return new PeerScheme(gate, agreements, catalogue, states, clock);
    }

    @Bean
    Dialogue dialogue(
            Settings settings,
            Gate gate,
            Agreements agreements,
            Ledger ledger,
            Catalogue catalogue,
            Charter charter,
            Mailbox mailbox,
            PeerKeys keys,
            Clock clock)
            throws IOException {
        return new Dialogue(
                gate,
                agreements,
                ledger,
                catalogue,
                charter,
                mailbox,
                keys,
                certificate(settings.data()),
                clock);
    }

    private static @Nullable String certificate(Path data) throws IOException {
        Tls tls = Tls.in(data).orElse(null);
        if (tls == null) {
            return null;
        }
        try (var in = Files.newInputStream(tls.certificate())) {
            return PinnedClients.fingerprint(
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509").generateCertificate(in));
        } catch (CertificateException e) {
            throw new IllegalArgumentException(tls.certificate() + " is no certificate", e);
        }
    }

    @Bean
    Recalls recalls(
            Settings settings,
            Gate gate,
            Agreements agreements,
            Ledger ledger,
            DataSource database,
            Catalogue catalogue,
            Changes changes,
            Mailbox mailbox,
            PeerKeys keys,
            Clock clock) {
        ErasureList erasures = ErasureList.in(settings.data());
        return new Recalls(
                gate,
                agreements,
                ledger,
                database,
                catalogue,
                changes,
                mailbox,
                keys,
                erased -> {
                    try {
                        erasures.add(erased);
                    } catch (IOException e) {
                        throw new UncheckedIOException("the list of erasures cannot be kept", e);
                    }
                },
                clock);
    }

    @Bean
    RecallOrder recallOrder(
            JdbcClient database,
            Catalogue catalogue,
            Intake intake,
            Recalls recalls,
            Gate gate,
            Clock clock) {
        return new RecallOrder(database, catalogue, intake, recalls, gate, clock);
    }

    @Bean
    Post post(Mailbox mailbox, PeerStates states, Dialogue dialogue, Recalls recalls) {
        return new Post(mailbox, states, dialogue, recalls);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Rounds peerRounds(
            Agreements agreements,
            Mailbox mailbox,
            Post post,
            Catalogue catalogue,
            Intake intake,
            PeerStates states,
            PeerKeys keys,
            Recalls recalls,
            Clock clock) {
        HttpWire wire = new HttpWire(keys, clock);
        PeerPull pull = new PeerPull(catalogue, intake, states, wire.credentials());
        return new Rounds(agreements, mailbox, post, wire, pull, states, recalls, clock);
    }

    @Bean
    PeerMailRoute peerMailRoute(Post post, PeerScheme callers) {
        return new PeerMailRoute(post, callers);
    }

    @Bean
    PeerRoutes peerRoutes(
            Dialogue dialogue,
            Agreements agreements,
            PeerStates states,
            Recalls recalls,
            JdbcClient database,
            Gate gate,
            Clock clock) {
        return new PeerRoutes(
                dialogue, agreements, states, recalls, new DeliveredObjects(database), gate, clock);
    }

    @Bean
    RecallRoutes recallRoutes(RecallOrder order, Recalls recalls, Gate gate, Clock clock) {
        return new RecallRoutes(order, recalls, gate, clock);
    }

    @Bean
    BundleChain bundleChain(JdbcClient database) {
        return new BundleChain(database);
    }

    @Bean
    Bundles bundles(
            Gate gate,
            Catalogue catalogue,
            ReadObjects read,
            Deliveries deliveries,
            Mailbox mailbox,
            PeerStates states,
            PeerKeys keys,
            BundleChain chain,
            Clock clock) {
        return new Bundles(gate, catalogue, read, deliveries, mailbox, states, keys, chain, clock);
    }

    @Bean
    BundleIntake bundleIntake(
            Gate gate,
            Agreements agreements,
            Catalogue catalogue,
            Intake intake,
            Mailbox mailbox,
            Post post,
            PeerStates states,
            PeerKeys keys,
            BundleChain chain,
            JdbcClient database,
            Clock clock) {
        return new BundleIntake(
                gate,
                agreements,
                catalogue,
                intake,
                mailbox,
                post,
                states,
                keys,
                chain,
                database,
                clock);
    }

    @Bean
    BundleRoutes bundleRoutes(
            Bundles bundles, BundleIntake intake, Agreements agreements, Gate gate) {
        return new BundleRoutes(bundles, intake, agreements, gate);
    }

    @Bean
    PeerPages peerPages(
            Agreements agreements,
            PeerStates states,
            Recalls recalls,
            Gate gate,
            Rendering rendering,
            Clock clock) {
        return new PeerPages(agreements, states, recalls, gate, rendering, clock);
    }

    @Bean
    HeldRoute heldRoute(
            PeerScheme callers,
            Catalogue catalogue,
            Changes changes,
            ReadObjects read,
            Mailbox mailbox,
            Gate gate) {
        return new HeldRoute(callers, catalogue, changes, read, mailbox, gate);
    }
}
