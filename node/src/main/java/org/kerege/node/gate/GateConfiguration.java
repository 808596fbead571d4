package org.kerege.node.gate;

import org.kerege.node.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the gate consists of.
@Configuration(proxyBeanMethods = false)
public class GateConfiguration {

    @Bean
    Gate gate(Settings settings, JdbcClient database) {
        return new Gate(settings.organisation(), database);
    }

    @Bean
    Recipients recipients(Settings settings) {
        return new Recipients(settings.organisation(), settings.standings());
    }
}
