package org.kerege.node.enforcement;

import java.time.Clock;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Deliveries;
import org.kerege.node.exchange.PersonReviews;
import org.kerege.node.exchange.ReadObjects;
import org.kerege.node.gate.Gate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the exports for enforcement consist of.
@Configuration(proxyBeanMethods = false)
public class EnforcementConfiguration {

    @Bean
    ExportRoutes exportRoutes(
            Catalogue catalogue,
            ReadObjects read,
            PersonReviews reviews,
            Deliveries deliveries,
            Gate gate,
            Clock clock) {
        return new ExportRoutes(
                new HeldIndicators(catalogue, read, reviews, deliveries, gate, clock));
    }
}
