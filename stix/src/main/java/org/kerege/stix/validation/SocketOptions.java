package org.kerege.stix.validation;

/// Names of socket options. Source: STIX 2.1 §6.12.4.
final class SocketOptions {

    private static final String[] PREFIXES = {
        "SO_", "ICMP_", "ICMP6_", "IP_", "IPV6_", "MCAST_", "TCP_", "IRLMP_"
    };

    private SocketOptions() {}

    static boolean isKnown(String name) {
        return Registry.SOCKET_OPTIONS.contains(name);
    }

    /// A known prefix, then capital letters, digits and underscores.
    static boolean hasForm(String name) {
        for (String prefix : PREFIXES) {
            if (name.startsWith(prefix) && name.length() > prefix.length()) {
                return name.chars()
                        .allMatch(c ->
                                (c >= 'A' && c <= 'Z') || Formats.isDigit((char) c) || c == '_');
            }
        }
        return false;
    }
}
