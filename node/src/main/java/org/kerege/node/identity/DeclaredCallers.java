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

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        // No route has OPTIONS: the framework itself answers which methods an address has.
        if (handler instanceof HandlerMethod route
                && !request.getMethod().equals("OPTIONS")
                && !allows(declared(route), caller())) {
            // Answered by the chain of filters, which knows whether a program or a person asks.
            throw new AccessDeniedException("the route declares other callers");
        }
        return true;
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
