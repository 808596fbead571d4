package org.kerege.node.hunt.retro;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.node.command.ExitCode;
import org.kerege.node.command.InputFiles;
import org.kerege.node.command.NodeAnswer;
import org.kerege.node.command.NodeOptions;
import org.kerege.node.command.RemoteOptions;
import org.kerege.node.hunt.Indicator;
import org.kerege.stix.BundleReader;
import org.kerege.stix.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `./kerege retro`: hunts in the events that this member's running node has kept, and says how long it keeps them.
@Command(
        name = "retro",
        mixinStandardHelpOptions = true,
        description = "Hunts back in the events that this member's running node has kept.")
public final class RetroCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do: 'hunt', 'list', 'window' or 'cap'.");
    }

    @Command(
            name = "hunt",
            mixinStandardHelpOptions = true,
            description = {
                "Looks for indicators in kept events. The ledger gets an entry: who asked, why, and for what.",
                "Matches say whether the event happened before the indicator was valid."
            })
    int hunt(
            @Mixin RemoteOptions remote,
            @Mixin NodeOptions node,
            @Option(
                            names = "--why",
                            required = true,
                            paramLabel = "TEXT",
                            description = "Why these events are looked at, in a sentence.")
                    String why,
            @Option(
                            names = "--indicator",
                            paramLabel = "ID",
                            description =
                                    "An indicator that the node holds; may be given several times.")
                    @Nullable List<String> ids,
            @Option(
                            names = "--indicators",
                            paramLabel = "FILE",
                            description =
                                    "STIX content with indicators; may be given several times.")
                    @Nullable List<Path> files,
            @Option(
                            names = "--since",
                            paramLabel = "TIME",
                            description = "Leaves out events before this RFC 3339 time.")
                    @Nullable String since,
            @Option(
                            names = "--until",
                            paramLabel = "TIME",
                            description = "Leaves out events from this time on.")
                    @Nullable String until,
            @Option(names = "--json", description = "One JSON line a match, then the totals.")
                    boolean json)
            throws IOException, InterruptedException {
        ObjectNode asked =
                Json.mapper()
                        .createObjectNode()
                        .put("why", why)
                        .put("since", since)
                        .put("until", until);
        ArrayNode wanted = asked.putArray("indicators");
        if (ids != null) {
            ids.forEach(wanted::add);
        }
        ArrayNode objects = asked.putArray("objects");
        for (Path file : files == null ? List.<Path>of() : files) {
            try (InputStream in = InputFiles.open(file)) {
                BundleReader.read(
                        in,
                        item -> {
                            if (item instanceof BundleReader.Item.Read(int _, var object)
                                    && Indicator.isHuntable(object)) {
                                objects.add(Json.mapper().readTree(object.bytes()));
                            }
                        });
            }
        }
        NodeAnswer answer = node.ask(remote, "/hunt/retro", asked.toString());
        if (!answer.isGood()) {
            return refused(answer);
        }
        answer.body().lines().forEach(line -> say(json ? line : told(line)));
        return ExitCode.SUCCESS;
    }

    private static String told(String line) {
        JsonNode match = Json.mapper().readTree(line);
        JsonNode totals = match.path("totals");
        if (totals.isObject()) {
            StringBuilder damaged = new StringBuilder();
            totals.path("damaged")
                    .forEach(one -> damaged.append("\nnot examined: ").append(one.asString("")));
            return "%,d matches in %,d kept events, %,d not examined; entry %d of the ledger%s"
                    .formatted(
                            totals.path("matched").asLong(),
                            totals.path("events").asLong(),
                            totals.path("not_examined").asLong(),
                            totals.path("entry").asLong(),
                            damaged);
        }
        String timing = match.path("timing").asString("");
        return "%s  %s:%s  %s%s%n    %s is %s   [%s]"
                .formatted(
                        match.path("time").asString("time unknown"),
                        match.path("file").asString(""),
                        match.path("line").path(0).asString(""),
                        match.path("indicator").asString(""),
                        timing.equals("valid") ? "" : "  (" + timing + " it was valid)",
                        match.path("path").asString(""),
                        match.path("value").asString(""),
                        match.path("clause").asString(""));
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the hunts of late: who, why, for what, and what came of them.")
    int list(@Mixin RemoteOptions remote, @Mixin NodeOptions node)
            throws IOException, InterruptedException {
        NodeAnswer answer = node.ask(remote, "/hunt/retro", null);
        if (!answer.isGood()) {
            return refused(answer);
        }
        for (JsonNode one : answer.json()) {
            say(
                    "%s  entry %d  %s: %s  %d indicators, %,d matches in %,d events%s"
                            .formatted(
                                    one.path("recorded").asString(),
                                    one.path("entry").asLong(),
                                    one.path("who").asString(),
                                    one.path("why").asString(),
                                    one.path("indicators").size(),
                                    one.path("matched").asLong(),
                                    one.path("events").asLong(),
                                    one.path("ended").isNull() ? ", not ended" : ""));
        }
        return ExitCode.SUCCESS;
    }

    @Command(
            name = "window",
            mixinStandardHelpOptions = true,
            description =
                    "Says how long events are kept, how long they may be, and how many there are.")
    int window(@Mixin RemoteOptions remote, @Mixin NodeOptions node)
            throws IOException, InterruptedException {
        NodeAnswer answer = node.ask(remote, "/hunt/window", null);
        if (!answer.isGood()) {
            return refused(answer);
        }
        JsonNode kept = answer.json();
        say(
                "kept for %d days (settings: %d, cap: %d); %,d events in %,d segments, %,d bytes, the oldest of %s"
                        .formatted(
                                kept.path("days").asLong(),
                                kept.path("askedDays").asLong(),
                                kept.path("capDays").asLong(),
                                kept.path("events").asLong(),
                                kept.path("segments").asLong(),
                                kept.path("bytes").asLong(),
                                kept.path("oldest").asString("no time")));
        return ExitCode.SUCCESS;
    }

    @Command(
            name = "cap",
            mixinStandardHelpOptions = true,
            description = {
                "Sets how long events may be kept at most, whatever the settings ask for. The ledger gets an",
                "entry: who, how long, and why."
            })
    int cap(
            @Mixin RemoteOptions remote,
            @Mixin NodeOptions node,
            @Option(
                            names = "--days",
                            required = true,
                            paramLabel = "N",
                            description = "1 to " + Window.MOST_DAYS + ".")
                    int days,
            @Option(
                            names = "--why",
                            required = true,
                            paramLabel = "TEXT",
                            description = "Why events are kept so long, in a sentence.")
                    String why)
            throws IOException, InterruptedException {
        String asked =
                Json.mapper().createObjectNode().put("days", days).put("why", why).toString();
        NodeAnswer answer = node.ask(remote, "/hunt/window", asked);
        if (!answer.isGood()) {
            return refused(answer);
        }
        say(
                "events may be kept for %d days; entry %d of the ledger"
                        .formatted(days, answer.json().path("entry").asLong()));
        return ExitCode.SUCCESS;
    }

    private int refused(NodeAnswer answer) {
        return answer.refused(spec, answer.reason(null));
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
