package org.kerege.node.identity;

import java.net.InetAddress;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// To what a token is bound, beyond the rights of its account.
///
/// @param readOnly whether it reads and does nothing else
/// @param collections the only collections it may use, null for all of its account
/// @param addresses the only addresses or networks (`198.51.100.0/24`, `2001:db8::/32`) it works from, empty for any
public record TokenScope(boolean readOnly, @Nullable Set<UUID> collections, Set<String> addresses) {

    /// What the store reads as an address or a network, too: no zone and no shortened address of version 4.
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:(?:0|[1-9][0-9]{0,2})(?:\\.(?:0|[1-9][0-9]{0,2})){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(?:/[0-9]{1,3})?");

    /// @throws IllegalArgumentException when an address is none
    public TokenScope {
        collections = collections == null ? null : Set.copyOf(collections);
        addresses = Set.copyOf(addresses);
        for (String address : addresses) {
            if (!isNetwork(address)) {
                throw new IllegalArgumentException("'" + address + "' is no address or network");
            }
        }
    }

    /// An address with or without the number of bits that a network has in common.
    private static boolean isNetwork(String text) {
        String[] parts = text.split("/", 3);
        if (parts.length > 2 || !FORM.matcher(text).matches()) {
            return false;
        }
        try {
            int bits = InetAddress.ofLiteral(parts[0]).getAddress().length * Byte.SIZE;
            return parts.length == 1 || Integer.parseInt(parts[1]) <= bits;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
