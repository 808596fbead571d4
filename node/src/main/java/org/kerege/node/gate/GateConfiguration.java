package org.kerege.node.gate;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import javax.sql.DataSource;
import org.kerege.node.agreement.Agreements;
import org.kerege.node.charter.Charter;
import org.kerege.node.ledger.Postgres;
import org.kerege.node.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the gate consists of.
@Configuration(proxyBeanMethods = false)
public class GateConfiguration {

    private static final int LOOK_UP_CONNECTIONS = 2;

    @Bean
    Charter charter(LookUps lookUps, Settings settings) {
        // The gate asks it while a connection of the common pool is held.
        return new Charter(lookUps.pool(), settings.data().resolve(Charter.FOUNDING));
    }

    @Bean
    Agreements agreements(LookUps lookUps) {
        return new Agreements(lookUps.pool());
    }

    @Bean
    SettledAlliance alliance(
            Settings settings, Charter charter, Agreements agreements, Clock clock) {
        return new SettledAlliance(
                settings.organisation(),
                settings.standings(),
                settings.data().resolve("members.yaml"),
                charter,
                agreements,
                clock);
    }

    @Bean
    Gate gate(
            SettledAlliance alliance,
            Settings settings,
            DataSource database,
            LookUps lookUps,
            Clock clock) {
        return new Gate(alliance, settings.organisation(), database, lookUps.pool(), clock);
    }

    @Bean(destroyMethod = "close")
    LookUps lookUps(Postgres postgres) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(postgres.url());
        config.setUsername(postgres.user());
        config.setPassword(postgres.password());
        config.setMaximumPoolSize(LOOK_UP_CONNECTIONS);
        config.setMinimumIdle(1);
        // A new number is durable no later than the first object that carries it, as both are in
        // one log.
        config.setConnectionInitSql("set synchronous_commit = off");
        return new LookUps(new HikariDataSource(config));
    }

    /// Connections for look-ups that hold nothing else, so that they always come to an end.
    record LookUps(HikariDataSource pool) implements AutoCloseable {

        @Override
        public void close() {
            pool.close();
        }
    }
}
