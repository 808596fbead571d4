package org.kerege.node.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Accounts and their tokens.
@Controller
@Callers(Role.ADMINISTRATOR)
public final class Administration {

    private static final Duration TOKEN_LIFE = Duration.ofDays(365);
    private static final int LONGEST_LABEL = 100;

    private final JdbcClient database;
    private final Identity identity;
    private final Rendering rendering;
    private final Clock clock;

    /// An account as the page lists it.
    public record Account(String name, String organisation, String roles) {}

    /// A token as the page lists it; the token itself is known to its holder alone.
    public record Token(String hash, String account, String label, String expires) {}

    Administration(JdbcClient database, Identity identity, Rendering rendering, Clock clock) {
        this.database = database;
        this.identity = identity;
        this.rendering = rendering;
        this.clock = clock;
    }

    @GetMapping("/desk/administration")
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, "");
    }

    @PostMapping("/desk/administration/tokens")
    void make(
            @RequestParam String account,
            @RequestParam String label,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        boolean known = accounts().stream().anyMatch(listed -> listed.name().equals(account));
        if (!known || label.isBlank() || label.length() > LONGEST_LABEL) {
            response.sendRedirect("/desk/administration");
            return;
        }
        // Read only: what writes is set up on the command line, with its collections.
        show(
                request,
                response,
                identity.newToken(account, label, true, clock.instant().plus(TOKEN_LIFE)));
    }

    @PostMapping("/desk/administration/tokens/revoke")
    void revoke(@RequestParam String hash, HttpServletResponse response) throws IOException {
        identity.revokeToken(hash);
        response.sendRedirect("/desk/administration");
    }

    private void show(HttpServletRequest request, HttpServletResponse response, String made)
            throws IOException {
        rendering.page(
                request,
                response,
                200,
                "administration",
                Map.of("accounts", accounts(), "tokens", tokens(), "made", made));
    }

    private List<Account> accounts() {
        return database.sql(
                        "select name, organisation, array_to_string(roles, ', ') from account order by name")
                .query((row, _) ->
                        new Account(row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    private List<Token> tokens() {
        return database.sql(
                        "select encode(hash, 'hex'), account, label, to_char(expires at time zone 'UTC', 'YYYY-MM-DD') from api_token order by account, label")
                .query((row, _) ->
                        new Token(
                                row.getString(1),
                                row.getString(2),
                                Shown.text(row.getString(3)),
                                row.getString(4)))
                .list();
    }
}
