package org.kerege.node.gate;

import java.time.Clock;
import javax.sql.DataSource;
import org.kerege.node.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the gate consists of.
@Configuration(proxyBeanMethods = false)
public class GateConfiguration {

    @Bean
    SettledAlliance alliance(Settings settings, Clock clock) {
        return new SettledAlliance(
                settings.organisation(),
                settings.standings(),
                settings.data().resolve("members.yaml"),
                clock);
    }

    @Bean
    Gate gate(SettledAlliance alliance, Settings settings, DataSource database, Clock clock) {
        return new Gate(alliance, settings.organisation(), database, clock);
    }
}
