package org.kerege.node.identity;

import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.kerege.node.settings.Settings;
import org.kerege.node.settings.SignInRules;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// What identity consists of, and the chain of filters that every request outside the desk passes: deny first.
@Configuration(proxyBeanMethods = false)
public class IdentityConfiguration {

    private static final int CODES_KEY_BYTES = 32;

    @Bean
    Identity identity(JdbcClient database, Settings settings, Clock clock) {
        return new Identity(database, clock, secondFactor(settings.signIn()));
    }

    private static Set<Role> secondFactor(SignInRules rules) {
        try {
            return rules.secondFactor().stream().map(Role::valueOf).collect(Collectors.toSet());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "kerege.yaml: 'sign-in.second-factor' lists roles: "
                            + Arrays.toString(Role.values()),
                    e);
        }
    }

    @Bean
    Sessions sessions(JdbcClient database, Settings settings, Clock clock) {
        return new Sessions(database, settings.signIn(), clock);
    }

    @Bean
    Passkeys passkeys(JdbcOperations database, Clock clock) {
        return new Passkeys(database, clock);
    }

    @Bean
    Codes codes(
            JdbcClient database,
            PlatformTransactionManager transactions,
            Settings settings,
            Clock clock)
            throws IOException {
        return new Codes(
                database,
                new TransactionTemplate(transactions),
                clock,
                SecretFile.readOrMake(settings.data().resolve("keys/codes"), CODES_KEY_BYTES));
    }

    @Bean
    AccountLog accountLog(JdbcClient database, Clock clock) {
        return new AccountLog(database, clock);
    }

    @Bean
    Entrance entrance(
            JdbcClient database,
            Identity identity,
            Passkeys passkeys,
            Codes codes,
            Certificates certificates,
            Sessions sessions,
            FailureLimit failures,
            AccountLog log,
            Clock clock) {
        return new Entrance(
                identity,
                passkeys,
                codes,
                certificates,
                sessions,
                new KnownDevices(database, clock),
                failures,
                log);
    }

    @Bean
    Certificates certificates(JdbcClient database, Clock clock) {
        return new Certificates(database, clock);
    }

    @Bean
    Providers providers(
            Settings settings,
            JdbcClient database,
            Identity identity,
            Entrance entrance,
            AccountLog log,
            Clock clock) {
        return new Providers(
                settings.signIn().providers(), database, identity, entrance, log, clock);
    }

    @Bean
    NodeKey nodeKey(Settings settings) throws IOException {
        return NodeKey.of(settings.data());
    }

    @Bean
    FailureLimit failureLimit(Clock clock) {
        return new FailureLimit(clock);
    }

    @Bean
    FrameworkRefusals frameworkRefusals() {
        return new FrameworkRefusals();
    }

    /// Every route of every capability is held to what it declares.
    @Bean
    WebMvcConfigurer declaredCallers(Identity identity, Sessions sessions) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new DeclaredCallers(identity, sessions));
            }
        };
    }

    @Bean
    SecurityFilterChain api(
            HttpSecurity http,
            Identity identity,
            Certificates certificates,
            FailureLimit failures,
            ObjectProvider<CallerScheme> schemes) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterAfter(
                        new CallerFilter(
                                identity, certificates, failures, schemes.stream().toList()),
                        SecurityContextHolderFilter.class)
                .authorizeHttpRequests(requests ->
                        requests.requestMatchers(
                                        "/health",
                                        "/error",
                                        "/log/witness/add-checkpoint",
                                        "/calendar.ics")
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .exceptionHandling(e ->
                        e.authenticationEntryPoint(
                                        (_, response, _) -> Refusals.unauthorised(response))
                                .accessDeniedHandler((_, response, _) ->
                                        Refusals.write(
                                                response, 403, "Your account may not do this")))
                .build();
    }
}
