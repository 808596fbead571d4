package org.kerege.node.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import javax.sql.DataSource;
import org.kerege.node.council.CouncilConfiguration;
import org.kerege.node.desk.DeskConfiguration;
import org.kerege.node.enforcement.EnforcementConfiguration;
import org.kerege.node.exchange.ExchangeConfiguration;
import org.kerege.node.exchange.taxii.TaxiiConfiguration;
import org.kerege.node.feeds.FeedsConfiguration;
import org.kerege.node.gate.GateConfiguration;
import org.kerege.node.hunt.retro.RetroConfiguration;
import org.kerege.node.hunt.standing.StandingConfiguration;
import org.kerege.node.identity.IdentityConfiguration;
import org.kerege.node.identity.SecretFile;
import org.kerege.node.ledger.Postgres;
import org.kerege.node.peers.PeersConfiguration;
import org.kerege.node.settings.Settings;
import org.kerege.node.witness.WitnessConfiguration;
import org.kerege.taxii.Cursor;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The server's parts: each capability's configuration, and what they share.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
@Import({
    IdentityConfiguration.class,
    GateConfiguration.class,
    ExchangeConfiguration.class,
    FeedsConfiguration.class,
    EnforcementConfiguration.class,
    TaxiiConfiguration.class,
    WitnessConfiguration.class,
    CouncilConfiguration.class,
    RetroConfiguration.class,
    StandingConfiguration.class,
    PeersConfiguration.class,
    DeskConfiguration.class
})
public class NodeConfiguration {

    private static final int CONNECTIONS = 12;
    private static final int CURSOR_KEY_BYTES = 32;

    @Bean
    DataSource dataSource(Postgres postgres) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(postgres.url());
        config.setUsername(postgres.user());
        config.setPassword(postgres.password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(10_000);
        config.addDataSourceProperty("binaryTransfer", "true");
        config.addDataSourceProperty("prepareThreshold", "3");
        return new HikariDataSource(config);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> slowClientsCut() {
        return tomcat -> tomcat.setProtocol(PatientHttp11.class.getName());
    }

    @Bean
    JdbcClient jdbcClient(DataSource database) {
        return JdbcClient.create(database);
    }

    @Bean
    Cursor.Sealer cursorSealer(Settings settings) throws IOException {
        return new Cursor.Sealer(
                SecretFile.readOrMake(settings.data().resolve("keys/cursor"), CURSOR_KEY_BYTES));
    }
}
