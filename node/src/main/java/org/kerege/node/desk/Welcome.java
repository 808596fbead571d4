package org.kerege.node.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.kerege.node.identity.AccountLog;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.FailureLimit;
import org.kerege.node.identity.Identity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The page behind an invitation: sets a password, once.
@Controller
@Callers(anyone = true)
final class Welcome {

    /// Invitations are counted as one account's: whoever tries many waits.
    private static final String NOBODY = "";

    private final Identity identity;
    private final FailureLimit failures;
    private final AccountLog log;
    private final Rendering rendering;

    Welcome(Identity identity, FailureLimit failures, AccountLog log, Rendering rendering) {
        this.identity = identity;
        this.failures = failures;
        this.log = log;
        this.rendering = rendering;
    }

    @GetMapping("/welcome")
    void form(
            @RequestParam(defaultValue = "") String invitation,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        form(request, response, 200, invitation, "");
    }

    @PostMapping("/welcome")
    void accept(
            @RequestParam String invitation,
            @RequestParam String password,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        String address = request.getRemoteAddr();
        if (!Identity.isFit(password)) {
            form(request, response, 422, invitation, "welcome.length");
            return;
        }
        if (failures.exceeded(address, NOBODY)) {
            form(request, response, 429, invitation, "sign-in.wait");
            return;
        }
        Optional<String> account = identity.accept(invitation, password);
        if (account.isPresent()) {
            log.note(AccountLog.Kind.PASSWORD_SET, account.get(), account.get(), address, "");
            response.sendRedirect("/sign-in");
        } else {
            failures.failed(address, NOBODY);
            form(request, response, 410, invitation, "welcome.spent");
        }
    }

    private void form(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            String invitation,
            String problem)
            throws IOException {
        rendering.page(
                request,
                response,
                status,
                "welcome",
                Map.of("invitation", invitation, "problem", problem));
    }
}
