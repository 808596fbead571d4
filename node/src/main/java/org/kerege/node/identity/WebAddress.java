package org.kerege.node.identity;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.kerege.node.settings.SignInRules;

/// Where browsers reach the node, as they name it themselves. Passkeys are bound to it, so it comes from the settings
/// and never from what a request claims.
///
/// @param origin scheme, host and port, such as `https://kerege.example`
/// @param host of it
public record WebAddress(String origin, String host) {

    /// What the settings say; where they say nothing, `localhost` on the node's own port, the one name that browsers
    /// take without HTTPS.
    public static WebAddress of(SignInRules rules, boolean tls, int port) {
        @Nullable URI set = rules.address();
        return set != null
                ? new WebAddress(set.toString(), set.getHost())
                : new WebAddress((tls ? "https" : "http") + "://localhost:" + port, "localhost");
    }
}
