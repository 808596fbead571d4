package org.kerege.node.enforcement;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Label;
import org.kerege.gate.Markings;
import org.kerege.gate.Pap;
import org.kerege.node.command.DecayOptions;
import org.kerege.node.command.ExitCode;
import org.kerege.node.command.InputFiles;
import org.kerege.node.command.NodeAnswer;
import org.kerege.node.command.NodeOptions;
import org.kerege.node.command.RemoteOptions;
import org.kerege.pattern.enforce.Enforcement;
import org.kerege.stix.BundleReader;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.kerege.stix.Versions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// `./kerege export`: indicators as lists and rules for the tools that search, watch and block. Exit code 1 when nothing
/// could be written.
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes indicators as lists and rules for tools that search, watch and block.",
            "What markings do not let one do, and what a format cannot say, is left out, counted and named."
        })
public final class ExportCommand implements Callable<Integer> {

    private static final int SHOWN = 20;

    @Spec private CommandSpec spec;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description = {
                "plain (one value a line), csv, suricata (rules), suricata-dataset (sets and lists with their rules,",
                "Suricata 7), zeek (intelligence file), rpz (zone of a name server), sigma (rules for log search)."
            })
    private String format = "";

    @Option(
            names = "--use",
            paramLabel = "search|detect|look-up|block",
            description = {
                "What is done with it; default: block for plain, csv and rpz, detect for suricata and zeek, search for",
                "sigma. search goes with every PAP, detect not with PAP:RED, look-up and block with GREEN and CLEAR alone."
            })
    private @Nullable String use;

    @Option(
            names = "--kind",
            paramLabel = "KIND,…",
            description =
                    "Only these: ipv4, ipv6, domain, url, md5, sha-1, sha-256, sha-512, file-name, certificate, email.")
    private @Nullable String kinds;

    @Option(
            names = "--indicators",
            paramLabel = "FILE",
            description = {
                "STIX content with indicators and their markings; may be given several times.",
                "Without it those of this member's running node are exported."
            })
    private List<Path> indicatorFiles = List.of();

    @Option(
            names = "--out",
            paramLabel = "PLACE",
            description =
                    "File, or folder where a format has several files; else to standard output.")
    private @Nullable Path out;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Every indicator that was left out with the reason, as JSON.")
    private @Nullable Path report;

    @Mixin private DecayOptions decay = new DecayOptions();

    @Mixin private NodeOptions node = new NodeOptions();

    @Mixin private RemoteOptions remote = new RemoteOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Wanted wanted = Wanted.read(format, use, kinds).with(decay.decay(), decay.least());
        Enforcement.Written written = indicatorFiles.isEmpty() ? ofNode(wanted) : ofFiles(wanted);
        write(written.files());
        tell(written);
        return written.indicators() > 0 ? ExitCode.SUCCESS : ExitCode.NEGATIVE;
    }

    private Enforcement.Written ofFiles(Wanted wanted) throws IOException {
        Map<StixId, StixObject> indicators = new LinkedHashMap<>();
        Map<StixId, StixObject> definitions = new HashMap<>();
        PrintWriter err = spec.commandLine().getErr();
        for (Path file : indicatorFiles) {
            try (InputStream in = InputFiles.open(file)) {
                BundleReader.read(
                        in,
                        item -> {
                            switch (item) {
                                case BundleReader.Item.Read(int _, StixObject object) -> {
                                    if (object.type().equals("indicator")) {
                                        indicators.merge(object.id(), object, Versions::later);
                                    } else if (object.type().equals("marking-definition")) {
                                        definitions.put(object.id(), object);
                                    }
                                }
                                case BundleReader.Item.Refused(int index, var why) ->
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
        Markings markings = new Markings(definitions::get);
        Instant now = Instant.now();
        Enforcement enforcement = wanted.begin();
        Candidates candidates = new Candidates(wanted, enforcement, now, _ -> false);
        for (StixObject object : indicators.values()) {
            Label label = Label.join(object.markings().stream().map(markings::label).toList());
            candidates.add(object, label, label.permits(wanted.action(), now, Pap.GREEN));
        }
        return enforcement.write(now);
    }

    private Enforcement.Written ofNode(Wanted wanted) throws IOException, InterruptedException {
        String path = "/enforcement/" + wanted.format().word() + "?use=" + wanted.use().word();
        path += "&min-score=" + wanted.leastScore();
        if (kinds != null) {
            path += "&kind=" + URLEncoder.encode(kinds, StandardCharsets.UTF_8);
        }
        NodeAnswer answer = node.ask(remote, path, null);
        if (!answer.isGood()) {
            throw new IOException(answer.reason(null));
        }
        JsonNode json = answer.json();
        Map<String, String> files = new LinkedHashMap<>();
        json.path("files")
                .properties()
                .forEach(file -> files.put(file.getKey(), file.getValue().asString("")));
        List<Enforcement.Refusal> leftOut = new ArrayList<>();
        json.path("left_out")
                .forEach(one ->
                        leftOut.add(
                                new Enforcement.Refusal(
                                        one.path("indicator").asString(""),
                                        one.path("reason").asString(""))));
        return new Enforcement.Written(
                files, json.path("indicators").asInt(0), json.path("values").asInt(0), leftOut);
    }

    private void write(Map<String, String> files) throws IOException {
        PrintWriter shown = spec.commandLine().getOut();
        if (out == null) {
            files.forEach((name, text) -> {
                if (files.size() > 1) {
                    shown.println("== " + name);
                }
                shown.print(text);
            });
            shown.flush();
        } else if (files.size() == 1 && !Files.isDirectory(out)) {
            Files.writeString(out, files.values().iterator().next());
        } else {
            Files.createDirectories(out);
            for (Map.Entry<String, String> file : files.entrySet()) {
                // Names come from the node, which might be another's.
                String name = String.valueOf(Path.of(file.getKey()).getFileName());
                Files.writeString(out.resolve(name), file.getValue());
            }
        }
    }

    private void tell(Enforcement.Written written) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        written.refusals().stream()
                .limit(SHOWN)
                .forEach(one -> err.println(one.indicator() + ": left out: " + one.reason()));
        if (written.refusals().size() > SHOWN) {
            err.println("… " + (written.refusals().size() - SHOWN) + " more; --report names all");
        }
        err.println(
                written.indicators()
                        + " indicators written with "
                        + written.values()
                        + " values, "
                        + written.refusals().size()
                        + " left out");
        written.reasons().forEach((reason, count) -> err.println("  " + count + " × " + reason));
        err.flush();
        if (report != null) {
            ArrayNode all = Json.mapper().createArrayNode();
            written.refusals()
                    .forEach(one ->
                            all.addObject()
                                    .put("indicator", one.indicator())
                                    .put("reason", one.reason()));
            Files.writeString(report, all.toString());
        }
    }
}
