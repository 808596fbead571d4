package org.kerege.node.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Proves who calls from the `Authorization` header, or from the client's certificate where there is none. Without both the request goes on as nobody's and ends where a
/// caller is needed; with a wrong one it ends here.
final class CallerFilter extends OncePerRequestFilter {

    private final Identity identity;
    private final Certificates certificates;
    private final FailureLimit failures;
    private final List<CallerScheme> schemes;

    /// @param schemes beside those of accounts
    CallerFilter(
            Identity identity,
            Certificates certificates,
            FailureLimit failures,
            List<CallerScheme> schemes) {
        this.identity = identity;
        this.certificates = certificates;
        this.failures = failures;
        this.schemes = schemes;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader("Authorization");
        if (header == null) {
            Optional<Caller> certified = certificates.caller(request);
            if (certified.isPresent()) {
                letIn(certified.get(), request, response, chain);
            } else {
                chain.doFilter(request, response);
            }
            return;
        }
        String address = request.getRemoteAddr();
        int space = header.indexOf(' ');
        for (CallerScheme scheme : schemes) {
            if (space > 0 && header.substring(0, space).equalsIgnoreCase(scheme.name())) {
                CallerScheme.Answer answer =
                        scheme.prove(header.substring(space + 1), request.getRequestURI());
                if (answer.refusal() != null) {
                    Refusals.write(response, 403, answer.refusal());
                } else if (answer.caller() == null) {
                    Refusals.unauthorised(response);
                } else {
                    letIn(answer.caller(), request, response, chain);
                }
                return;
            }
        }
        // Guessing is slowed; whoever was let in a moment ago, or holds a token, is not.
        String claimed = identity.claimedAccount(header);
        boolean slowed = failures.exceeded(address, claimed);
        Optional<Caller> caller =
                slowed
                        ? identity.authenticateUnguessable(header, address)
                        : identity.authenticate(header, address);
        if (caller.isEmpty() && slowed) {
            response.setHeader("Retry-After", "60");
            Refusals.write(
                    response, 429, "Too many failed sign-ins from your address; wait a minute");
            return;
        }
        if (caller.isEmpty()) {
            failures.failed(address, claimed);
            Refusals.unauthorised(response);
            return;
        }
        letIn(caller.get(), request, response, chain);
    }

    private static void letIn(
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws ServletException, IOException {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(
                new UsernamePasswordAuthenticationToken(
                        caller,
                        null,
                        caller.roles().stream()
                                .map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
                                .toList()));
        SecurityContextHolder.setContext(context);
        try {
            chain.doFilter(request, response);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    static List<String> challenges() {
        return List.of("Basic realm=\"kerege\", charset=\"UTF-8\"", "Bearer realm=\"kerege\"");
    }
}
