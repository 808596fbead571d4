package org.kerege.node.desk;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerege.node.identity.Caller;
import org.kerege.stix.Json;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfToken;
import tools.jackson.databind.JsonNode;

/// Turns templates, which were compiled with the node, into pages in the reader's language. The door through which a
/// capability adds pages of its own, in a class marked [DeskPages].
public final class Rendering {

    static final String LANGUAGE = "kerege-language";

    private final String organisation;
    private final Assets assets;
    private final Supplier<Stream<DeskPlaces>> places;
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

    /// @param places of the capabilities, asked for at each page
    Rendering(String organisation, Assets assets, Supplier<Stream<DeskPlaces>> places) {
        this.organisation = organisation;
        this.assets = assets;
        this.places = places;
    }

    /// Answers with a page.
    ///
    /// @param values the template's parameters beside `frame`
    public void page(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            String template,
            Map<String, Object> values)
            throws IOException {
        Map<String, Object> all = new HashMap<>(values);
        all.put("frame", frame(request));
        StringOutput out = new StringOutput();
        templates.render(template + ".jte", all, out);
        byte[] bytes = out.toString().getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        response.getOutputStream().write(bytes);
    }

    /// Answers with what a page's script asked for.
    public void json(HttpServletResponse response, JsonNode answer) throws IOException {
        response.setContentType("application/json");
        response.getOutputStream().write(Json.mapper().writeValueAsBytes(answer));
    }

    /// Answers with a file to keep.
    public void file(HttpServletResponse response, String name, JsonNode content)
            throws IOException {
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        json(response, content);
    }

    private Frame frame(HttpServletRequest request) {
        CsrfToken csrf = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        Caller caller = signedIn();
        return new Frame(
                words(request),
                organisation,
                caller,
                csrf == null ? "" : csrf.getToken(),
                node(request),
                request.getRequestURI(),
                caller == null ? List.of() : more(caller),
                address(request),
                assets::address);
    }

    private List<Frame.Place> more(Caller caller) {
        return places.get().flatMap(one -> one.places(caller).stream()).toList();
    }

    private static String node(HttpServletRequest request) {
        return request.getScheme()
                + "://"
                + request.getServerName()
                + ":"
                + request.getServerPort();
    }

    /// Only what is read can be returned to.
    private static String address(HttpServletRequest request) {
        if (!request.getMethod().equals("GET")) {
            return "/";
        }
        String query = request.getQueryString();
        return LocalAddress.of(request.getRequestURI() + (query == null ? "" : "?" + query));
    }

    /// Whoever is signed in, on a page that is shown to nobody else.
    public static Caller caller() {
        return Objects.requireNonNull(signedIn(), "the filters let nobody else through");
    }

    private static @Nullable Caller signedIn() {
        Authentication proved = SecurityContextHolder.getContext().getAuthentication();
        return proved != null && proved.getPrincipal() instanceof Caller caller ? caller : null;
    }

    /// The texts in the language that was chosen, or the browser's first one.
    public static Words words(HttpServletRequest request) {
        return new Words(language(request));
    }

    private static String language(HttpServletRequest request) {
        String chosen = Browsers.cookie(request, LANGUAGE);
        return chosen == null ? request.getLocale().getLanguage() : chosen;
    }
}
