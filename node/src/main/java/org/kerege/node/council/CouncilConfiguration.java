package org.kerege.node.council;

import javax.sql.DataSource;
import org.kerege.node.charter.Charter;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Intake;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.settings.Settings;
import org.kerege.node.witness.LedgerLog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What brings acts into the node and gives them their time.
@Configuration(proxyBeanMethods = false)
public class CouncilConfiguration {

    @Bean
    ActEntries actEntries(Ledger ledger, DataSource database) {
        return new ActEntries(ledger, database);
    }

    @Bean
    Council council(
            Settings settings,
            Charter charter,
            LedgerLog log,
            ActEntries entries,
            Intake intake,
            Catalogue catalogue) {
        return new Council(
                settings.organisation(),
                settings.data().resolve("charter"),
                charter,
                log,
                entries,
                intake,
                catalogue);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Rounds rounds(Council council) {
        return new Rounds(council);
    }
}
