package org.kerege.node.identity;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The node's own TLS: it speaks HTTPS when its data folder has `tls/certificate.pem` (the chain, its own certificate
/// first) and `tls/key.pem` (the private key, PKCS #8, not encrypted). Without them it speaks HTTP, fit for loopback or
/// behind a proxy that does TLS. With `tls/clients.pem` it asks clients for a certificate of one of the authorities in it;
/// whoever has none proves itself otherwise.
///
/// @param clients the authorities; null where no certificates are asked for
public record Tls(Path certificate, Path key, @Nullable Path clients) {

    /// The files of a data folder; empty when there are none.
    ///
    /// @throws IllegalArgumentException when one of the two is missing
    public static Optional<Tls> in(Path data) {
        Path certificate = data.resolve("tls/certificate.pem");
        Path key = data.resolve("tls/key.pem");
        boolean hasCertificate = Files.exists(certificate);
        if (hasCertificate != Files.exists(key)) {
            throw new IllegalArgumentException(
                    "TLS needs both files, and one is missing: " + certificate + " and " + key);
        }
        Path clients = data.resolve("tls/clients.pem");
        return hasCertificate
                ? Optional.of(new Tls(certificate, key, Files.exists(clients) ? clients : null))
                : Optional.empty();
    }
}
