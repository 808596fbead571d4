package org.kerege.node.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Client certificates of accounts. TLS has shown that the caller holds the key and that an authority which the node trusts
/// (`tls/clients.pem`) vouches for it; here stands whose key it is. One that is renewed for the same key goes on.
public final class Certificates {

    private static final String SHOWN = "jakarta.servlet.request.X509Certificate";
    private static final int LONGEST_PEM = 32 << 10;
    private static final int LONGEST_SUBJECT = 500;
    private static final int MOST_OF_ACCOUNT = 20;

    private final JdbcClient database;
    private final Clock clock;

    Certificates(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// A certificate as lists show it.
    ///
    /// @param id names it: hash of its public key, hexadecimal
    public record Listed(String id, String subject, Instant expires) {}

    public List<Listed> of(String account) {
        return database.sql(
                        "select key_hash, subject, expires from account_certificate where account = ? order by expires")
                .param(account)
                .query((row, _) ->
                        new Listed(
                                HexFormat.of().formatHex(row.getBytes(1)),
                                row.getString(2),
                                row.getObject(3, OffsetDateTime.class).toInstant()))
                .list();
    }

    /// Gives an account a certificate.
    ///
    /// @param pem the certificate alone, without its key
    /// @return whether it was one, and its key nobody's yet
    public boolean add(String account, String pem) {
        Optional<X509Certificate> read = read(pem);
        return read.isPresent()
                && of(account).size() < MOST_OF_ACCOUNT
                && database.sql(
                                        """
                                        insert into account_certificate (key_hash, account, subject, expires, added)
                                        values (?, ?, ?, ?, ?) on conflict (key_hash) do nothing\
                                        """)
                                .params(
                                        hash(read.get()),
                                        account,
                                        subject(read.get()),
                                        read.get()
                                                .getNotAfter()
                                                .toInstant()
                                                .atOffset(ZoneOffset.UTC),
                                        clock.instant().atOffset(ZoneOffset.UTC))
                                .update()
                        > 0;
    }

    public boolean remove(String account, String id) {
        return database.sql(
                                "delete from account_certificate where account = ? and encode(key_hash, 'hex') = ?")
                        .params(account, id)
                        .update()
                > 0;
    }

    /// Whose certificate the connection of a request showed. A page of another site can make a browser show one, so it
    /// counts only where no page asks, or one of this node by the desk's own form.
    Optional<Caller> caller(HttpServletRequest request) {
        return request.getHeader("Origin") != null || request.getHeader("Sec-Fetch-Site") != null
                ? Optional.empty()
                : holder(request);
    }

    /// Whose certificate the connection showed, for a form of the desk.
    Optional<Caller> holder(HttpServletRequest request) {
        return shown(request)
                .flatMap(certificate ->
                        database.sql(
                                        """
                                        select a.* from account_certificate c join account a on a.name = c.account
                                        where c.key_hash = ?\
                                        """)
                                .param(hash(certificate))
                                .query((row, _) -> Identity.caller(row, "name", false))
                                .optional());
    }

    /// Whether the connection showed a certificate, so that a page can offer to use it.
    public static boolean isShown(HttpServletRequest request) {
        return shown(request).isPresent();
    }

    private static Optional<X509Certificate> shown(HttpServletRequest request) {
        return request.getAttribute(SHOWN) instanceof X509Certificate[] chain && chain.length > 0
                ? Optional.of(chain[0])
                : Optional.empty();
    }

    private static Optional<X509Certificate> read(String pem) {
        if (pem.length() > LONGEST_PEM) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(
                                            new ByteArrayInputStream(
                                                    pem.strip()
                                                            .getBytes(StandardCharsets.US_ASCII))));
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    private static String subject(X509Certificate certificate) {
        String name = certificate.getSubjectX500Principal().getName();
        return name.substring(0, Math.min(name.length(), LONGEST_SUBJECT));
    }

    private static byte[] hash(X509Certificate certificate) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(certificate.getPublicKey().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
