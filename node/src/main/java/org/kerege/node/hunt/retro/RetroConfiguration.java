package org.kerege.node.hunt.retro;

import java.io.IOException;
import java.time.Clock;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.PersonReviews;
import org.kerege.node.exchange.ReadObjects;
import org.kerege.node.gate.Gate;
import org.kerege.node.hunt.CurrentIndicators;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.settings.Settings;
import org.kerege.readers.retained.RetainedEvents;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What hunting back consists of.
@Configuration(proxyBeanMethods = false)
public class RetroConfiguration {

    @Bean(destroyMethod = "close")
    RetainedEvents retainedEvents(Settings settings, Clock clock) throws IOException {
        return RetainedEvents.open(settings.data().resolve("events"), clock);
    }

    @Bean
    Window huntWindow(Settings settings, JdbcClient database, Ledger ledger) {
        return new Window(database, ledger, settings.upkeep().hunting().keep());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    EventErasure eventErasure(RetainedEvents retained, Window window, Clock clock) {
        return new EventErasure(retained, window, clock);
    }

    @Bean
    CurrentIndicators currentIndicators(Catalogue catalogue, ReadObjects read) {
        return new CurrentIndicators(catalogue, read);
    }

    @Bean
    RetroHunts retroHunts(
            JdbcClient database, Ledger ledger, RetainedEvents retained, Clock clock) {
        return new RetroHunts(database, ledger, retained, clock);
    }

    @Bean
    RetroRoutes retroRoutes(
            RetroHunts hunts,
            Window window,
            RetainedEvents retained,
            CurrentIndicators current,
            PersonReviews reviews,
            Gate gate) {
        return new RetroRoutes(hunts, window, retained, current, reviews, gate);
    }
}
