package org.kerege.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerege.node.TestStore;
import org.kerege.node.server.NodeServer;

/// Client certificates against a real node with TLS.
class CertificateTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir private static Path folder;
    private static NodeServer node;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException, InterruptedException {
        Path tls = Files.createDirectories(folder.resolve("data/tls"));
        make("server");
        make("scanner");
        make("visitor");
        Files.writeString(tls.resolve("certificate.pem"), certificate("server"));
        Files.writeString(
                tls.resolve("key.pem"),
                pem("PRIVATE KEY", store("server").getKey("one", PASSWORD)));
        Files.writeString(
                tls.resolve("clients.pem"), certificate("scanner") + certificate("visitor"));
        node = NodeServer.start(TestStore.settings(folder.resolve("data")));
        TestStore.layOut(node);
        assertThat(node.part(Certificates.class).add(TestStore.ACCOUNT, certificate("scanner")))
                .isTrue();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    /// A key with a certificate of its own, by the JDK's tool.
    private static void make(String name) throws IOException, InterruptedException {
        Process made =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                                .toString(),
                                        "-genkeypair",
                                        "-alias",
                                        "one",
                                        "-keyalg",
                                        "EC",
                                        "-groupname",
                                        "secp256r1",
                                        "-dname",
                                        "CN=" + name,
                                        "-ext",
                                        "SAN=dns:localhost",
                                        "-storetype",
                                        "PKCS12",
                                        "-storepass",
                                        new String(PASSWORD),
                                        "-keystore",
                                        folder.resolve(name + ".p12").toString()))
                        .redirectErrorStream(true)
                        .start();
        made.getInputStream().transferTo(new ByteArrayOutputStream());
        assertThat(made.waitFor()).isZero();
    }

    private static KeyStore store(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static String certificate(String name) throws IOException, GeneralSecurityException {
        return pem("CERTIFICATE", store(name).getCertificate("one").getEncoded());
    }

    private static String pem(String type, Key key) {
        return pem(type, key.getEncoded());
    }

    private static String pem(String type, byte[] bytes) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(type, Base64.getMimeEncoder().encodeToString(bytes), type);
    }

    private static HttpClient client(String name) throws IOException, GeneralSecurityException {
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store(name), PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store("server").getCertificate("one"));
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static HttpResponse<String> get(HttpClient client, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("https://localhost:" + node.port() + "/taxii2/"))
                        .header("Accept", "application/taxii+json;version=2.1");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void opens_what_its_account_may_to_a_program() throws Exception {
        assertThat(get(client("scanner")).statusCode()).isEqualTo(200);
    }

    @Test
    void of_nobodys_key_opens_nothing() throws Exception {
        assertThat(get(client("visitor")).statusCode()).isEqualTo(401);
    }

    @Test
    void opens_nothing_to_a_page_that_makes_a_browser_show_it() throws Exception {
        assertThat(get(client("scanner"), "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(401);
    }

    @Test
    void is_no_proof_beside_wrong_credentials() throws Exception {
        assertThat(get(client("scanner"), "Authorization", "Bearer kerege_wrong").statusCode())
                .isEqualTo(401);
    }

    @Test
    void is_one_accounts_alone_and_has_to_be_one() throws Exception {
        Certificates certificates = node.part(Certificates.class);
        assertThat(certificates.add(TestStore.ACCOUNT, certificate("scanner"))).isFalse();
        assertThat(certificates.add(TestStore.ACCOUNT, "-----BEGIN CERTIFICATE-----\nAAAA"))
                .isFalse();
        assertThat(certificates.add(TestStore.ACCOUNT, certificate("visitor"))).isTrue();
        assertThat(get(client("visitor")).statusCode()).isEqualTo(200);
        Certificates.Listed visitor =
                certificates.of(TestStore.ACCOUNT).stream()
                        .filter(one -> one.subject().equals("CN=visitor"))
                        .findFirst()
                        .orElseThrow();
        assertThat(certificates.remove(TestStore.ACCOUNT, visitor.id())).isTrue();
        assertThat(get(client("visitor")).statusCode()).isEqualTo(401);
    }
}
