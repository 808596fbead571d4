package org.kerege.node.hunt.standing;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kerege.gate.Channel;
import org.kerege.node.desk.DeskPages;
import org.kerege.node.desk.Rendering;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.Source;
import org.kerege.node.gate.Gate;
import org.kerege.node.gate.Organisations;
import org.kerege.node.hunt.CurrentIndicators;
import org.kerege.node.hunt.Found;
import org.kerege.node.hunt.Indicator;
import org.kerege.node.hunt.Match;
import org.kerege.node.hunt.Sightings;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Role;
import org.kerege.node.settings.Settings;
import org.kerege.stix.BundleReader;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.kerege.stix.marking.Tlp;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// What was found in the member's own logs, for its analysts: they confirm, call it a false positive, or tell that it was
/// seen. What is told is the matched value, when and how often, and leaves by the gate like anything else.
@Controller
@DeskPages
@Callers(Role.ANALYST)
final class HuntPages {

    private static final int SHOWN = 50;
    private static final int TALLIES = 10;
    private static final String SIGHTINGS = "sightings";
    private static final Set<String> VERDICTS = Set.of("confirmed", "false-positive", "sighted");

    private final Matches matches;
    private final StandingHunt standing;
    private final CurrentIndicators current;
    private final Catalogue catalogue;
    private final Intake intake;
    private final Gate gate;
    private final Settings settings;
    private final Rendering rendering;
    private final Clock clock;

    HuntPages(
            Matches matches,
            StandingHunt standing,
            CurrentIndicators current,
            Catalogue catalogue,
            Intake intake,
            Gate gate,
            Settings settings,
            Rendering rendering,
            Clock clock) {
        this.matches = matches;
        this.standing = standing;
        this.current = current;
        this.catalogue = catalogue;
        this.intake = intake;
        this.gate = gate;
        this.settings = settings;
        this.rendering = rendering;
        this.clock = clock;
    }

    @GetMapping("/desk/hunt")
    void show(
            @RequestParam(defaultValue = "") String indicator,
            @RequestParam(defaultValue = "") String host,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Caller caller = Rendering.caller();
        if (!gate.isOwn(caller.organisation())) {
            rendering.page(request, response, 404, "missing", Map.of());
            return;
        }
        HuntSheet sheet =
                new HuntSheet(
                        standing.indicators(),
                        matches.openCount(),
                        matches.open(indicator, host, SHOWN).stream()
                                .map(HuntSheet.Lead::of)
                                .toList(),
                        matches.byIndicator(TALLIES),
                        matches.byHost(TALLIES),
                        standing.states().stream().map(HuntSheet.Row::of).toList(),
                        indicator,
                        host,
                        caller.is(Role.PUBLISHER));
        rendering.page(request, response, 200, "hunt", Map.of("sheet", sheet));
    }

    @PostMapping("/desk/hunt/{id}")
    void judge(
            @PathVariable long id,
            @RequestParam String verdict,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Caller caller = Rendering.caller();
        Optional<Matches.Kept> match = matches.find(id);
        boolean tells = !verdict.equals("confirmed") && caller.is(Role.PUBLISHER);
        if (!gate.isOwn(caller.organisation()) || match.isEmpty() || !VERDICTS.contains(verdict)) {
            rendering.page(request, response, 404, "missing", Map.of());
            return;
        }
        if (verdict.equals("sighted") && !tells) {
            rendering.page(request, response, 403, "missing", Map.of());
            return;
        }
        String who = caller.account() + " of " + caller.organisation();
        if (matches.judge(id, verdict, who) && tells) {
            tell(match.get(), verdict, caller);
        }
        response.sendRedirect("/desk/hunt");
    }

    private void tell(Matches.Kept kept, String verdict, Caller caller) throws IOException {
        List<Indicator> held =
                current.named(List.of(kept.indicator()), gate.view(gate.own(), Channel.WEB));
        Optional<Collection> collection = collection();
        if (held.isEmpty() || collection.isEmpty()) {
            // Nobody can be told of an indicator that is no longer here; the verdict stands.
            return;
        }
        StixId observer =
                Organisations.own(settings.organisation(), settings.data().resolve("members.yaml"));
        String marking = Tlp.AMBER_2.id().toString();
        List<StixObject> objects =
                verdict.equals("sighted")
                        ? Sightings.of(
                                Found.of(List.of(match(kept, held.getFirst()))),
                                observer,
                                marking,
                                clock.instant())
                        : List.of(
                                Sightings.falsePositive(
                                        held.getFirst(),
                                        "Found what is harmless in the logs of a member.",
                                        observer,
                                        marking,
                                        clock.instant()));
        List<BundleReader.Item> items = new ArrayList<>();
        objects.forEach(object -> items.add(new BundleReader.Item.Read(items.size(), object)));
        intake.admit(
                collection.get(),
                new Source(caller.organisation(), "desk", caller.account()),
                items);
    }

    /// Where members tell each other of sightings: the collection of that name, else the only one.
    private Optional<Collection> collection() {
        List<Collection> all = catalogue.collections();
        return all.stream()
                .filter(one -> SIGHTINGS.equals(one.alias()))
                .findFirst()
                .or(() -> all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty());
    }

    private static Match match(Matches.Kept kept, Indicator indicator) {
        return new Match(
                indicator,
                Path.of(kept.file()),
                kept.lines(),
                kept.happened(),
                kept.ended(),
                null,
                List.of(kept.kind()),
                kept.clauses(),
                Match.Timing.VALID);
    }
}
