package org.kerege.node.desk;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Identity;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/// Says who calls from the session. A session ends some hours after its sign-in, however busy it is, and as soon as
/// its account is gone or has another password. The idle limit is the container's.
final class SessionFilter extends OncePerRequestFilter {

    static final Duration LONGEST = Duration.ofHours(12);

    private final Identity identity;
    private final Clock clock;

    SessionFilter(Identity identity, Clock clock) {
        this.identity = identity;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        SignedIn signedIn = SignedIn.in(request);
        if (signedIn != null) {
            Optional<Caller> caller = caller(signedIn);
            if (caller.isEmpty()) {
                SignedIn.end(request);
            } else {
                SecurityContextHolder.setContext(context(caller.get()));
            }
        }
        chain.doFilter(request, response);
    }

    private Optional<Caller> caller(SignedIn signedIn) {
        return clock.instant().isAfter(signedIn.since().plus(LONGEST))
                ? Optional.empty()
                : identity.standing(signedIn.account())
                        .filter(now -> now.passwordMark().equals(signedIn.passwordMark()))
                        .map(Identity.Standing::caller);
    }

    /// Rights are held to by the routes' own declarations, so the caller carries none in the framework's words.
    private static SecurityContext context(Caller caller) {
        return new SecurityContextImpl(
                UsernamePasswordAuthenticationToken.authenticated(caller, null, List.of()));
    }
}
