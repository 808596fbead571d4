package org.kerege.node.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Holds every route to the callers it declares.
final class DeclaredCallers implements HandlerInterceptor {

    private final Identity identity;
    private final Sessions sessions;

    DeclaredCallers(Identity identity, Sessions sessions) {
        this.identity = identity;
        this.sessions = sessions;
    }

    /// Answered by the chain of filters, which knows whether a program or a person asks.
    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        // No route has OPTIONS: the framework itself answers which methods an address has.
        if (handler instanceof HandlerMethod route && !request.getMethod().equals("OPTIONS")) {
            Callers declared = declared(route);
            Caller caller = caller();
            if (!allows(declared, caller)) {
                // Answered by the chain of filters, which knows whether a program or a person asks.
                throw new AccessDeniedException("the route declares other callers");
            }
            Session session = Session.of(request);
            if (declared != null && !declared.anyone() && caller != null && session != null) {
                requireProofs(declared, session);
            }
        }
        return true;
    }

    private void requireProofs(Callers declared, Session session) {
        if (!declared.withoutFactor()
                && !session.hasFactor()
                && identity.needsFactor(session.caller())) {
            throw new MoreProof(MoreProof.Of.FACTOR);
        }
        if (declared.fresh() && !sessions.isFresh(session)) {
            throw new MoreProof(MoreProof.Of.RECENT);
        }
    }

    /// What a route declares, itself or its class; null when nothing.
    static @Nullable Callers declared(HandlerMethod route) {
        Callers own = route.getMethodAnnotation(Callers.class);
        return own != null ? own : route.getBeanType().getAnnotation(Callers.class);
    }

    private static boolean allows(@Nullable Callers declared, @Nullable Caller caller) {
        if (declared == null) {
            return false;
        }
        if (declared.anyone()) {
            return true;
        }
        if (caller == null) {
            return false;
        }
        for (Role role : declared.value()) {
            if (caller.is(role)) {
                return true;
            }
        }
        return declared.value().length == 0;
    }

    private static @Nullable Caller caller() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Caller caller
                ? caller
                : null;
    }
}
