package org.kerege.node.conformance;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;

/// What a throw-away server has beside a node's parts.
@Configuration(proxyBeanMethods = false)
class ResetConfiguration {

    @Bean
    ResetRoute resetRoute() {
        return new ResetRoute();
    }

    @Bean
    @Order(1)
    SecurityFilterChain reset(HttpSecurity http) {
        return http.securityMatcher("/conformance/reset")
                .csrf(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }
}
