package org.kerege.node.exchange.taxii;

import java.time.Clock;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Changes;
import org.kerege.node.exchange.Deliveries;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.Objects;
import org.kerege.node.exchange.OwnAdditions;
import org.kerege.node.exchange.ReadObjects;
import org.kerege.node.exchange.Statuses;
import org.kerege.node.gate.Gate;
import org.kerege.node.settings.Settings;
import org.kerege.taxii.Cursor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What serves TAXII.
@Configuration(proxyBeanMethods = false)
public class TaxiiConfiguration {

    @Bean
    TaxiiRoutes taxiiRoutes(
            Settings settings,
            Catalogue catalogue,
            Changes changes,
            OwnAdditions own,
            ReadObjects read,
            Intake intake,
            Objects objects,
            Statuses statuses,
            Deliveries deliveries,
            Gate gate,
            Cursor.Sealer sealer,
            Clock clock) {
        return new TaxiiRoutes(
                settings.title(),
                catalogue,
                new Pages(read, changes, own, gate, sealer),
                own,
                read,
                intake,
                objects,
                statuses,
                deliveries,
                gate,
                clock);
    }

    @Bean
    TaxiiProblems taxiiProblems() {
        return new TaxiiProblems();
    }
}
