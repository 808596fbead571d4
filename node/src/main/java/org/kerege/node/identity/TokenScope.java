package org.kerege.node.identity;

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

    private static final Pattern NETWORK = Pattern.compile("[0-9a-fA-F:.]{2,45}(?:/[0-9]{1,3})?");

    /// @throws IllegalArgumentException when an address is none
    public TokenScope {
        collections = collections == null ? null : Set.copyOf(collections);
        addresses = Set.copyOf(addresses);
        for (String address : addresses) {
            if (!NETWORK.matcher(address).matches()) {
                throw new IllegalArgumentException("'" + address + "' is no address or network");
            }
        }
    }
}
