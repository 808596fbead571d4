package org.kerege.node.council;

import java.time.Clock;
import javax.sql.DataSource;
import org.kerege.node.charter.Charter;
import org.kerege.node.desk.Giving;
import org.kerege.node.desk.Rendering;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.search.VisibleObjects;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Identity;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.settings.Settings;
import org.kerege.node.witness.LedgerLog;
import org.kerege.node.witness.Watch;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What brings acts into the node, gives them their time, and shows what they amount to.
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
                settings.data().resolve(Council.FOLDER),
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

    @Bean
    CharterReaders charterReaders(Gate gate, VisibleObjects objects, Giving giving, Clock clock) {
        return new CharterReaders(gate, objects, giving, clock);
    }

    @Bean
    CharterPanel charterPanel(Charter charter, CharterReaders readers, Clock clock) {
        return new CharterPanel(charter, readers, clock);
    }

    @Bean
    CalendarFeeds calendarFeeds(JdbcClient database, Identity identity, Clock clock) {
        return new CalendarFeeds(database, identity, clock);
    }

    @Bean
    CalendarAnswer calendarAnswer(Charter charter, CharterReaders readers, Clock clock) {
        return new CalendarAnswer(charter, readers, clock);
    }

    @Bean
    CalendarRoute calendarRoute(CalendarFeeds feeds, CalendarAnswer calendar) {
        return new CalendarRoute(feeds, calendar);
    }

    @Bean
    CharterPages charterPages(
            Charter charter,
            CharterReaders readers,
            LedgerLog log,
            Watch watch,
            CalendarFeeds feeds,
            CalendarAnswer calendar,
            Rendering rendering,
            Clock clock) {
        return new CharterPages(charter, readers, log, watch, feeds, calendar, rendering, clock);
    }
}
