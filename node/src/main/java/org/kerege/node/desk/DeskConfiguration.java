package org.kerege.node.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.DeliveredObjects;
import org.kerege.node.exchange.Deliveries;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.ReleaseRequests;
import org.kerege.node.exchange.Releases;
import org.kerege.node.exchange.search.VisibleObjects;
import org.kerege.node.gate.Explanation;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.AccountLog;
import org.kerege.node.identity.Certificates;
import org.kerege.node.identity.Codes;
import org.kerege.node.identity.Entrance;
import org.kerege.node.identity.FailureLimit;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.MoreProof;
import org.kerege.node.identity.Passkeys;
import org.kerege.node.identity.Providers;
import org.kerege.node.identity.Sessions;
import org.kerege.node.settings.Settings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/// What the desk consists of, and the filters that its pages pass: deny first.
@Configuration(proxyBeanMethods = false)
public class DeskConfiguration {

    private static final String CONTENT_POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'";
    private static final String[] ADDRESSES = {
        "/", "/welcome", "/sign-in", "/sign-in/**", "/sign-out", "/desk/**", "/assets/**"
    };
    private static final String[] OPEN = {
        "/welcome",
        "/sign-in",
        "/sign-in/passkey",
        "/sign-in/second",
        "/sign-in/certificate",
        "/sign-in/provider/**",
        "/sign-out",
        "/desk/language",
        "/assets/**"
    };

    @Bean
    Assets assets() {
        return new Assets();
    }

    @Bean
    Rendering rendering(Settings settings, Assets assets, ObjectProvider<DeskPlaces> places) {
        return new Rendering(settings.organisation(), assets, places::orderedStream);
    }

    /// A form is answered only with the token that its page carried and the browser keeps: nobody who is not signed in
    /// costs the node a session.
    @Bean
    CsrfTokenRepository formTokens() {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName("kerege-form");
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Strict"));
        return tokens;
    }

    @Bean
    Browsers browsers(Settings settings, CsrfTokenRepository formTokens) {
        return new Browsers(settings.signIn(), formTokens);
    }

    @Bean
    SignIn signIn(
            Entrance entrance,
            Passkeys passkeys,
            Providers providers,
            Browsers browsers,
            Rendering rendering) {
        return new SignIn(entrance, passkeys, providers, browsers, rendering);
    }

    @Bean
    ProofAgain proofAgain(
            Entrance entrance,
            Passkeys passkeys,
            Codes codes,
            Browsers browsers,
            Rendering rendering) {
        return new ProofAgain(entrance, passkeys, codes, browsers, rendering);
    }

    @Bean
    OwnAccount ownAccount(
            Identity identity,
            Passkeys passkeys,
            Codes codes,
            Sessions sessions,
            Catalogue catalogue,
            AccountLog log,
            Browsers browsers,
            Rendering rendering,
            Clock clock) {
        return new OwnAccount(
                identity, passkeys, codes, sessions, catalogue, log, browsers, rendering, clock);
    }

    @Bean
    Welcome welcome(Identity identity, FailureLimit failures, AccountLog log, Rendering rendering) {
        return new Welcome(identity, failures, log, rendering);
    }

    @Bean
    DeskProblems deskProblems(Rendering rendering) {
        return new DeskProblems(rendering);
    }

    @Bean
    Components components(Rendering rendering) {
        return new Components(rendering);
    }

    @Bean
    Visits visits(JdbcClient database) {
        return new Visits(database);
    }

    @Bean
    Giving giving(Gate gate, Deliveries deliveries) {
        return new Giving(gate, deliveries);
    }

    @Bean
    Names names(VisibleObjects objects, Giving giving) {
        return new Names(objects, giving);
    }

    @Bean
    Home home(
            Settings settings,
            VisibleObjects objects,
            Names names,
            Giving giving,
            Visits visits,
            ObjectProvider<HomePanel> panels,
            Rendering rendering,
            Clock clock) {
        return new Home(
                settings,
                objects,
                names,
                giving,
                visits,
                panels.orderedStream().toList(),
                rendering,
                clock);
    }

    @Bean
    ExchangePages exchangePages(
            VisibleObjects objects, Names names, Giving giving, Rendering rendering) {
        return new ExchangePages(objects, names, giving, rendering);
    }

    @Bean
    GraphPages graphPages(VisibleObjects objects, Giving giving, Rendering rendering) {
        return new GraphPages(objects, giving, rendering);
    }

    @Bean
    MatrixPages matrixPages(VisibleObjects objects, Giving giving, Rendering rendering) {
        return new MatrixPages(objects, giving, rendering);
    }

    @Bean
    PublishPages publishPages(
            JdbcClient database,
            Catalogue catalogue,
            Gate gate,
            Intake intake,
            VisibleObjects objects,
            Rendering rendering,
            Clock clock) {
        return new PublishPages(
                catalogue,
                gate,
                new Explanation(gate, database),
                intake,
                objects,
                rendering,
                clock);
    }

    @Bean
    ReleasePages releasePages(
            JdbcClient database,
            Releases releases,
            ReleaseRequests requests,
            VisibleObjects objects,
            Gate gate,
            Giving giving,
            Rendering rendering,
            Clock clock) {
        return new ReleasePages(
                new Explanation(gate, database),
                new DeliveredObjects(database),
                releases,
                requests,
                objects,
                gate,
                giving,
                rendering,
                clock);
    }

    @Bean
    Administration administration(
            Identity identity,
            Certificates certificates,
            Sessions sessions,
            Catalogue catalogue,
            AccountLog log,
            Rendering rendering,
            Clock clock) {
        return new Administration(
                identity, certificates, sessions, catalogue, log, rendering, clock);
    }

    @Bean
    AuditPages auditPages(AccountLog log, JdbcClient database, Gate gate, Rendering rendering) {
        return new AuditPages(log, new LedgerRecord(database), gate, rendering);
    }

    @Bean
    LiveChanges liveChanges(VisibleObjects objects, Sessions sessions, Clock clock) {
        return new LiveChanges(objects, sessions, clock);
    }

    @Bean
    @Order(1)
    SecurityFilterChain desk(
            HttpSecurity http,
            Sessions sessions,
            CsrfTokenRepository formTokens,
            ProofAgain proofAgain,
            Rendering rendering) {
        return http.securityMatcher(ADDRESSES)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                // It would take each request for a new sign-in and change the forms' tokens under
                // open pages.
                .sessionManagement(AbstractHttpConfigurer::disable)
                .csrf(csrf -> csrf.csrfTokenRepository(formTokens))
                .headers(headers ->
                        headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_POLICY))
                                .referrerPolicy(r -> r.policy(ReferrerPolicy.NO_REFERRER)))
                .addFilterAfter(new SessionFilter(sessions), SecurityContextHolderFilter.class)
                .authorizeHttpRequests(requests ->
                        requests.requestMatchers(OPEN).permitAll().anyRequest().authenticated())
                .exceptionHandling(e ->
                        e.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/sign-in"))
                                .accessDeniedHandler((request, response, why) ->
                                        denied(request, response, why, proofAgain, rendering)))
                .build();
    }

    private static void denied(
            HttpServletRequest request,
            HttpServletResponse response,
            AccessDeniedException why,
            ProofAgain proofAgain,
            Rendering rendering)
            throws IOException {
        switch (why instanceof MoreProof more ? more.of() : null) {
            case RECENT -> proofAgain.ask(request, response);
            case FACTOR -> response.sendRedirect("/desk/me");
            case null ->
                    rendering.page(request, response, 403, "problem", Map.of("key", "forbidden"));
        }
    }
}
