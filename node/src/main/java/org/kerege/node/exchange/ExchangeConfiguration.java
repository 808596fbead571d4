package org.kerege.node.exchange;

import java.time.Clock;
import javax.sql.DataSource;
import org.kerege.node.exchange.search.ObjectWords;
import org.kerege.node.exchange.search.VisibleObjects;
import org.kerege.node.gate.Gate;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.ledger.Postgres;
import org.kerege.node.settings.Settings;
import org.kerege.pattern.IndicatorPatterns;
import org.kerege.stix.validation.Policy;
import org.kerege.stix.validation.Validator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the exchange consists of.
@Configuration(proxyBeanMethods = false)
public class ExchangeConfiguration {

    @Bean(destroyMethod = "close")
    Ledger ledger(Postgres postgres, Clock clock) {
        return Ledger.open(postgres, clock);
    }

    @Bean
    Catalogue catalogue(JdbcClient database) {
        return new Catalogue(database);
    }

    @Bean
    Changes changes() {
        return new Changes();
    }

    @Bean
    Objects objects(Ledger ledger, Changes changes) {
        return new Objects(ledger, changes);
    }

    @Bean
    Intake intake(
            Settings settings,
            Gate gate,
            Objects objects,
            WaitingForOthers waiting,
            JdbcClient database) {
        return new Intake(
                new Validator(Policy.STANDARD, new IndicatorPatterns()),
                gate,
                objects,
                waiting,
                new FreeDisk(
                        settings.data(),
                        settings.minimumFreeBytes(),
                        settings.upkeep().quotaBytes(),
                        () ->
                                database.sql("select pg_database_size(current_database())")
                                        .query(Long.class)
                                        .single(),
                        System::nanoTime));
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    Retention retention(
            JdbcClient database,
            Ledger ledger,
            Catalogue catalogue,
            Changes changes,
            Settings settings,
            Clock clock) {
        return new Retention(database, ledger, catalogue, changes, settings.upkeep(), clock);
    }

    @Bean(destroyMethod = "close")
    WaitingForOthers waitingForOthers(
            DataSource database, Ledger ledger, Gate gate, Changes changes, Catalogue catalogue) {
        return new WaitingForOthers(database, ledger, gate, changes, catalogue).start();
    }

    @Bean
    ReadObjects readObjects(DataSource database, OwnAdditions own) {
        return new ReadObjects(database, own);
    }

    @Bean
    OwnAdditions ownAdditions(DataSource database, Ledger ledger, Gate gate, Changes changes) {
        return new OwnAdditions(database, ledger, gate, changes);
    }

    @Bean(destroyMethod = "close")
    ObjectWords objectWords(DataSource database) {
        return new ObjectWords(database).start();
    }

    @Bean
    VisibleObjects visibleObjects(
            JdbcClient database, Catalogue catalogue, Gate gate, ObjectWords words) {
        return new VisibleObjects(database, catalogue, gate, words);
    }

    @Bean
    Statuses statuses(JdbcClient database) {
        return new Statuses(database);
    }

    @Bean
    Deliveries deliveries(Ledger ledger, Gate gate) {
        return new Deliveries(ledger, gate);
    }

    @Bean
    PersonReviews personReviews(
            JdbcClient database, Ledger ledger, Gate gate, WaitingForOthers waiting, Clock clock) {
        return new PersonReviews(database, ledger, gate, waiting, clock);
    }

    @Bean
    Releases releases(JdbcClient database, Ledger ledger, Gate gate, WaitingForOthers waiting) {
        return new Releases(database, ledger, gate, waiting);
    }

    @Bean
    ReleaseRequests releaseRequests(
            JdbcClient database,
            Ledger ledger,
            Gate gate,
            VisibleObjects visible,
            Catalogue catalogue,
            Intake intake,
            Clock clock) {
        return new ReleaseRequests(database, ledger, gate, visible, catalogue, intake, clock);
    }

    @Bean
    ReleaseRoutes releaseRoutes(Releases releases, ReleaseRequests requests, Gate gate) {
        return new ReleaseRoutes(releases, requests, gate);
    }

    @Bean
    ReviewFigures reviewFigures(JdbcClient database, Gate gate, Clock clock) {
        return new ReviewFigures(database, gate, clock);
    }

    @Bean
    ReviewRoutes reviewRoutes(PersonReviews reviews, ReviewFigures figures, Gate gate) {
        return new ReviewRoutes(reviews, figures, gate);
    }
}
