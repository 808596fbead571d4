package org.kerege.node.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Codes;
import org.kerege.node.identity.Entrance;
import org.kerege.node.identity.Entrance.Outcome;
import org.kerege.node.identity.Passkeys;
import org.kerege.node.identity.Session;
import org.kerege.node.identity.Visitor;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The page between a form and what it does, where the last proof of who sends it is too old. It carries the form
/// along, and sends it on when the proof was given.
@Controller
public final class ProofAgain {

    private static final int MOST_CHARACTERS = 256 << 10;

    /// Fields of the page itself. The others are those of the form that waits.
    private static final Set<String> OWN =
            Set.of("_csrf", "proof-to", "proof-password", "proof-code", "credential-shown");

    private final Entrance entrance;
    private final Passkeys passkeys;
    private final Codes codes;
    private final Browsers browsers;
    private final Rendering rendering;

    /// A field of the form that waits.
    public record Field(String name, String value) {}

    ProofAgain(
            Entrance entrance,
            Passkeys passkeys,
            Codes codes,
            Browsers browsers,
            Rendering rendering) {
        this.entrance = entrance;
        this.passkeys = passkeys;
        this.codes = codes;
        this.browsers = browsers;
        this.rendering = rendering;
    }

    /// Asks before a request is carried out.
    void ask(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, 403, LocalAddress.of(request.getRequestURI()), "");
    }

    @PostMapping("/sign-in/again")
    @Callers(withoutFactor = true)
    void prove(
            @RequestParam("proof-to") String to,
            @RequestParam(value = "proof-password", defaultValue = "") String password,
            @RequestParam(value = "proof-code", defaultValue = "") String code,
            @RequestParam(value = "credential-shown", defaultValue = "") String credential,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Session session = Session.ofSignedIn(request);
        Visitor visitor = Browsers.visitor(request);
        Outcome outcome;
        if (!credential.isEmpty()) {
            outcome = entrance.shown(browsers.here(request), session, credential, visitor);
        } else if (!code.isEmpty()) {
            outcome = entrance.typed(session, code, visitor);
        } else {
            outcome = entrance.again(session, password, visitor);
        }
        switch (outcome) {
            case Outcome.Entered entered -> goOn(to, entered, request, response);
            case Outcome.Refused() -> show(request, response, 401, to, "second.wrong");
            case Outcome.Wait() -> show(request, response, 429, to, "second.wait");
        }
    }

    /// With status 307 the browser sends the same fields to the address where they were to go. The token of forms stays
    /// as it is, since the form carries it.
    private void goOn(
            String to,
            Outcome.Entered entered,
            HttpServletRequest request,
            HttpServletResponse response) {
        browsers.keepAgain(entered, request, response);
        response.setStatus(307);
        response.setHeader("Location", LocalAddress.of(to));
    }

    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            String to,
            String problem)
            throws IOException {
        Session session = Session.ofSignedIn(request);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("problem", problem);
        values.put("to", LocalAddress.of(to));
        values.put("fields", fields(request));
        values.put("passkey", !passkeys.of(session.account()).isEmpty());
        values.put("code", codes.held(session.account()).authenticator());
        values.put("options", entrance.asks(browsers.here(request), session));
        values.put("site", browsers.site(request));
        rendering.page(request, response, status, "again", values);
    }

    private static List<Field> fields(HttpServletRequest request) {
        List<Field> fields = new ArrayList<>();
        int characters = 0;
        for (Map.Entry<String, String[]> field : request.getParameterMap().entrySet()) {
            for (String value : field.getValue()) {
                characters += value.length();
                if (!OWN.contains(field.getKey()) && characters <= MOST_CHARACTERS) {
                    fields.add(new Field(field.getKey(), value));
                }
            }
        }
        return fields;
    }
}
