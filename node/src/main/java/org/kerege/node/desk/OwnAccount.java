package org.kerege.node.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.identity.AccountLog;
import org.kerege.node.identity.AccountLog.Kind;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Codes;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Passkeys;
import org.kerege.node.identity.Passkeys.Passkey;
import org.kerege.node.identity.Session;
import org.kerege.node.identity.Sessions;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// What everybody does with the own account: passkeys, codes, password, sessions, tokens.
@Controller
@Callers(withoutFactor = true)
public final class OwnAccount {

    private static final String PAGE = "/desk/me";
    private static final int LONGEST_LABEL = 100;

    private final Identity identity;
    private final Passkeys passkeys;
    private final Codes codes;
    private final Sessions sessions;
    private final Catalogue catalogue;
    private final AccountLog log;
    private final Browsers browsers;
    private final Rendering rendering;
    private final Clock clock;

    /// A passkey as the page lists it.
    public record Key(String id, String label, String made, String lastUsed) {

        static Key of(Passkey passkey) {
            return new Key(
                    passkey.id(),
                    Shown.text(passkey.label()),
                    passkey.made().toString(),
                    passkey.lastUsed().toString());
        }
    }

    /// A session as pages list it.
    ///
    /// @param current whether it is the one that looks at the list
    public record Open(
            String name,
            String account,
            String began,
            String seen,
            String means,
            String address,
            String agent,
            boolean current) {

        static Open of(Sessions.Listed listed, Session own) {
            return new Open(
                    listed.name().toString(),
                    Shown.text(listed.account()),
                    listed.began().toString(),
                    listed.seen().toString(),
                    listed.means(),
                    listed.address(),
                    Shown.text(listed.agent()),
                    listed.name().equals(own.name()));
        }
    }

    OwnAccount(
            Identity identity,
            Passkeys passkeys,
            Codes codes,
            Sessions sessions,
            Catalogue catalogue,
            AccountLog log,
            Browsers browsers,
            Rendering rendering,
            Clock clock) {
        this.identity = identity;
        this.passkeys = passkeys;
        this.codes = codes;
        this.sessions = sessions;
        this.catalogue = catalogue;
        this.log = log;
        this.browsers = browsers;
        this.rendering = rendering;
        this.clock = clock;
    }

    @GetMapping(PAGE)
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, 200, "", Map.of());
    }

    @PostMapping(PAGE + "/passkeys")
    @Callers(withoutFactor = true, fresh = true)
    void addPasskey(
            @RequestParam String label,
            @RequestParam String credential,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Session session = Session.ofSignedIn(request);
        boolean first = !session.hasFactor();
        if (!isLabel(label)
                || !passkeys.keep(
                        browsers.here(request),
                        session.account(),
                        purpose(session),
                        label.strip(),
                        credential)) {
            show(request, response, 422, "me.passkey-refused", Map.of());
            return;
        }
        note(Kind.PASSKEY_ADDED, label, request);
        answerWithCodes(first, request, response);
    }

    @PostMapping(PAGE + "/passkeys/rename")
    void renamePasskey(
            @RequestParam String id,
            @RequestParam String label,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (isLabel(label)) {
            passkeys.rename(Session.ofSignedIn(request).account(), id, label.strip());
        }
        response.sendRedirect(PAGE);
    }

    @PostMapping(PAGE + "/passkeys/remove")
    @Callers(fresh = true)
    void removePasskey(
            @RequestParam String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (passkeys.remove(Session.ofSignedIn(request).account(), id)) {
            note(Kind.PASSKEY_REMOVED, "", request);
        }
        response.sendRedirect(PAGE);
    }

    @PostMapping(PAGE + "/authenticator")
    @Callers(withoutFactor = true, fresh = true)
    void addAuthenticator(
            @RequestParam String secret,
            @RequestParam String code,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Session session = Session.ofSignedIn(request);
        boolean first = !session.hasFactor();
        if (!codes.keep(session.account(), secret, code)) {
            show(request, response, 422, "me.code-wrong", Map.of());
            return;
        }
        note(Kind.AUTHENTICATOR_ADDED, "", request);
        answerWithCodes(first, request, response);
    }

    @PostMapping(PAGE + "/authenticator/remove")
    @Callers(fresh = true)
    void removeAuthenticator(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        codes.removeAuthenticator(Session.ofSignedIn(request).account());
        note(Kind.AUTHENTICATOR_REMOVED, "", request);
        response.sendRedirect(PAGE);
    }

    @PostMapping(PAGE + "/recovery")
    @Callers(fresh = true)
    void makeRecoveryCodes(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        answerWithCodes(true, request, response);
    }

    /// Whoever gets the first second factor gets the codes for the day on which it is lost.
    private void answerWithCodes(
            boolean wanted, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!wanted) {
            response.sendRedirect(PAGE);
            return;
        }
        List<String> made = codes.newRecoveryCodes(Session.ofSignedIn(request).account());
        note(Kind.RECOVERY_CODES_MADE, "", request);
        show(request, response, 200, "", Map.of("codes", made));
    }

    @PostMapping(PAGE + "/password")
    @Callers(withoutFactor = true, fresh = true)
    void setPassword(
            @RequestParam String password, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!Identity.isFit(password)) {
            show(request, response, 422, "welcome.length", Map.of());
            return;
        }
        identity.setPassword(Session.ofSignedIn(request).account(), password);
        note(Kind.PASSWORD_SET, "", request);
        browsers.forget(request, response);
        response.sendRedirect("/sign-in");
    }

    @PostMapping(PAGE + "/sessions/end")
    void endSession(
            @RequestParam UUID name, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (sessions.end(name, Session.ofSignedIn(request).account()).isPresent()) {
            note(Kind.SESSION_ENDED, "", request);
        }
        response.sendRedirect(PAGE);
    }

    @PostMapping(PAGE + "/sessions/end-others")
    void endOtherSessions(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Session session = Session.ofSignedIn(request);
        sessions.endAll(session.account(), session.name());
        note(Kind.SESSION_ENDED, "", request);
        response.sendRedirect(PAGE);
    }

    @PostMapping(PAGE + "/tokens")
    @Callers(fresh = true)
    void makeToken(
            @RequestParam String label,
            @RequestParam int days,
            @RequestParam(defaultValue = "false") boolean writes,
            @RequestParam(defaultValue = "") String addresses,
            @RequestParam(required = false) @Nullable List<UUID> collection,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Optional<TokenForm> form = TokenForm.read(label, days, writes, addresses, collection);
        if (form.isEmpty()) {
            show(request, response, 422, "token.wrong", Map.of());
            return;
        }
        TokenForm token = form.get();
        String made =
                identity.newToken(
                        Session.ofSignedIn(request).account(),
                        token.label(),
                        token.scope(),
                        token.expires(clock));
        note(Kind.TOKEN_MADE, token.label(), request);
        show(request, response, 200, "", Map.of("made", made));
    }

    @PostMapping(PAGE + "/tokens/revoke")
    @Callers(fresh = true)
    void revokeToken(
            @RequestParam String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        identity.revokeToken(id, Session.ofSignedIn(request).account())
                .ifPresent(token -> note(Kind.TOKEN_REVOKED, token.label(), request));
        response.sendRedirect(PAGE);
    }

    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            String problem,
            Map<String, Object> once)
            throws IOException {
        Session session = Session.ofSignedIn(request);
        String account = session.account();
        List<Key> keys = passkeys.of(account).stream().map(Key::of).toList();
        Codes.Held held = codes.held(account);
        Map<String, Object> values = new HashMap<>();
        values.put("problem", problem);
        values.put("made", "");
        values.put("codes", List.of());
        values.put(
                "needed",
                identity.needsFactor(session.caller()) && keys.isEmpty() && !held.authenticator());
        values.put("keys", keys);
        values.put("held", held);
        values.put("secret", codes.newSecret());
        values.put(
                "options", passkeys.asksForNew(browsers.here(request), account, purpose(session)));
        values.put("site", browsers.site(request));
        values.put(
                "sessions",
                sessions.list(account).stream().map(one -> Open.of(one, session)).toList());
        values.put("tokens", identity.tokens(account).stream().map(TokenForm.Row::of).toList());
        values.put(
                "collections",
                catalogue.collections().stream()
                        .filter(collection -> session.caller().mayUse(collection.id()))
                        .toList());
        values.putAll(once);
        rendering.page(request, response, status, "me", values);
    }

    private void note(Kind kind, String detail, HttpServletRequest request) {
        String account = Session.ofSignedIn(request).account();
        log.note(kind, account, account, request.getRemoteAddr(), detail);
    }

    private static boolean isLabel(String label) {
        return !label.isBlank() && label.length() <= LONGEST_LABEL;
    }

    private static String purpose(Session session) {
        return "new passkey " + session.name();
    }
}
