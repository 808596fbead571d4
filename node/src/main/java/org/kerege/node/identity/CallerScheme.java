package org.kerege.node.identity;

import org.jspecify.annotations.Nullable;

/// A way to prove who calls beside the accounts of this node: a scheme of the `Authorization` header of its own. Whoever
/// brings one is asked for the requests that name it.
public interface CallerScheme {

    /// Name of the scheme, as the header has it.
    String name();

    /// What the credentials prove for a request to `path`.
    Answer prove(String credentials, String path);

    /// What credentials come to.
    ///
    /// @param caller who calls; null for nobody who is let in
    /// @param refusal why not; null where a caller is let in, or nothing may be said
    record Answer(@Nullable Caller caller, @Nullable String refusal) {

        /// Credentials that prove nobody.
        public static final Answer NOBODY = new Answer(null, null);

        public static Answer of(Caller caller) {
            return new Answer(caller, null);
        }

        /// Somebody known who is not let in, and is told why.
        public static Answer refused(String why) {
            return new Answer(null, why);
        }
    }
}
