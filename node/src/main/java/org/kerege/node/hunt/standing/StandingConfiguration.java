package org.kerege.node.hunt.standing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.kerege.gate.Channel;
import org.kerege.node.desk.Rendering;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Changes;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.ReadObjects;
import org.kerege.node.gate.Gate;
import org.kerege.node.hunt.CurrentIndicators;
import org.kerege.node.hunt.retro.RetroHunts;
import org.kerege.node.hunt.retro.Window;
import org.kerege.node.settings.Settings;
import org.kerege.readers.Mapping;
import org.kerege.readers.Mappings;
import org.kerege.readers.retained.RetainedEvents;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What hunting all the time consists of.
@Configuration(proxyBeanMethods = false)
public class StandingConfiguration {

    @Bean
    Matches matches(JdbcClient database, Clock clock) {
        return new Matches(database, clock);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    StandingHunt standingHunt(
            Settings settings,
            JdbcClient database,
            Catalogue catalogue,
            ReadObjects read,
            Changes changes,
            Gate gate,
            RetainedEvents retained,
            Window window,
            RetroHunts hunts,
            Matches matches,
            Clock clock)
            throws IOException {
        return new StandingHunt(
                settings.upkeep().hunting(),
                mappings(settings.upkeep().hunting().mappings()),
                new LiveIndicators(
                        catalogue,
                        read,
                        changes,
                        () -> gate.view(gate.own(), Channel.COMMAND_LINE),
                        clock),
                new HuntedBack(database, hunts, matches),
                retained,
                window,
                matches,
                new Positions(database));
    }

    private static Mappings mappings(List<Path> files) throws IOException {
        List<Mapping> own = new ArrayList<>();
        for (Path file : files) {
            own.add(Mapping.parse(file.toString(), Files.readString(file)));
        }
        return Mappings.with(own);
    }

    @Bean
    EventRoutes eventRoutes(StandingHunt standing, Gate gate) {
        return new EventRoutes(standing, gate);
    }

    @Bean
    HuntPages huntPages(
            Matches matches,
            StandingHunt standing,
            CurrentIndicators current,
            Catalogue catalogue,
            Intake intake,
            Gate gate,
            Settings settings,
            Rendering rendering,
            Clock clock) {
        return new HuntPages(
                matches, standing, current, catalogue, intake, gate, settings, rendering, clock);
    }

    @Bean
    HuntPlace huntPlace(Gate gate) {
        return new HuntPlace(gate);
    }
}
