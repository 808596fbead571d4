package org.kerege.node.hunt;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.kerege.node.command.ExitCode;
import org.kerege.node.command.InputFiles;
import org.kerege.node.command.KnownGoodOptions;
import org.kerege.node.command.NodeOptions;
import org.kerege.pattern.MalformedPattern;
import org.kerege.readers.Mappings;
import org.kerege.stix.BundleReader;
import org.kerege.stix.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./kerege noise`: how often indicators would match in a sample of one's own events, before they are published. Exit
/// code 1 when one of them would more often than is borne.
@Command(
        name = "noise",
        mixinStandardHelpOptions = true,
        description = {
            "Says how many events a day each indicator of STIX files would have matched in logs of one's own.",
            "Exit code 1 when that is too often for one of them: measure before you publish."
        })
public final class NoiseCommand implements Callable<Integer> {

    private static final Duration SHORTEST = Duration.ofHours(1);

    @Spec private CommandSpec spec;

    @Option(
            names = "--against",
            required = true,
            paramLabel = "LOG",
            description = "A log of usual days; may be given several times.")
    private List<Path> logs = List.of();

    @Option(
            names = "--most-per-day",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many matches a day are borne (${DEFAULT-VALUE}).")
    private double most;

    @Option(names = "--json", description = "Answers in JSON, a line for each indicator.")
    private boolean json;

    @Mixin private MappingOptions mappings = new MappingOptions();

    @Mixin private KnownGoodOptions knownGood = new KnownGoodOptions();

    @Mixin private NodeOptions node = new NodeOptions();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "STIX content with indicators.")
    private List<Path> files = List.of();

    @Override
    public Integer call() throws IOException {
        for (Path log : logs) {
            if (!Files.isRegularFile(log)) {
                throw new NoSuchFileException(log.toString());
            }
        }
        List<Indicator> indicators = indicators();
        KnownGood harmless = new KnownGood(knownGood.lists(node));
        Mappings read = mappings.mappings();
        Hunt hunt = new Hunt(indicators, harmless, read, null);
        Map<String, Long> matched = new HashMap<>();
        Map<String, Long> heldBack = new HashMap<>();
        hunt.tellHeldBack((match, _) -> heldBack.merge(match.indicator().id(), 1L, Long::sum));
        Sample.Extent extent =
                new LogSample(logs, read)
                        .search(
                                hunt,
                                match -> matched.merge(match.indicator().id(), 1L, Long::sum));
        double days = Math.max(SHORTEST.toMillis(), extent.time().toMillis()) / 86_400_000.0;
        PrintWriter out = spec.commandLine().getOut();
        boolean tooMuch = false;
        for (Indicator indicator : indicators) {
            double perDay = matched.getOrDefault(indicator.id(), 0L) / days;
            boolean broad = perDay > most;
            tooMuch |= broad;
            out.println(
                    json
                            ? json(indicator, perDay, broad, heldBack)
                            : sentence(indicator, perDay, broad, heldBack));
        }
        out.flush();
        spec.commandLine()
                .getErr()
                .printf(
                        "measured on %,d events over %.2f days; %,d matches held back by warning lists%n",
                        extent.events(), days, hunt.counts().heldBack());
        return tooMuch ? ExitCode.NEGATIVE : ExitCode.SUCCESS;
    }

    private List<Indicator> indicators() throws IOException {
        Map<String, Indicator> indicators = new LinkedHashMap<>();
        PrintWriter err = spec.commandLine().getErr();
        for (Path file : files) {
            try (InputStream in = InputFiles.open(file)) {
                BundleReader.read(
                        in,
                        item -> {
                            if (item instanceof BundleReader.Item.Read(int _, var object)
                                    && Indicator.isHuntable(object)) {
                                try {
                                    Indicator indicator = Indicator.of(object);
                                    if (indicator.namesPerson()) {
                                        err.println(
                                                "kerege: "
                                                        + object.id()
                                                        + " names a person and is not tried");
                                    } else {
                                        indicators.put(indicator.id(), indicator);
                                    }
                                } catch (MalformedPattern e) {
                                    err.println("kerege: " + object.id() + ": " + e.getMessage());
                                }
                            }
                        });
            }
        }
        if (indicators.isEmpty()) {
            throw new IllegalArgumentException("no indicator with a STIX pattern is in " + files);
        }
        return new ArrayList<>(indicators.values());
    }

    private static String sentence(
            Indicator indicator, double perDay, boolean broad, Map<String, Long> heldBack) {
        long held = heldBack.getOrDefault(indicator.id(), 0L);
        return "%s would have matched %,.0f events a day%s%s"
                .formatted(
                        indicator.id(),
                        perDay,
                        held == 0 ? "" : " (%,d more are held back)".formatted(held),
                        broad ? ": too broad" : "");
    }

    private static String json(
            Indicator indicator, double perDay, boolean broad, Map<String, Long> heldBack) {
        return Json.mapper()
                .createObjectNode()
                .put("indicator", indicator.id())
                .put("per_day", perDay)
                .put("held_back", heldBack.getOrDefault(indicator.id(), 0L))
                .put("too_broad", broad)
                .toString();
    }
}
