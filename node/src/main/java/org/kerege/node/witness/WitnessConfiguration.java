package org.kerege.node.witness;

import java.io.IOException;
import java.time.Clock;
import javax.sql.DataSource;
import org.kerege.node.charter.Charter;
import org.kerege.node.gate.Gate;
import org.kerege.node.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What makes the ledger a witnessed log, and this node a witness.
@Configuration(proxyBeanMethods = false)
public class WitnessConfiguration {

    @Bean
    LogKeys logKeys(Settings settings) throws IOException {
        return LogKeys.of(settings.organisation(), settings.data());
    }

    @Bean
    Watch watch(LogKeys keys, Charter charter, JdbcClient database, Clock clock) {
        return new Watch(keys, charter, database, clock);
    }

    @Bean(destroyMethod = "close")
    LedgerLog ledgerLog(LogKeys keys, Watch watch, DataSource pool, JdbcClient database) {
        return new LedgerLog(keys, new LedgerTree(pool), watch, database);
    }

    @Bean
    WitnessRoutes witnessRoutes(
            LedgerLog log, Watch watch, Charter charter, Gate gate, Clock clock) {
        return new WitnessRoutes(log, watch, charter, gate, clock);
    }
}
