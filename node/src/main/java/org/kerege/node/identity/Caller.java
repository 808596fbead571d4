package org.kerege.node.identity;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An account that has proved who it is.
///
/// @param account name of the account
/// @param organisation whose it is
/// @param collections the only collections it may use; null for all that its roles allow
public record Caller(
        String account, String organisation, Set<Role> roles, @Nullable Set<UUID> collections) {

    public Caller {
        roles = Set.copyOf(roles);
        collections = collections == null ? null : Set.copyOf(collections);
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }

    /// Whether it may use that collection at all.
    public boolean mayUse(UUID collection) {
        return collections == null || collections.contains(collection);
    }

    /// The same for a token that names collections: both its own and the token's must allow.
    Caller within(@Nullable Set<UUID> others) {
        if (others == null) {
            return this;
        }
        Set<UUID> both = new HashSet<>(others);
        if (collections != null) {
            both.retainAll(collections);
        }
        return new Caller(account, organisation, roles, both);
    }
}
