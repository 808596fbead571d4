package org.kerege.node.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a session remembers: who signed in, when, and with which password. Rights are looked up at each request, so
/// that what is taken away is gone at once.
///
/// @param passwordMark of [org.kerege.node.identity.Identity.Standing]
/// @param lastVisit to the home page before this session; null when there was none
record SignedIn(String account, Instant since, String passwordMark, @Nullable Instant lastVisit)
        implements Serializable {

    private static final String KEY = "signed-in";

    /// The session of a request; null where nobody is signed in.
    static @Nullable SignedIn in(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(KEY) instanceof SignedIn signedIn
                ? signedIn
                : null;
    }

    /// Begins a session with nothing of the one before, so that a session somebody else planted is worth nothing.
    void begin(HttpServletRequest request) {
        end(request);
        request.getSession(true).setAttribute(KEY, this);
    }

    static void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }
}
