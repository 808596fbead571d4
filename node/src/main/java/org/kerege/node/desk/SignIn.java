package org.kerege.node.desk;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.FailureLimit;
import org.kerege.node.identity.Identity;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The way in and out, and the choice of language.
@Controller
@Callers(anyone = true)
final class SignIn {

    private final Identity identity;
    private final FailureLimit failures;
    private final Visits visits;
    private final CsrfTokenRepository formTokens;
    private final Rendering rendering;
    private final Clock clock;

    SignIn(
            Identity identity,
            FailureLimit failures,
            Visits visits,
            CsrfTokenRepository formTokens,
            Rendering rendering,
            Clock clock) {
        this.identity = identity;
        this.failures = failures;
        this.visits = visits;
        this.formTokens = formTokens;
        this.rendering = rendering;
        this.clock = clock;
    }

    @GetMapping("/sign-in")
    void form(HttpServletRequest request, HttpServletResponse response) throws IOException {
        form(request, response, 200, "");
    }

    @PostMapping("/sign-in")
    void enter(
            @RequestParam String account,
            @RequestParam String password,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        String address = request.getRemoteAddr();
        if (failures.exceeded(address, account)) {
            form(request, response, 429, "sign-in.wait");
            return;
        }
        Optional<Identity.Standing> standing =
                proved(account, password, address)
                        .flatMap(caller -> identity.standing(caller.account()));
        if (standing.isEmpty()) {
            failures.failed(address, account);
            form(request, response, 401, "sign-in.wrong");
            return;
        }
        new SignedIn(
                        account,
                        clock.instant(),
                        standing.get().passwordMark(),
                        visits.last(account).orElse(null))
                .begin(request);
        // Tokens of forms end with the session that they were made in.
        formTokens.saveToken(null, request, response);
        response.sendRedirect("/");
    }

    private Optional<Caller> proved(String account, String password, String address) {
        byte[] pair = (account + ":" + password).getBytes(StandardCharsets.UTF_8);
        return account.indexOf(':') >= 0
                ? Optional.empty()
                : identity.authenticate(
                        "Basic " + Base64.getEncoder().encodeToString(pair), address);
    }

    @Callers
    @PostMapping("/sign-out")
    void leave(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SignedIn.end(request);
        formTokens.saveToken(null, request, response);
        response.sendRedirect("/sign-in");
    }

    @PostMapping("/desk/language")
    void language(
            @RequestParam String to,
            @RequestParam(defaultValue = "/") String back,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (Words.LANGUAGES.contains(to)) {
            Cookie cookie = new Cookie(Rendering.LANGUAGE, to);
            cookie.setPath("/");
            cookie.setHttpOnly(true);
            cookie.setSecure(request.isSecure());
            cookie.setMaxAge((int) Duration.ofDays(365).toSeconds());
            cookie.setAttribute("SameSite", "Lax");
            response.addCookie(cookie);
        }
        response.sendRedirect(LocalAddress.of(back));
    }

    private void form(
            HttpServletRequest request, HttpServletResponse response, int status, String problem)
            throws IOException {
        rendering.page(request, response, status, "signin", Map.of("problem", problem));
    }
}
