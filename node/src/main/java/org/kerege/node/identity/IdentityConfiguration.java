package org.kerege.node.identity;

import java.io.IOException;
import java.time.Clock;
import org.kerege.node.settings.Settings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// What identity consists of, and the chain of filters that every request outside the desk passes: deny first.
@Configuration(proxyBeanMethods = false)
public class IdentityConfiguration {

    @Bean
    Identity identity(JdbcClient database, Clock clock) {
        return new Identity(database, clock);
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
    WebMvcConfigurer declaredCallers() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new DeclaredCallers());
            }
        };
    }

    @Bean
    SecurityFilterChain api(
            HttpSecurity http,
            Identity identity,
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
                        new CallerFilter(identity, failures, schemes.stream().toList()),
                        SecurityContextHolderFilter.class)
                .authorizeHttpRequests(requests ->
                        requests.requestMatchers("/health", "/error", "/log/witness/add-checkpoint")
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
