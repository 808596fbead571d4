package org.kerege.node.hunt;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kerege.node.command.ExitCode;
import org.kerege.node.command.InputFiles;
import org.kerege.pattern.Explanation;
import org.kerege.pattern.MalformedPattern;
import org.kerege.pattern.match.MatchedClause;
import org.kerege.stix.BundleReader;
import org.kerege.stix.Json;
import org.kerege.stix.StixObject;
import org.kerege.stix.Timestamp;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `./kerege hunt`: looks for indicators in logs, with no node at all.
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
            required = true,
            description = "STIX content with indicators; may be given several times.")
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

    @Option(
            names = "--known-good",
            paramLabel = "PLACE",
            description =
                    "Warning lists in MISP's format, files or folders: matches on their values are held back.")
    private List<Path> knownGood = List.of();

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "A mapping of your own, tried before the others.")
    private List<Path> ownMappings = List.of();

    @Option(
            names = "--columns",
            paramLabel = "SPEC",
            description = "Columns of a table: 'time=COLUMN,ipv4-addr:value=COLUMN,...'.")
    private @Nullable String columns;

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

    @Parameters(
            paramLabel = "LOG",
            arity = "1..*",
            description = "Logs, plain or compressed; - for standard input.")
    private List<Path> logs = List.of();

    private final HuntSummary table = new HuntSummary();
    private final Set<String> explained = new HashSet<>();
    private int shownUnread;

    @Override
    public Integer call() throws IOException {
        for (Path log : logs) {
            if (!isStandardInput(log) && !Files.isRegularFile(log)) {
                throw new NoSuchFileException(log.toString());
            }
        }
        if (follow && (logs.size() > 1 || isStandardInput(logs.getFirst()))) {
            throw new ParameterException(spec.commandLine(), "--follow takes one file");
        }
        List<Indicator> indicators = indicators();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Hunt hunt =
                new Hunt(
                        indicators,
                        knownGood.isEmpty() ? KnownGood.NONE : KnownGood.read(knownGood),
                        ReadersCommand.mappings(ownMappings, columns),
                        since());
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
        return ExitCode.SUCCESS;
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

    private List<Indicator> indicators() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Instant now = Instant.now();
        Map<String, StixObject> latest = new LinkedHashMap<>();
        for (Path file : indicatorFiles) {
            try (InputStream in = InputFiles.open(file)) {
                BundleReader.read(
                        in,
                        item -> {
                            if (item instanceof BundleReader.Item.Read(int _, StixObject object)
                                    && Indicator.isHuntable(object)) {
                                latest.merge(object.id().toString(), object, HuntCommand::later);
                            } else if (item
                                    instanceof BundleReader.Item.Refused(int index, var why)) {
                                err.println(
                                        "kerege: "
                                                + file
                                                + ", object "
                                                + index
                                                + ": "
                                                + why.getMessage());
                            }
                        });
            }
        }
        List<PersonBasis> bases = new ArrayList<>();
        for (Path file : personBases) {
            bases.add(PersonBasis.read(file));
        }
        List<Indicator> indicators = new ArrayList<>();
        int persons = 0;
        int over = 0;
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
            } else {
                indicators.add(indicator);
            }
        }
        if (over > 0) {
            err.println(
                    "kerege: " + over + " indicators are revoked or expired and are not hunted");
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
                    spec.commandLine(), "No indicator with a STIX pattern is in " + indicatorFiles);
        }
        return indicators;
    }

    private static StixObject later(StixObject one, StixObject other) {
        Timestamp left = one.modified();
        Timestamp right = other.modified();
        return left != null && right != null && right.compareTo(left) > 0 ? other : one;
    }

    private void report(Match match, PrintWriter out) {
        table.add(match);
        if (explain && explained.add(match.indicator().id())) {
            explain(match.indicator(), json ? spec.commandLine().getErr() : out);
        }
        if (json) {
            out.println(line(match));
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

    /// A match as one line for scripts.
    static ObjectNode line(Match match) {
        ObjectNode line =
                Json.mapper()
                        .createObjectNode()
                        .put("indicator", match.indicator().id())
                        .put("file", match.file().toString());
        ArrayNode numbers = line.putArray("line");
        match.lines().forEach(numbers::add);
        line.put("time", match.time() == null ? null : Timestamp.format(match.time()));
        MatchedClause first = match.clauses().isEmpty() ? null : match.clauses().getFirst();
        line.put("path", first == null ? null : first.path());
        line.put("value", first == null ? null : first.value());
        line.put("clause", first == null ? null : first.clause());
        return line.put("timing", match.timing().word());
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
