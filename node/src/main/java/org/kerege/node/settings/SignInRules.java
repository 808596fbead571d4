package org.kerege.node.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How people sign in, as the settings ask for it.
///
/// @param address under which browsers reach the node, without a path; null for `localhost` on the node's own port
/// @param behindProxy whether a proxy on this machine or in its inner network stands before the node and says from where
///     requests come
/// @param longest after which a session ends, however busy it is
/// @param idle after which a session ends that nobody uses
/// @param proof how long a proof of who one is counts as recent
/// @param secondFactor names of roles that need a second factor
/// @param providers of organisations that sign their people in themselves
public record SignInRules(
        @Nullable URI address,
        boolean behindProxy,
        Duration longest,
        Duration idle,
        Duration proof,
        Set<String> secondFactor,
        List<Provider> providers) {

    /// What counts where the settings ask for nothing.
    public static final SignInRules DEFAULT =
            new SignInRules(
                    null,
                    false,
                    Duration.ofHours(12),
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(10),
                    Set.of(),
                    List.of());

    public SignInRules {
        secondFactor = Set.copyOf(secondFactor);
        providers = List.copyOf(providers);
    }

    /// Whether browsers reach the node by HTTPS alone, so that cookies may be kept to it.
    public boolean isSecure() {
        return address != null && "https".equals(address.getScheme());
    }
}
