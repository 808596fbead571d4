package org.kerege.node.desk;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Certificates;
import org.kerege.node.identity.Entrance;
import org.kerege.node.identity.Entrance.Outcome;
import org.kerege.node.identity.Passkeys;
import org.kerege.node.identity.Providers;
import org.kerege.node.identity.Session;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The way in and out, and the choice of language.
@Controller
@Callers(anyone = true)
final class SignIn {

    private final Entrance entrance;
    private final Passkeys passkeys;
    private final Providers providers;
    private final Browsers browsers;
    private final Rendering rendering;

    SignIn(
            Entrance entrance,
            Passkeys passkeys,
            Providers providers,
            Browsers browsers,
            Rendering rendering) {
        this.entrance = entrance;
        this.passkeys = passkeys;
        this.providers = providers;
        this.browsers = browsers;
        this.rendering = rendering;
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
        answer(
                entrance.byPassword(account, password, Browsers.visitor(request)),
                request,
                response);
    }

    @PostMapping("/sign-in/passkey")
    void enter(
            @RequestParam String credential,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        answer(
                entrance.byPasskey(browsers.here(request), credential, Browsers.visitor(request)),
                request,
                response);
    }

    @PostMapping("/sign-in/certificate")
    void enter(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Certificates.isShown(request)) {
            answer(entrance.byCertificate(request, Browsers.visitor(request)), request, response);
        } else {
            form(request, response, 422, "sign-in.wrong");
        }
    }

    /// Sends the browser to an organisation's provider.
    @GetMapping("/sign-in/provider/{name}")
    void begin(@PathVariable String name, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!providers.has(name)) {
            rendering.page(request, response, 404, "missing", Map.of());
            return;
        }
        Optional<Providers.Begun> begun = providers.begin(name, back(name, request));
        if (begun.isEmpty()) {
            form(request, response, 503, "sign-in.provider-unreachable");
            return;
        }
        browsers.keepUnderWay(begun.get().sealed(), request, response);
        response.sendRedirect(begun.get().address());
    }

    /// Where the provider sends the browser back to.
    @GetMapping("/sign-in/provider/{name}/answer")
    void end(
            @PathVariable String name,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String code,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (!providers.has(name)) {
            rendering.page(request, response, 404, "missing", Map.of());
            return;
        }
        Outcome outcome =
                providers.end(
                        name,
                        browsers.underWay(request, response),
                        state,
                        code,
                        back(name, request),
                        Browsers.visitor(request));
        if (outcome instanceof Outcome.Entered) {
            answer(outcome, request, response);
        } else {
            form(request, response, 401, "sign-in.provider-refused");
        }
    }

    private String back(String name, HttpServletRequest request) {
        return browsers.here(request).origin() + "/sign-in/provider/" + name + "/answer";
    }

    private void answer(Outcome outcome, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        switch (outcome) {
            case Outcome.Entered entered -> {
                browsers.keep(entered, entrance, request, response);
                response.sendRedirect(entered.complete() ? "/" : "/sign-in/second");
            }
            case Outcome.Refused() -> form(request, response, 401, "sign-in.wrong");
            case Outcome.Wait() -> form(request, response, 429, "sign-in.wait");
        }
    }

    @GetMapping("/sign-in/second")
    void second(HttpServletRequest request, HttpServletResponse response) throws IOException {
        second(request, response, 200, "");
    }

    @PostMapping("/sign-in/second")
    void second(
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String credential,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Session session = Session.of(request);
        if (session == null || session.complete()) {
            second(request, response, 401, "sign-in.late");
            return;
        }
        Outcome outcome =
                credential.isEmpty()
                        ? entrance.typed(session, code, Browsers.visitor(request))
                        : entrance.shown(
                                browsers.here(request),
                                session,
                                credential,
                                Browsers.visitor(request));
        switch (outcome) {
            case Outcome.Entered entered -> {
                browsers.keep(entered, entrance, request, response);
                response.sendRedirect("/");
            }
            case Outcome.Refused() -> second(request, response, 401, "second.wrong");
            case Outcome.Wait() -> second(request, response, 429, "second.wait");
        }
    }

    /// Whoever has not taken the first step, or has taken both, is in the wrong place here.
    private void second(
            HttpServletRequest request, HttpServletResponse response, int status, String problem)
            throws IOException {
        Session session = Session.of(request);
        if (session == null || session.complete()) {
            form(request, response, 200, "sign-in.late");
            return;
        }
        rendering.page(
                request,
                response,
                status,
                "second",
                Map.of(
                        "problem",
                        problem,
                        "options",
                        entrance.asks(browsers.here(request), session),
                        "site",
                        browsers.site(request)));
    }

    @PostMapping("/sign-out")
    void leave(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Session session = Session.of(request);
        if (session != null) {
            entrance.leave(session, Browsers.visitor(request));
        }
        browsers.forget(request, response);
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
        rendering.page(
                request,
                response,
                status,
                "signin",
                Map.of(
                        "problem",
                        problem,
                        "providers",
                        providers.list(),
                        "certificate",
                        Certificates.isShown(request),
                        "options",
                        passkeys.asks(browsers.here(request), null, Entrance.SIGN_IN),
                        "site",
                        browsers.site(request)));
    }
}
