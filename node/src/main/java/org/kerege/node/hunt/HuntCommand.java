package org.kerege.node.hunt;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kerege.node.command.DecayOptions;
import org.kerege.node.command.ExitCode;
import org.kerege.node.command.InputFiles;
import org.kerege.node.command.KnownGoodOptions;
import org.kerege.node.command.NodeOptions;
import org.kerege.node.command.RemoteOptions;
import org.kerege.node.gate.Organisations;
import org.kerege.node.settings.Settings;
import org.kerege.pattern.Explanation;
import org.kerege.pattern.MalformedPattern;
import org.kerege.pattern.decay.Decay;
import org.kerege.pattern.match.MatchedClause;
import org.kerege.stix.BundleReader;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.kerege.stix.Timestamp;
import org.kerege.stix.Versions;
import org.kerege.stix.marking.Tlp;
import org.kerege.taxii.client.PushStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/// `./kerege hunt`: looks for indicators in logs, those of files with no node at all, else those of the member's node.
@Command(
        name = "hunt",
        mixinStandardHelpOptions = true,
        description = "Looks for indicators in logs. Exit code 0 when it ran, whatever it found.")
public final class HuntCommand implements Callable<Integer> {

    private static final long PROGRESS_MILLIS = 1_000;
    private static final long FOLLOW_MILLIS = 200;
    private static final int SHOWN_UNREAD = 10;

    @Spec private CommandSpec spec;

    @Option(
            names = "--indicators",
            paramLabel = "FILE",
            description = {
                "STIX content with indicators; may be given several times.",
                "Without it those of this member's node are hunted."
            })
    private List<Path> indicatorFiles = List.of();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Leaves out events before this RFC 3339 time.")
    private @Nullable String since;

    @Option(
            names = "--explain",
            description = "Says in words what an indicator looks for when it is first found.")
    private boolean explain;

    @Option(names = "--json", description = "One JSON line a match, then one with the totals.")
    private boolean json;

    @Option(names = "--summary", description = "Ends with a table by indicator, host and hour.")
    private boolean summary;

    @Mixin private KnownGoodOptions knownGood = new KnownGoodOptions();

    @Mixin private DecayOptions decay = new DecayOptions();

    @Option(
            names = "--held-back",
            description = "Shows also what warning lists hold back, with the lists.")
    private boolean showHeldBack;

    @Mixin private MappingOptions mappings = new MappingOptions();

    @Option(
            names = "--person-basis",
            paramLabel = "FILE",
            description = {
                "A record of purpose and legal basis for indicators that name a person: JSON with",
                "'purpose', 'legal_basis', 'analyst' and the list 'indicators'. Others that name a",
                "person are set apart."
            })
    private List<Path> personBases = List.of();

    @Option(
            names = "--follow",
            description = "Waits for more at the end of the log, and goes on when it is rotated.")
    private boolean follow;

    @Option(
            names = "--lateness",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How late an event of a followed log may come (${DEFAULT-VALUE} s).")
    private long latenessSeconds = 60;

    @Option(
            names = "--publish",
            description = {
                "Tells what was found: one sighting an indicator, with the matched value, first and last time and",
                "count, and nothing else of the logs. Giving this option is the analyst's decision."
            })
    private boolean publish;

    @Option(
            names = "--publish-to",
            paramLabel = "URL",
            description = "Server that takes the sightings; default: this member's node.")
    private @Nullable URI publishTo;

    @Option(
            names = "--publish-in",
            paramLabel = "NAME",
            description = "Collection that takes them; needed where the server offers several.")
    private @Nullable String publishIn;

    @Option(
            names = "--marking",
            paramLabel = "TLP",
            description =
                    "How far sightings may go: clear, green, amber, amber+strict or red; default: ${DEFAULT-VALUE}.",
            defaultValue = "amber")
    private String marking = "amber";

    @Mixin private NodeOptions node = new NodeOptions();

    @Mixin private RemoteOptions remote = new RemoteOptions();

    @Parameters(
            paramLabel = "LOG",
            arity = "1..*",
            description = "Logs, plain or compressed; - for standard input.")
    private List<Path> logs = List.of();

    private final HuntSummary table = new HuntSummary();
    private final Set<String> explained = new HashSet<>();
    private final Map<String, Found> found = new LinkedHashMap<>();
    private int shownUnread;

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (Path log : logs) {
            if (!isStandardInput(log) && !Files.isRegularFile(log)) {
                throw new NoSuchFileException(log.toString());
            }
        }
        if (follow && (logs.size() > 1 || isStandardInput(logs.getFirst()))) {
            throw new ParameterException(spec.commandLine(), "--follow takes one file");
        }
        Tlp told = tlp();
        List<Indicator> indicators = indicators();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Hunt hunt =
                new Hunt(
                        indicators,
                        new KnownGood(knownGood.lists(node)),
                        mappings.mappings(),
                        since());
        if (showHeldBack) {
            hunt.tellHeldBack((match, lists) -> heldBack(match, lists, out));
        }
        long started = System.nanoTime();
        Thread progress = progress(hunt, started, err);
        try {
            do {
                for (Path log : logs) {
                    search(hunt, log, out, err);
                }
            } while (follow && !Thread.currentThread().isInterrupted());
        } catch (InterruptedIOException e) {
            // No longer followed: what was found so far is concluded.
            Thread.currentThread().interrupt();
        } finally {
            progress.interrupt();
        }
        conclude(hunt, indicators.size(), started, out, err);
        return publish ? tell(told, err) : ExitCode.SUCCESS;
    }

    /// Tells what was found, and says what became of it.
    private int tell(Tlp tlp, PrintWriter err) throws IOException, InterruptedException {
        if (found.isEmpty()) {
            err.println("kerege: nothing was found, so nothing is told");
            return ExitCode.SUCCESS;
        }
        Settings settings = node.settings();
        StixId observer =
                Organisations.own(settings.organisation(), settings.data().resolve("members.yaml"));
        Instant now = Instant.now();
        List<StixObject> objects = new ArrayList<>();
        found.values()
                .forEach(one ->
                        objects.addAll(Sightings.of(one, observer, tlp.id().toString(), now)));
        PushStatus status = new OwnNode(node, remote).tell(objects, publishTo, publishIn);
        status.failures()
                .forEach(failure ->
                        err.println("kerege: " + failure.id() + ": " + failure.message()));
        err.println(
                "kerege: %d sightings told, TLP:%s: %d of %d objects accepted"
                        .formatted(
                                found.size(),
                                marking.toUpperCase(Locale.ROOT),
                                status.success(),
                                objects.size()));
        return status.failure() == 0 && status.complete() ? ExitCode.SUCCESS : ExitCode.NEGATIVE;
    }

    private Tlp tlp() {
        return Tlp.labelled("TLP:" + marking)
                .orElseThrow(() ->
                        new ParameterException(
                                spec.commandLine(), "--marking knows no TLP:" + marking));
    }

    private void search(Hunt hunt, Path log, PrintWriter out, PrintWriter err) throws IOException {
        try (InputStream in =
                follow
                        ? new FollowedFile(log, () -> Thread.sleep(FOLLOW_MILLIS))
                        : ReadersCommand.open(log)) {
            Hunt.Unread told = (file, line, why) -> unread(file, line, why, err);
            if (follow) {
                hunt.follow(
                        log,
                        in,
                        Duration.ofSeconds(latenessSeconds),
                        match -> report(match, out),
                        told);
            } else {
                hunt.search(log, in, match -> report(match, out), told);
            }
        }
    }

    private static boolean isStandardInput(Path log) {
        return log.toString().equals("-");
    }

    private @Nullable Instant since() {
        return since == null ? null : Timestamp.parse(since).instant();
    }

    private List<Indicator> indicators() throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        Instant now = Instant.now();
        Map<String, StixObject> latest = new LinkedHashMap<>();
        List<PersonBasis> bases = new ArrayList<>();
        for (Path file : indicatorFiles) {
            try (InputStream in = InputFiles.open(file)) {
                BundleReader.read(in, item -> take(item, file.toString(), latest));
            }
        }
        if (indicatorFiles.isEmpty()) {
            OwnNode own = new OwnNode(node, remote);
            own.indicators(item -> take(item, "the node", latest));
            bases.addAll(own.personBases());
        }
        for (Path file : personBases) {
            bases.add(PersonBasis.read(file));
        }
        List<Indicator> indicators = new ArrayList<>();
        int persons = 0;
        int over = 0;
        int faded = 0;
        Decay age = decay.decay();
        for (StixObject object : latest.values()) {
            Indicator indicator;
            try {
                indicator = Indicator.of(object);
            } catch (MalformedPattern e) {
                err.println("kerege: " + object.id() + ": " + e.getMessage());
                continue;
            }
            if (indicator.isOver(now)) {
                over++;
            } else if (indicator.namesPerson() && !PersonBasis.covers(bases, indicator)) {
                persons++;
            } else if (age.score(object, indicator.pattern().expression(), now) < decay.least()) {
                faded++;
            } else {
                indicators.add(indicator);
            }
        }
        if (over > 0) {
            err.println(
                    "kerege: " + over + " indicators are revoked or expired and are not hunted");
        }
        if (faded > 0) {
            err.println("kerege: " + faded + " indicators score too low by their age");
        }
        if (persons > 0) {
            err.println(
                    "kerege: "
                            + persons
                            + " indicators name a person and are set apart until --person-basis records purpose and"
                            + " legal basis for them");
        }
        if (!bases.isEmpty()) {
            bases.forEach(basis ->
                    err.println(
                            "kerege: indicators that name a person are hunted for %s (%s), recorded by %s"
                                    .formatted(
                                            basis.purpose(), basis.legalBasis(), basis.analyst())));
        }
        if (latest.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "No indicator with a STIX pattern is in "
                            + (indicatorFiles.isEmpty()
                                    ? "what the node lets you read"
                                    : indicatorFiles));
        }
        return indicators;
    }

    /// Keeps the latest version of what can be hunted.
    private void take(BundleReader.Item item, String origin, Map<String, StixObject> latest) {
        switch (item) {
            case BundleReader.Item.Read(int _, StixObject object) -> {
                if (Indicator.isHuntable(object)) {
                    latest.merge(object.id().toString(), object, Versions::later);
                }
            }
            case BundleReader.Item.Refused(int index, var why) ->
                    spec.commandLine()
                            .getErr()
                            .println(
                                    "kerege: "
                                            + origin
                                            + ", object "
                                            + index
                                            + ": "
                                            + why.getMessage());
        }
    }

    private void heldBack(Match match, String lists, PrintWriter out) {
        if (json) {
            out.println(match.json().put("held_back", lists));
        } else {
            out.println(
                    "held back by "
                            + lists
                            + ": "
                            + match.file()
                            + ":"
                            + match.lines().getFirst()
                            + "  "
                            + match.indicator().id()
                            + "  "
                            + match.clauses().getFirst().value());
        }
    }

    private void report(Match match, PrintWriter out) {
        table.add(match);
        if (publish) {
            found.merge(match.indicator().id(), Found.of(match), Found::and);
        }
        if (explain && explained.add(match.indicator().id())) {
            explain(match.indicator(), json ? spec.commandLine().getErr() : out);
        }
        if (json) {
            out.println(match.json());
        } else {
            out.println(
                    (match.time() == null ? "time unknown" : Timestamp.format(match.time()))
                            + "  "
                            + match.file()
                            + ":"
                            + match.lines().getFirst()
                            + "  "
                            + match.indicator().id()
                            + (match.timing() == Match.Timing.VALID
                                    ? ""
                                    : "  (" + match.timing().word() + " it was valid)"));
            for (MatchedClause clause : match.clauses()) {
                out.println(
                        "    "
                                + clause.path()
                                + " is "
                                + clause.value()
                                + "   ["
                                + clause.clause()
                                + "]");
            }
        }
    }

    private static void explain(Indicator indicator, PrintWriter out) {
        out.println(indicator.id() + "  " + indicator.pattern().text());
        Explanation.of(indicator.pattern().expression())
                .forEach(line -> out.println("    " + line));
    }

    private void unread(Path file, long line, String why, PrintWriter err) {
        if (shownUnread++ < SHOWN_UNREAD) {
            err.println("\rkerege: " + file + ", line " + line + " cannot be read: " + why);
        }
    }

    private static Thread progress(Hunt hunt, long started, PrintWriter err) {
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        while (true) {
                            Thread.sleep(PROGRESS_MILLIS);
                            Hunt.Counts counts = hunt.counts();
                            err.print(
                                    "\r%,d events, %,.0f a second, %,d matches, %,d unread   "
                                            .formatted(
                                                    counts.events(),
                                                    counts.events() / seconds(started),
                                                    counts.matched(),
                                                    counts.unread()));
                            err.flush();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private void conclude(
            Hunt hunt, int indicators, long started, PrintWriter out, PrintWriter err) {
        Hunt.Counts counts = hunt.counts();
        if (json) {
            ObjectNode totals = Json.mapper().createObjectNode();
            totals.putObject("totals")
                    .put("events", counts.events())
                    .put("unread", counts.unread())
                    .put("matched", counts.matched())
                    .put("held_back", counts.heldBack());
            out.println(totals);
        }
        if (summary) {
            table.print(out);
        }
        out.flush();
        err.println(
                "\r%,d indicators (%,d without a value to look up), %,d events in %.1f s (%,.0f a second), %,d matches, %,d held back, %,d of a kind not mapped, %,d lines unread, %,d not examined"
                        .formatted(
                                indicators,
                                hunt.withoutValue(),
                                counts.events(),
                                seconds(started),
                                counts.events() / seconds(started),
                                counts.matched(),
                                counts.heldBack(),
                                counts.unmapped(),
                                counts.unread(),
                                counts.notExamined()));
    }

    private static double seconds(long started) {
        return Math.max(1e-3, (System.nanoTime() - started) / 1e9);
    }
}
