package org.kerege.node.identity;

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
}
