package org.kerege.node.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.identity.AccountLog;
import org.kerege.node.identity.AccountLog.Kind;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Certificates;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Identity.Account;
import org.kerege.node.identity.Role;
import org.kerege.node.identity.Session;
import org.kerege.node.identity.Sessions;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Accounts with their roles, sessions and tokens.
@Controller
@Callers(Role.ADMINISTRATOR)
public final class Administration {

    private static final String PAGE = "/desk/administration";
    private static final String ACCOUNT = PAGE + "/account";

    /// A colon would end the name in Basic credentials.
    private static final Pattern NAME = Pattern.compile("[^:\\p{Cntrl}\\p{Cf}]{1,100}");

    private static final int LONGEST_ORGANISATION = 200;

    private final Identity identity;
    private final Certificates certificates;
    private final Sessions sessions;
    private final Catalogue catalogue;
    private final AccountLog log;
    private final Rendering rendering;
    private final Clock clock;

    Administration(
            Identity identity,
            Certificates certificates,
            Sessions sessions,
            Catalogue catalogue,
            AccountLog log,
            Rendering rendering,
            Clock clock) {
        this.identity = identity;
        this.certificates = certificates;
        this.sessions = sessions;
        this.catalogue = catalogue;
        this.log = log;
        this.rendering = rendering;
        this.clock = clock;
    }

    @GetMapping(PAGE)
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, 200, "", Map.of());
    }

    @GetMapping(ACCOUNT)
    void showAccount(
            @RequestParam String name, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        showAccount(request, response, 200, name, "", "");
    }

    @PostMapping(PAGE + "/accounts")
    @Callers(value = Role.ADMINISTRATOR, fresh = true)
    void addAccount(
            @RequestParam String name,
            @RequestParam String organisation,
            @RequestParam(required = false) @Nullable Set<Role> role,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        boolean fit =
                NAME.matcher(name).matches()
                        && !organisation.isBlank()
                        && organisation.length() <= LONGEST_ORGANISATION;
        if (!fit || role == null || identity.account(name).isPresent()) {
            show(request, response, 422, "account.wrong", Map.of());
            return;
        }
        identity.putAccount(name, organisation.strip(), role, null);
        note(Kind.ACCOUNT_ADDED, name, role.toString(), request);
        showAccount(request, response, 200, name, "", identity.newInvitation(name));
    }

    @PostMapping(ACCOUNT + "/roles")
    @Callers(value = Role.ADMINISTRATOR, fresh = true)
    void changeRoles(
            @RequestParam String name,
            @RequestParam(required = false) @Nullable Set<Role> role,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Set<Role> roles = role == null ? Set.of() : role;
        Optional<Account> account = identity.account(name);
        if (account.isPresent()
                && !roles.contains(Role.ADMINISTRATOR)
                && isLastAdministrator(name)) {
            showAccount(request, response, 422, name, "account.last", "");
            return;
        }
        account.ifPresent(known -> {
            identity.putAccount(
                    name, known.caller().organisation(), roles, known.caller().collections());
            note(Kind.ACCOUNT_CHANGED, name, roles.toString(), request);
        });
        toAccount(name, response);
    }

    /// Takes all that it proves itself with, and shows the link that sets a new password.
    @PostMapping(ACCOUNT + "/reset")
    @Callers(value = Role.ADMINISTRATOR, fresh = true)
    void reset(@RequestParam String name, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<String> invitation = identity.reset(name);
        if (invitation.isPresent()) {
            note(Kind.ACCOUNT_RESET, name, "", request);
        }
        showAccount(request, response, 200, name, "", invitation.orElse(""));
    }

    @PostMapping(ACCOUNT + "/remove")
    @Callers(value = Role.ADMINISTRATOR, fresh = true)
    void remove(@RequestParam String name, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (isLastAdministrator(name) || name.equals(Session.ofSignedIn(request).account())) {
            showAccount(request, response, 422, name, "account.last", "");
            return;
        }
        if (identity.removeAccount(name)) {
            note(Kind.ACCOUNT_REMOVED, name, "", request);
        }
        response.sendRedirect(PAGE);
    }

    @PostMapping(ACCOUNT + "/certificates")
    @Callers(value = Role.ADMINISTRATOR, fresh = true)
    void addCertificate(
            @RequestParam String name,
            @RequestParam String pem,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (identity.account(name).isEmpty() || !certificates.add(name, pem)) {
            showAccount(request, response, 422, name, "certificate.wrong", "");
            return;
        }
        note(Kind.CERTIFICATE_ADDED, name, "", request);
        toAccount(name, response);
    }

    @PostMapping(ACCOUNT + "/certificates/remove")
    @Callers(value = Role.ADMINISTRATOR, fresh = true)
    void removeCertificate(
            @RequestParam String name,
            @RequestParam String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (certificates.remove(name, id)) {
            note(Kind.CERTIFICATE_REMOVED, name, "", request);
        }
        toAccount(name, response);
    }

    @PostMapping(PAGE + "/sessions/end")
    void endSession(
            @RequestParam UUID name, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        sessions.end(name, null)
                .ifPresent(account -> note(Kind.SESSION_ENDED, account, "", request));
        response.sendRedirect(PAGE);
    }

    @PostMapping(PAGE + "/tokens")
    @Callers(value = Role.ADMINISTRATOR, fresh = true)
    void makeToken(
            @RequestParam String account,
            @RequestParam String label,
            @RequestParam int days,
            @RequestParam(defaultValue = "false") boolean writes,
            @RequestParam(defaultValue = "") String addresses,
            @RequestParam(required = false) @Nullable List<UUID> collection,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Optional<TokenForm> form = TokenForm.read(label, days, writes, addresses, collection);
        if (form.isEmpty() || identity.account(account).isEmpty()) {
            show(request, response, 422, "token.wrong", Map.of());
            return;
        }
        TokenForm token = form.get();
        String made =
                identity.newToken(account, token.label(), token.scope(), token.expires(clock));
        note(Kind.TOKEN_MADE, account, token.label(), request);
        show(request, response, 200, "", Map.of("made", made));
    }

    @PostMapping(PAGE + "/tokens/revoke")
    @Callers(value = Role.ADMINISTRATOR, fresh = true)
    void revokeToken(
            @RequestParam String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        identity.revokeToken(id, null)
                .ifPresent(
                        token -> note(Kind.TOKEN_REVOKED, token.account(), token.label(), request));
        response.sendRedirect(PAGE);
    }

    private boolean isLastAdministrator(String name) {
        return identity.administrators().equals(List.of(name));
    }

    private void note(Kind kind, String account, String detail, HttpServletRequest request) {
        log.note(
                kind,
                account,
                Session.ofSignedIn(request).account(),
                request.getRemoteAddr(),
                detail);
    }

    private static void toAccount(String name, HttpServletResponse response) throws IOException {
        response.sendRedirect(ACCOUNT + "?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8));
    }

    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            String problem,
            Map<String, Object> once)
            throws IOException {
        Map<String, Object> values = new HashMap<>();
        values.put("problem", problem);
        values.put("made", "");
        values.put("accounts", identity.accounts());
        values.put(
                "sessions",
                sessions.list(null).stream()
                        .map(one -> OwnAccount.Open.of(one, Session.ofSignedIn(request)))
                        .toList());
        values.put("tokens", identity.tokens(null).stream().map(TokenForm.Row::of).toList());
        values.put("collections", catalogue.collections());
        values.putAll(once);
        rendering.page(request, response, status, "administration", values);
    }

    private void showAccount(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            String name,
            String problem,
            String invitation)
            throws IOException {
        Optional<Account> account = identity.account(name);
        if (account.isEmpty()) {
            rendering.page(request, response, 404, "missing", Map.of());
            return;
        }
        rendering.page(
                request,
                response,
                status,
                "account",
                Map.of(
                        "account",
                        account.get(),
                        "problem",
                        problem,
                        "certificates",
                        certificates.of(name),
                        "invitation",
                        invitation,
                        "needed",
                        identity.needsFactor(account.get().caller())));
    }
}
