package org.kerege.node.desk;

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
import org.kerege.node.identity.FailureLimit;
import org.kerege.node.identity.Identity;
import org.kerege.node.settings.Settings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
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
        "/", "/welcome", "/sign-in", "/sign-out", "/desk/**", "/assets/**"
    };
    private static final String[] OPEN = {"/welcome", "/sign-in", "/desk/language", "/assets/**"};

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
    SignIn signIn(
            Identity identity,
            FailureLimit failures,
            Visits visits,
            CsrfTokenRepository formTokens,
            Rendering rendering,
            Clock clock) {
        return new SignIn(identity, failures, visits, formTokens, rendering, clock);
    }

    @Bean
    Welcome welcome(Identity identity, FailureLimit failures, Rendering rendering) {
        return new Welcome(identity, failures, rendering);
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
            Rendering rendering,
            Clock clock) {
        return new ReleasePages(
                new Explanation(gate, database),
                new DeliveredObjects(database),
                releases,
                requests,
                objects,
                gate,
                rendering,
                clock);
    }

    @Bean
    Administration administration(
            JdbcClient database, Identity identity, Rendering rendering, Clock clock) {
        return new Administration(database, identity, rendering, clock);
    }

    @Bean
    @Order(1)
    SecurityFilterChain desk(
            HttpSecurity http,
            Identity identity,
            CsrfTokenRepository formTokens,
            Rendering rendering,
            Clock clock) {
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
                .addFilterAfter(
                        new SessionFilter(identity, clock), SecurityContextHolderFilter.class)
                .authorizeHttpRequests(requests ->
                        requests.requestMatchers(OPEN).permitAll().anyRequest().authenticated())
                .exceptionHandling(e ->
                        e.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/sign-in"))
                                .accessDeniedHandler((request, response, _) ->
                                        rendering.page(
                                                request,
                                                response,
                                                403,
                                                "problem",
                                                Map.of("key", "forbidden"))))
                .build();
    }
}
