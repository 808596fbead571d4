package org.kerege.node.hunt.standing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.kerege.node.settings.LogSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes syslog over TCP, under TLS where there is a certificate. Source: RFC 6587; RFC 5425.
final class SyslogPort implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SyslogPort.class);
    private static final int MOST_CONNECTIONS = 256;
    private static final int BACKLOG = 64;

    /// A connection on which nothing comes for so long is closed; its sender makes another.
    private static final int SILENCE_MILLIS = 3_600_000;

    private final SourceState state;
    private final Streams streams;
    private final ServerSocket socket;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Semaphore free = new Semaphore(MOST_CONNECTIONS);

    private SyslogPort(SourceState state, Streams streams, ServerSocket socket) {
        this.state = state;
        this.streams = streams;
        this.socket = socket;
    }

    /// What reads a stream to its end.
    @FunctionalInterface
    interface Streams {
        void read(String name, java.io.InputStream stream) throws IOException;
    }

    static SyslogPort open(LogSource.Kind.Syslog place, SourceState state, Streams streams)
            throws IOException {
        ServerSocket socket = factory(place).createServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(place.address(), place.port()), BACKLOG);
        SyslogPort port = new SyslogPort(state, streams, socket);
        Thread.ofVirtual().name("syslog-" + state.name()).start(port::accept);
        return port;
    }

    private static ServerSocketFactory factory(LogSource.Kind.Syslog place) throws IOException {
        Path certificate = place.certificate();
        Path key = place.key();
        if (certificate == null || key == null) {
            return ServerSocketFactory.getDefault();
        }
        try {
            return tls(certificate, key).getServerSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    certificate + " and " + key + " are no certificate and key: " + e.getMessage(),
                    e);
        }
    }

    private static SSLContext tls(Path certificate, Path key)
            throws IOException, GeneralSecurityException {
        Certificate[] chain;
        try (var in = Files.newInputStream(certificate)) {
            chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(in)
                            .toArray(Certificate[]::new);
        }
        if (chain.length == 0) {
            throw new GeneralSecurityException("there is no certificate");
        }
        String pem =
                Files.readString(key)
                        .replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "")
                        .replaceAll("\\s", "");
        PrivateKey secret;
        try {
            secret =
                    KeyFactory.getInstance(chain[0].getPublicKey().getAlgorithm())
                            .generatePrivate(
                                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("the key is no PEM of PKCS #8", e);
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        char[] nobody = new char[0];
        store.setKeyEntry("syslog", secret, nobody, chain);
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, nobody);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                if (free.tryAcquire()) {
                    connections.add(connection);
                    Thread.ofVirtual()
                            .name("syslog-" + state.name())
                            .start(() -> serve(connection));
                } else {
                    state.problem("more than " + MOST_CONNECTIONS + " connections");
                    connection.close();
                }
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    LOG.warn(
                            "event=syslog_not_accepted source={} reason={}",
                            state.name(),
                            e.getMessage());
                }
            }
        }
    }

    /// Reading is what limits the sender: what is not yet hunted stays in the sockets' buffers.
    private void serve(Socket connection) {
        try (connection) {
            connection.setSoTimeout(SILENCE_MILLIS);
            streams.read(peer(connection), new Frames(connection.getInputStream()));
            state.problem(null);
        } catch (IOException | RuntimeException e) {
            if (!socket.isClosed()) {
                state.problem(peer(connection) + ": " + e.getMessage());
                LOG.warn("event=syslog_broken source={} reason={}", state.name(), e.getMessage());
            }
        } finally {
            connections.remove(connection);
            free.release();
        }
    }

    private static String peer(Socket connection) {
        return connection.getInetAddress().getHostAddress();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
