package org.kerege.node.server;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerege.node.identity.Tls;
import org.kerege.node.ledger.EmbeddedPostgres;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.ledger.Postgres;
import org.kerege.node.ledger.Schema;
import org.kerege.node.ledger.Snapshot;
import org.kerege.node.settings.Settings;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/// A running node: its database and its HTTP server, started and stopped together.
public final class NodeServer implements AutoCloseable {

    private final @Nullable EmbeddedPostgres embedded;
    private final ServletWebServerApplicationContext context;
    private boolean closed;

    private NodeServer(
            @Nullable EmbeddedPostgres embedded, ServletWebServerApplicationContext context) {
        this.embedded = embedded;
        this.context = context;
    }

    /// Starts a node.
    ///
    /// @param more configuration beside the node's own
    /// @throws org.kerege.node.ledger.StoreUnavailable when its database cannot be had
    public static NodeServer start(Settings settings, Class<?>... more) {
        return start(settings, Clock.systemUTC(), more);
    }

    /// Starts a node by another clock than the machine's, for rehearsals.
    public static NodeServer start(Settings settings, Clock clock, Class<?>... more) {
        EmbeddedPostgres embedded =
                settings.database() == null
                        ? EmbeddedPostgres.start(settings.data().resolve("postgres"))
                        : null;
        try {
            Postgres postgres = embedded == null ? settings.database() : embedded.address();
            if (postgres == null) {
                throw new IllegalStateException("neither an embedded nor an external database");
            }
            Ledger.requireNoWriter(postgres);
            Schema.bringForward(
                    postgres, Snapshot.beforeChange(postgres, settings.data().resolve("backups")));
            return new NodeServer(embedded, serve(settings, postgres, clock, more));
        } catch (RuntimeException e) {
            if (embedded != null) {
                embedded.close();
            }
            throw e;
        }
    }

    private static ServletWebServerApplicationContext serve(
            Settings settings, Postgres postgres, Clock clock, Class<?>... more) {
        return (ServletWebServerApplicationContext)
                new SpringApplicationBuilder(NodeConfiguration.class)
                        .sources(more)
                        .bannerMode(Banner.Mode.OFF)
                        .registerShutdownHook(false)
                        .properties(properties(settings))
                        .initializers(fresh -> {
                            GenericApplicationContext beans = (GenericApplicationContext) fresh;
                            beans.registerBean(Settings.class, () -> settings);
                            beans.registerBean(Postgres.class, () -> postgres);
                            beans.registerBean(Clock.class, () -> clock);
                        })
                        .run();
    }

    private static Map<String, Object> properties(Settings settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.address", settings.address());
        properties.put("server.port", settings.port());
        properties.put("spring.main.log-startup-info", false);
        if (settings.signIn().behindProxy()) {
            // Tomcat believes X-Forwarded-For and -Proto from loopback and private addresses alone.
            properties.put("server.forward-headers-strategy", "native");
        }
        Tls.in(settings.data())
                .ifPresent(tls -> {
                    properties.put("server.ssl.certificate", tls.certificate().toString());
                    properties.put("server.ssl.certificate-private-key", tls.key().toString());
                    if (tls.clients() != null) {
                        properties.put("server.ssl.client-auth", "want");
                        properties.put("server.ssl.trust-certificate", tls.clients().toString());
                    }
                });
        return properties;
    }

    /// Port on which the node answers.
    public int port() {
        return java.util.Objects.requireNonNull(context.getWebServer()).getPort();
    }

    /// A part of the running node, for commands that work on it in the same process.
    public <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    /// Folder of the node's data.
    public Path data() {
        return part(Settings.class).data();
    }

    /// Stops the node, once however often it is told to.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        context.close();
        if (embedded != null) {
            embedded.close();
        }
    }
}
