package org.kerege.node.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Role;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Every route of the node, asked for by nobody and by an account of each role alone.
@ExtendWith(DeskNode.Shared.class)
class ForcedBrowsingTest {

    private final DeskNode desk;

    ForcedBrowsingTest(DeskNode desk) {
        this.desk = desk;
    }

    /// A route with example values in its address.
    private record Route(String method, String address, Callers callers, boolean ofDesk) {

        boolean allows(@Nullable Role role) {
            return callers.anyone()
                    || (role != null
                            && (callers.value().length == 0
                                    || Arrays.asList(callers.value()).contains(role)));
        }
    }

    private List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (HandlerMapping mappings :
                Objects.requireNonNull(
                        desk.node.part(DispatcherServlet.class).getHandlerMappings())) {
            if (mappings instanceof RequestMappingHandlerMapping routed) {
                routed.getHandlerMethods()
                        .forEach((mapping, handler) -> {
                            if (handler.getBeanType().getPackageName().startsWith("org.kerege")) {
                                for (String pattern : mapping.getPatternValues()) {
                                    mapping.getMethodsCondition()
                                            .getMethods()
                                            .forEach(method ->
                                                    routes.add(
                                                            route(
                                                                    method.name(),
                                                                    pattern,
                                                                    handler)));
                                }
                            }
                        });
            }
        }
        return routes;
    }

    private static Route route(String method, String pattern, HandlerMethod handler) {
        Callers own = handler.getMethodAnnotation(Callers.class);
        Callers callers =
                own != null
                        ? own
                        : Objects.requireNonNull(
                                handler.getBeanType().getAnnotation(Callers.class));
        return new Route(
                method,
                pattern.replace("{root}", "alliance")
                        .replace("{collection}", "all")
                        .replace("{id}", DeskNode.INDICATOR)
                        .replace("{object}", DeskNode.INDICATOR)
                        .replace("{name}", "desk.css")
                        .replace("/desk/live", "/desk/live?seconds=0")
                        .replace("**", "nothing")
                        .replaceAll("\\{[a-z]+}", "none"),
                callers,
                handler.getBeanType().getPackageName().equals(Frame.class.getPackageName())
                        || handler.getBeanType().isAnnotationPresent(DeskPages.class));
    }

    private HttpResponse<String> ask(Route route, HttpClient browser, @Nullable String basic) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(desk.base() + route.address()))
                        .method(route.method(), HttpRequest.BodyPublishers.noBody());
        if (basic != null) {
            request.header("Authorization", basic);
        }
        return DeskNode.send(browser, request);
    }

    /// The same with a token as the desk's own forms carry it, and nothing else: enough to see who is let through.
    private HttpResponse<String> askAsForm(Route route, HttpClient browser, String form) {
        return route.method().equals("POST")
                ? desk.post(browser, route.address(), form)
                : ask(route, browser, null);
    }

    private static boolean isShutOut(HttpResponse<String> answer) {
        return answer.statusCode() == 401
                || answer.statusCode() == 403
                || answer.headers().firstValue("Location").orElse("").endsWith("/sign-in");
    }

    @Test
    void lets_through_exactly_whom_each_page_declares() {
        Map<String, Boolean> wrong = new TreeMap<>();
        List<Role> callers = new ArrayList<>(Arrays.asList(Role.values()));
        for (int i = -1; i < callers.size(); i++) {
            Role role = i < 0 ? null : callers.get(i);
            HttpClient browser =
                    role == null ? DeskNode.browser() : desk.signedInOnce(DeskNode.account(role));
            String form = DeskNode.csrf(desk.get(browser, "/sign-in").body());
            for (Route route : routes()) {
                if (route.ofDesk() && !route.address().equals("/sign-out")) {
                    HttpResponse<String> answer = askAsForm(route, browser, form);
                    boolean through = !isShutOut(answer);
                    if (through != route.allows(role) || answer.statusCode() >= 500) {
                        wrong.put(role + " " + route.method() + " " + route.address(), through);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void changes_nothing_without_the_token_of_a_form() {
        HttpClient anna = desk.signedInOnce("anna");
        List<String> taken = new ArrayList<>();
        for (Route route : routes()) {
            if (route.ofDesk()
                    && route.method().equals("POST")
                    && ask(route, anna, null).statusCode() != 403) {
                taken.add(route.address());
            }
        }
        assertThat(taken).isEmpty();
    }

    @Test
    void opens_the_programs_routes_to_no_session_and_to_nobody_unnamed() {
        HttpClient anna = desk.signedInOnce("anna");
        String basic =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        ("anna:" + DeskNode.PASSWORD)
                                                .getBytes(StandardCharsets.UTF_8));
        List<String> wrong = new ArrayList<>();
        for (Route route : routes()) {
            if (!route.ofDesk() && !route.callers().anyone() && route.method().equals("GET")) {
                if (ask(route, anna, null).statusCode() != 401) {
                    wrong.add("a session opens " + route.address());
                }
                if (ask(route, DeskNode.browser(), basic).statusCode() == 401) {
                    wrong.add("an account does not open " + route.address());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void answers_every_page_with_headers_that_keep_others_out() {
        HttpClient anna = desk.signedInOnce("anna");
        List<String> wrong = new ArrayList<>();
        for (Route route : routes()) {
            if (!route.ofDesk() || !route.method().equals("GET")) {
                continue;
            }
            var headers = ask(route, anna, null).headers();
            String policy = headers.firstValue("Content-Security-Policy").orElse("");
            if (!policy.contains("default-src 'none'")
                    || !policy.contains("frame-ancestors 'none'")
                    || policy.contains("unsafe")
                    || policy.contains("*")) {
                wrong.add(route.address() + " content policy " + policy);
            }
            if (!headers.firstValue("X-Content-Type-Options").orElse("").equals("nosniff")
                    || !headers.firstValue("Referrer-Policy").orElse("").equals("no-referrer")) {
                wrong.add(route.address() + " " + headers.map());
            }
            boolean asset = route.address().startsWith("/assets/");
            if (headers.firstValue("Cache-Control").orElse("").contains("no-store") == asset) {
                wrong.add(route.address() + " cache " + headers.firstValue("Cache-Control"));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void begins_a_session_of_its_own_at_the_sign_in() {
        HttpClient browser = DeskNode.browser();
        String form = DeskNode.csrf(desk.get(browser, "/sign-in").body());
        HttpResponse<String> answer =
                DeskNode.send(
                        browser,
                        HttpRequest.newBuilder(URI.create(desk.base() + "/sign-in"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("Cookie", "kerege=0123456789ABCDEF0123456789ABCDEF")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                form
                                                        + "&account=reader&password="
                                                        + DeskNode.encoded(DeskNode.PASSWORD))));

        assertThat(answer.headers().allValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("kerege="))
                .singleElement()
                .asString()
                .doesNotContain("0123456789ABCDEF");
    }

    @Test
    void leads_to_no_other_host() {
        HttpClient browser = DeskNode.browser();
        String form = DeskNode.csrf(desk.get(browser, "/sign-in").body());
        for (String elsewhere :
                List.of(
                        "//evil.example",
                        "https://evil.example",
                        "/\\evil.example",
                        "/\t/evil.example",
                        "javascript:alert(1)",
                        "/%0d%0aLocation:%20//evil.example\r\nSet-Cookie: a=b")) {
            HttpResponse<String> answer =
                    desk.post(
                            browser,
                            "/desk/language",
                            form + "&to=en&back=" + DeskNode.encoded(elsewhere));
            assertThat(answer.headers().firstValue("Location"))
                    .as(elsewhere)
                    .hasValueSatisfying(
                            to -> assertThat(Set.of("/", desk.base() + "/")).contains(to));
        }
        assertThat(
                        desk.post(
                                        browser,
                                        "/desk/language",
                                        form
                                                + "&to=en&back="
                                                + DeskNode.encoded("/desk/exchange?q=a+b"))
                                .headers()
                                .firstValue("Location")
                                .orElse(""))
                .endsWith("/desk/exchange?q=a+b");
    }

    @Test
    void gives_nobody_rights_that_a_form_was_not_asked_for() {
        Identity identity = desk.node.part(Identity.class);
        List<Identity.Account> before = identity.accounts();
        HttpClient reader = desk.signedInOnce(DeskNode.account(Role.READER));
        String form = DeskNode.csrf(desk.get(reader, "/desk/me").body());
        String more =
                "&role=ADMINISTRATOR&roles=ADMINISTRATOR&organisation=home&account=reader&name=reader"
                        + "&collections=&readOnly=false&complete=true&proved=2099-01-01T00:00:00Z";
        List<String> broken = new ArrayList<>();
        for (Route route : routes()) {
            if (route.ofDesk()
                    && route.method().equals("POST")
                    && !route.address().equals("/sign-out")
                    && desk.post(reader, route.address(), form + more).statusCode() >= 500) {
                broken.add(route.address());
            }
        }
        assertThat(broken).isEmpty();
        assertThat(identity.accounts()).isEqualTo(before);
    }

    @Test
    void reads_no_form_beyond_its_bound() {
        HttpClient browser = DeskNode.browser();
        String form = DeskNode.csrf(desk.get(browser, "/sign-in").body());
        HttpResponse<String> answer =
                desk.post(
                        browser,
                        "/sign-in",
                        form + "&account=anna&password=" + "x".repeat(9 << 20));

        assertThat(answer.statusCode()).isIn(400, 403, 413);
        assertThat(desk.get(browser, "/sign-in").statusCode()).isEqualTo(200);
    }
}
