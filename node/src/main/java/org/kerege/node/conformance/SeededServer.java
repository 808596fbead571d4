package org.kerege.node.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Objects;
import org.kerege.node.exchange.Seed;
import org.kerege.node.exchange.Statuses;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Identity;
import org.kerege.node.ledger.Postgres;
import org.kerege.node.server.NodeServer;
import org.kerege.node.settings.Settings;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// A node that holds exactly what a seed file lists, on a store that is deleted when it stops. It is the same server on
/// the same database as any node, with one address more: `POST /conformance/reset` puts everything back.
public final class SeededServer implements AutoCloseable {

    private static final String ORGANISATION = "conformance";

    private final Path folder;
    private final NodeServer node;

    private SeededServer(Path folder, NodeServer node) {
        this.folder = folder;
        this.node = node;
    }

    /// Starts the server.
    ///
    /// @param port 0 for any free one
    public static SeededServer start(JsonNode seed, int port) throws IOException {
        return start(seed, port, null);
    }

    /// Starts the server on a database that holds nothing.
    ///
    /// @param database null for one of its own
    public static SeededServer start(JsonNode seed, int port, @Nullable Postgres database)
            throws IOException {
        Path folder = Files.createTempDirectory("kerege-conformance");
        Settings settings =
                new Settings(
                        ORGANISATION,
                        seed.path("discovery").path("title").asString("Kerege"),
                        folder,
                        "127.0.0.1",
                        port,
                        database,
                        Map.of(),
                        1 << 20);
        NodeServer node = NodeServer.start(settings, ResetConfiguration.class);
        Seed layout =
                new Seed(
                        node.part(JdbcClient.class),
                        node.part(Catalogue.class),
                        node.part(Objects.class),
                        node.part(Statuses.class),
                        node.part(Identity.class),
                        node.part(Gate.class));
        layout.addUsers(seed, ORGANISATION);
        layout.layOut(seed, ORGANISATION);
        node.part(ResetRoute.class).use(() -> layout.layOut(seed, ORGANISATION));
        return new SeededServer(folder, node);
    }

    public String address() {
        return "http://127.0.0.1:" + node.port();
    }

    @Override
    public void close() {
        node.close();
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // A leftover in the temporary folder harms nobody; the system clears it.
            System.err.println("kerege: could not delete " + folder);
        }
    }
}
