package org.kerege.pattern.enforce;

import java.util.Comparator;
import java.util.Locale;

/// A value that alone is enough for a pattern: whoever sees it has a match.
///
/// @param value in the form in which it is compared: addresses, networks and hashes in lower case
/// @param port of the remote end, 1 to 65535; 0 for any
/// @param transport `tcp` or `udp`; empty for any
/// @param destination whether only the end that is connected to counts
public record Target(Kind kind, String value, int port, String transport, boolean destination)
        implements Comparable<Target> {

    private static final Comparator<Target> ORDER =
            Comparator.comparing(Target::kind)
                    .thenComparing(Target::value)
                    .thenComparingInt(Target::port)
                    .thenComparing(Target::transport)
                    .thenComparing(Target::destination);

    /// What a value is.
    public enum Kind {
        /// An IPv4 address, or a network with its prefix.
        IPV4,
        /// An IPv6 address, or a network with its prefix.
        IPV6,
        DOMAIN,
        URL,
        MD5,
        SHA_1,
        SHA_256,
        SHA_512,
        FILE_NAME,
        /// SHA-1 of a certificate.
        CERTIFICATE,
        EMAIL;

        /// As the command line and a table name it, `sha-256`.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        boolean isAddress() {
            return this == IPV4 || this == IPV6;
        }
    }

    static Target of(Kind kind, String value) {
        return new Target(kind, value, 0, "", false);
    }

    boolean isNetwork() {
        return kind.isAddress() && value.indexOf('/') >= 0;
    }

    /// The same where a port cannot be told apart from others.
    ///
    /// @throws Inexpressible when a port is asked for
    Target withoutPort() throws Inexpressible {
        if (port > 0) {
            throw new Inexpressible("it asks for a port, and this format knows none");
        }
        return of(kind, value);
    }

    @Override
    public int compareTo(Target other) {
        return ORDER.compare(this, other);
    }
}
