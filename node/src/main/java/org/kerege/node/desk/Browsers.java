package org.kerege.node.desk;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kerege.node.identity.Entrance;
import org.kerege.node.identity.Entrance.Outcome;
import org.kerege.node.identity.Visitor;
import org.kerege.node.identity.WebAddress;
import org.kerege.node.settings.SignInRules;
import org.springframework.security.web.csrf.CsrfTokenRepository;

/// What a browser tells of itself, and what it keeps for the node: the secret of its session, and one by which it is
/// known again.
final class Browsers {

    private static final String SESSION = "kerege";
    private static final String DEVICE = "kerege-device";
    private static final String UNDER_WAY = "kerege-provider";
    private static final Duration UNDER_WAY_LIFE = Duration.ofMinutes(10);
    private static final Duration DEVICE_LIFE = Duration.ofDays(180);

    private final SignInRules rules;
    private final CsrfTokenRepository formTokens;

    Browsers(SignInRules rules, CsrfTokenRepository formTokens) {
        this.rules = rules;
        this.formTokens = formTokens;
    }

    static Visitor visitor(HttpServletRequest request) {
        return new Visitor(
                request.getRemoteAddr(),
                Objects.requireNonNullElse(request.getHeader("User-Agent"), ""),
                cookie(request, DEVICE));
    }

    /// Where browsers reach this node.
    WebAddress here(HttpServletRequest request) {
        return WebAddress.of(rules, request.isSecure(), request.getLocalPort());
    }

    static @Nullable String session(HttpServletRequest request) {
        return cookie(request, SESSION);
    }

    /// Hands the secret of a session over. Tokens of forms end with the session that they were made in.
    void keep(
            Outcome.Entered entered,
            Entrance entrance,
            HttpServletRequest request,
            HttpServletResponse response) {
        response.addCookie(cookie(request, SESSION, entered.secret(), -1));
        if (entered.complete()) {
            response.addCookie(
                    cookie(
                            request,
                            DEVICE,
                            entrance.remember(entered.account(), cookie(request, DEVICE)),
                            (int) DEVICE_LIFE.toSeconds()));
        }
        formTokens.saveToken(null, request, response);
    }

    /// The same for a session that goes on.
    void keepAgain(
            Outcome.Entered entered, HttpServletRequest request, HttpServletResponse response) {
        response.addCookie(cookie(request, SESSION, entered.secret(), -1));
    }

    /// The address where passkeys work, when this page was asked for at another one; empty where it was not.
    String site(HttpServletRequest request) {
        String origin = here(request).origin();
        String host = Objects.requireNonNullElse(request.getHeader("Host"), "");
        return origin.endsWith("://" + host) ? "" : origin;
    }

    /// Keeps a sign-in at a provider until the browser is back from there.
    void keepUnderWay(String sealed, HttpServletRequest request, HttpServletResponse response) {
        response.addCookie(cookie(request, UNDER_WAY, sealed, (int) UNDER_WAY_LIFE.toSeconds()));
    }

    /// What was kept; good for one answer.
    String underWay(HttpServletRequest request, HttpServletResponse response) {
        response.addCookie(cookie(request, UNDER_WAY, "", 0));
        return Objects.requireNonNullElse(cookie(request, UNDER_WAY), "");
    }

    void forget(HttpServletRequest request, HttpServletResponse response) {
        response.addCookie(cookie(request, SESSION, "", 0));
        formTokens.saveToken(null, request, response);
    }

    private Cookie cookie(HttpServletRequest request, String name, String value, int seconds) {
        Cookie cookie = new Cookie(name, value);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure() || rules.isSecure());
        cookie.setMaxAge(seconds);
        cookie.setAttribute("SameSite", "Lax");
        return cookie;
    }

    /// The value of a cookie; null where the browser showed none of that name.
    static @Nullable String cookie(HttpServletRequest request, String name) {
        if (request.getCookies() != null) {
            for (Cookie cookie : request.getCookies()) {
                if (cookie.getName().equals(name)) {
                    return cookie.getValue();
                }
            }
        }
        return null;
    }
}
