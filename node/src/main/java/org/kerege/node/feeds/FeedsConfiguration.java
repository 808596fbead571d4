package org.kerege.node.feeds;

import java.time.Clock;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Deliveries;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.OwnAdditions;
import org.kerege.node.exchange.ReadObjects;
import org.kerege.node.gate.Gate;
import org.kerege.node.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the feeds consist of.
@Configuration(proxyBeanMethods = false)
public class FeedsConfiguration {

    @Bean
    FeedStates feedStates(JdbcClient database) {
        return new FeedStates(database);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Feeds feeds(
            Settings settings,
            Catalogue catalogue,
            Intake intake,
            ReadObjects read,
            OwnAdditions own,
            Deliveries deliveries,
            Gate gate,
            FeedStates states,
            Clock clock) {
        FeedRun run = new FeedRun(catalogue, intake, read, own, deliveries, gate, states);
        return new Feeds(settings.upkeep().feeds(), run, states, clock);
    }
}
