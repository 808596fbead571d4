package org.kerege.taxii.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How a client says who it is. None of them prints its secret. A client certificate is no credential of this kind:
/// it belongs to the TLS context of [ClientSettings].
public sealed interface Credentials {

    /// Value of the header `Authorization`, null when none is sent.
    @Nullable String authorization();

    /// Nobody in particular.
    record Anonymous() implements Credentials {
        @Override
        public @Nullable String authorization() {
            return null;
        }
    }

    /// User and password, RFC 7617 in UTF-8.
    record Basic(String user, String password) implements Credentials {
        public Basic {
            if (user.indexOf(':') >= 0) {
                throw new IllegalArgumentException("a user name has no colon (RFC 7617 §2)");
            }
        }

        @Override
        public String authorization() {
            byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }

        @Override
        public String toString() {
            return "Basic[user=" + user + "]";
        }
    }

    /// A token, RFC 6750.
    record Bearer(String token) implements Credentials {
        @Override
        public String authorization() {
            return "Bearer " + token;
        }

        @Override
        public String toString() {
            return "Bearer";
        }
    }

    /// A header that is made anew for each request, for schemes whose credentials are soon over.
    record Made(Supplier<String> header) implements Credentials {
        @Override
        public String authorization() {
            return header.get();
        }

        @Override
        public String toString() {
            return "Made";
        }
    }
}
