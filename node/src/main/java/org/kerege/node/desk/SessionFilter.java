package org.kerege.node.desk;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.kerege.node.identity.Session;
import org.kerege.node.identity.Sessions;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/// Says who calls from the session. One that waits for its second step is attached, but nobody's.
final class SessionFilter extends OncePerRequestFilter {

    private final Sessions sessions;

    SessionFilter(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String secret = Browsers.session(request);
        if (secret != null && !request.getRequestURI().startsWith(Assets.FOLDER)) {
            sessions.find(secret)
                    .ifPresent(session -> {
                        session.attach(request);
                        if (session.complete()) {
                            authenticate(session);
                        }
                    });
        }
        chain.doFilter(request, response);
    }

    /// Rights are held to by the routes' own declarations, so the caller carries none in the framework's words.
    private static void authenticate(Session session) {
        SecurityContextHolder.setContext(
                new SecurityContextImpl(
                        UsernamePasswordAuthenticationToken.authenticated(
                                session.caller(), null, List.of())));
    }
}
