package org.kerege.node.peers;

import java.net.Socket;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.kerege.node.agreement.Party;

/// HTTP clients that believe the one TLS key that an agreement pins, whoever certified it. Where none is pinned the
/// platform's authorities are believed.
final class PinnedClients implements AutoCloseable {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

    private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();

    HttpClient of(Party party) {
        String pinned = party.certificate();
        return clients.computeIfAbsent(pinned == null ? "" : pinned, PinnedClients::client);
    }

    private static HttpClient client(String pinned) {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT_WITHIN)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .version(HttpClient.Version.HTTP_1_1);
        SSLContext tls = context(pinned.isEmpty() ? null : pinned);
        if (tls != null) {
            builder.sslContext(tls);
        }
        return builder.build();
    }

    /// TLS that believes a certificate of this public key alone.
    ///
    /// @param pinned SHA-256 of the key, hexadecimal; null for the platform's authorities
    /// @return null where the platform's are believed
    static @Nullable SSLContext context(@Nullable String pinned) {
        if (pinned == null) {
            return null;
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Pin(pinned)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    /// SHA-256 of a certificate's public key, hexadecimal.
    static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(certificate.getPublicKey().getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void close() {
        clients.values().forEach(HttpClient::shutdownNow);
    }

    private static final class Pin extends X509ExtendedTrustManager {

        private final String pinned;

        Pin(String pinned) {
            this.pinned = pinned;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            if (chain.length == 0 || !fingerprint(chain[0]).equals(pinned)) {
                throw new CertificateException(
                        "the server has another TLS key than the agreement pins");
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            check(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
