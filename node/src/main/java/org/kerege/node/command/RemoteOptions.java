package org.kerege.node.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.kerege.taxii.client.ClientSettings;
import org.kerege.taxii.client.Credentials;
import org.kerege.taxii.client.RemoteCollection;
import picocli.CommandLine.Option;

/// How a command says who it is at another server, and which collection it means. Secrets come from files or the
/// environment, since everybody on a machine can read command lines.
public final class RemoteOptions {

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "User name; the password is in --password-file or KEREGE_PASSWORD.")
    private @Nullable String user;

    @Option(names = "--password-file", paramLabel = "FILE", description = "File with the password.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with a token; or KEREGE_TOKEN holds it.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--client-certificate",
            paramLabel = "FILE",
            description =
                    "PKCS #12 file with certificate and key; its password is in KEREGE_CERTIFICATE_PASSWORD.")
    private @Nullable Path certificate;

    @Option(
            names = "--collection",
            paramLabel = "NAME",
            description = "Identifier, alias or title; needed where the server has several.")
    private @Nullable String collection;

    /// As whom, and within which bounds.
    public ClientSettings settings() throws IOException {
        ClientSettings settings = ClientSettings.of(credentials());
        return certificate == null ? settings : settings.with(tls(certificate));
    }

    private Credentials credentials() throws IOException {
        if (user != null) {
            String password = secret(passwordFile, "KEREGE_PASSWORD");
            if (password == null) {
                throw new IllegalArgumentException(
                        "--user needs --password-file or KEREGE_PASSWORD");
            }
            return new Credentials.Basic(user, password);
        }
        String token = secret(tokenFile, "KEREGE_TOKEN");
        return token == null ? new Credentials.Anonymous() : new Credentials.Bearer(token);
    }

    private static @Nullable String secret(@Nullable Path file, String variable)
            throws IOException {
        return file == null ? System.getenv(variable) : Files.readString(file).strip();
    }

    private static SSLContext tls(Path certificate) throws IOException {
        String set = System.getenv("KEREGE_CERTIFICATE_PASSWORD");
        char[] password = set == null ? new char[0] : set.toCharArray();
        try (InputStream in = Files.newInputStream(certificate)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password);
            KeyManagerFactory managers =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(certificate + " holds no usable certificate", e);
        }
    }

    /// The one collection that is meant.
    ///
    /// @param all what the server offers for the purpose
    /// @throws IllegalArgumentException when that is none or several
    public RemoteCollection choose(List<RemoteCollection> all) {
        List<RemoteCollection> called =
                collection == null
                        ? all
                        : all.stream().filter(one -> one.isCalled(collection)).toList();
        if (called.size() == 1) {
            return called.getFirst();
        }
        String offered =
                all.stream()
                        .map(one -> "  " + one.id() + "  " + one.title())
                        .collect(Collectors.joining("\n"));
        throw new IllegalArgumentException(
                all.isEmpty()
                        ? "the server offers no collection for this"
                        : "name one collection with --collection:\n" + offered);
    }
}
