package org.kerege.node.identity;

import java.nio.charset.StandardCharsets;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The page behind an invitation: sets a password, once. It is plain on purpose and needs nothing else to run; the
/// desk's pages come after it.
@RestController
@Callers(anyone = true)
final class WelcomeRoutes {

    /// Least length of a password, in characters.
    static final int LEAST_PASSWORD = 12;

    private static final int MOST_PASSWORD = 72;

    private final Identity identity;

    WelcomeRoutes(Identity identity) {
        this.identity = identity;
    }

    @GetMapping("/welcome")
    ResponseEntity<byte[]> form(@RequestParam(defaultValue = "") String invitation) {
        return page(
                200,
                """
                <h1>Welcome</h1>
                <form method="post" action="/welcome">
                <input type="hidden" name="invitation" value="%s">
                <p><label>New password, at least %d characters
                <input type="password" name="password" minlength="%d" maxlength="%d" required
                 autocomplete="new-password"></label></p>
                <p><button>Set password</button></p>
                </form>
                """
                        .formatted(
                                escaped(invitation),
                                LEAST_PASSWORD,
                                LEAST_PASSWORD,
                                MOST_PASSWORD));
    }

    @PostMapping("/welcome")
    ResponseEntity<byte[]> set(@RequestParam String invitation, @RequestParam String password) {
        int bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (password.length() < LEAST_PASSWORD || bytes > MOST_PASSWORD) {
            return page(
                    400,
                    "<h1>Not set</h1><p>A password has at least "
                            + LEAST_PASSWORD
                            + " characters and at most "
                            + MOST_PASSWORD
                            + " bytes. Go back and choose another; the link is still good.</p>");
        }
        return identity.accept(invitation, password)
                ? page(200, "<h1>Done</h1><p>The password is set. This link works no more.</p>")
                : page(
                        403,
                        "<h1>Not set</h1><p>This link is used up or too old. On the node's machine,"
                                + " <code>./kerege admin reset</code> makes a new one.</p>");
    }

    private static ResponseEntity<byte[]> page(int status, String body) {
        String html =
                "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Kerege</title><body>"
                        + body
                        + "</body></html>";
        return ResponseEntity.status(status)
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .header("Referrer-Policy", "no-referrer")
                .header("Content-Security-Policy", "default-src 'none'; form-action 'self'")
                .body(html.getBytes(StandardCharsets.UTF_8));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }
}
