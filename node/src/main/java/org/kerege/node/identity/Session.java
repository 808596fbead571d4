package org.kerege.node.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A person at a browser, signed in or about to be. Rights are looked up at each request, so that what is taken away
/// is gone at once.
///
/// @param name by which lists name it; the secret that opens it is the browser's alone
/// @param caller whose it is, with the rights of now
/// @param proved when its holder last proved who it is
/// @param complete whether nothing more is asked; before that it opens nothing but the second step
/// @param hasFactor whether its account has a passkey or an authenticator
/// @param lastVisit to the home page before this session; null when there was none
public record Session(
        UUID name,
        Caller caller,
        Instant proved,
        boolean complete,
        boolean hasFactor,
        @Nullable Instant lastVisit) {

    private static final String KEY = Session.class.getName();

    public String account() {
        return caller.account();
    }

    /// The session of a request; null where there is none.
    public static @Nullable Session of(HttpServletRequest request) {
        return request.getAttribute(KEY) instanceof Session session ? session : null;
    }

    /// The session of a request to a page that the filters open to nobody else.
    public static Session ofSignedIn(HttpServletRequest request) {
        return Objects.requireNonNull(of(request), "the filters ask for one");
    }

    public void attach(HttpServletRequest request) {
        request.setAttribute(KEY, this);
    }
}
