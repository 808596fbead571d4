package org.kerege.node.council;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.kerege.charter.alliance.Verification;
import org.kerege.charter.alliance.VerificationReport;
import org.kerege.node.command.ExitCode;
import org.kerege.stix.Json;
import org.kerege.tlog.Checkpoint;
import org.kerege.tlog.SplitView;
import org.kerege.tlog.VerifierKey;
import org.kerege.tlog.WitnessPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `./kerege charter witness`: who witnesses, and which log was caught with two histories.
@Command(
        name = "witness",
        mixinStandardHelpOptions = true,
        description = {
            "Who witnesses by the charter, when each last cosigned an act's head, and the evidence",
            "against any log that showed two histories. Exit code 1 where there is some."
        })
public final class WitnessCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private AllianceOptions options;

    @Option(names = "--json", description = "One JSON document, with the evidence in full.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Verification verification = options.verification();
        WitnessPolicy policy =
                WitnessPolicy.parse(
                        verification.charter().content().path("witnesses").asString(""));
        Map<String, Instant> last = new TreeMap<>();
        verification
                .findings()
                .forEach(finding ->
                        finding.witnesses()
                                .forEach((name, at) ->
                                        last.merge(name, at, (a, b) -> a.isAfter(b) ? a : b)));
        List<SplitView> caught = new ArrayList<>(verification.splitViews());
        caught.addAll(options.caughtHere());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(document(policy, last, caught));
        } else {
            print(policy, last, caught, out);
        }
        out.flush();
        return caught.isEmpty() ? ExitCode.SUCCESS : ExitCode.NEGATIVE;
    }

    private static ObjectNode document(
            WitnessPolicy policy, Map<String, Instant> last, List<SplitView> caught) {
        ObjectNode document = Json.mapper().createObjectNode();
        ObjectNode witnesses = document.putObject("witnesses");
        new TreeMap<>(policy.witnesses())
                .forEach((name, key) -> {
                    Instant at = last.get(name);
                    witnesses
                            .putObject(name)
                            .put("key", key.toString())
                            .put("cosigned", at == null ? null : at.toString());
                });
        ArrayNode evidence = document.putArray("split_views");
        caught.forEach(one ->
                evidence.add(VerificationReport.splitView(one).put("holds", holds(one, policy))));
        return document;
    }

    private static void print(
            WitnessPolicy policy,
            Map<String, Instant> last,
            List<SplitView> caught,
            PrintWriter out) {
        new TreeMap<>(policy.witnesses())
                .forEach((name, key) -> {
                    Instant at = last.get(name);
                    out.println(
                            "%-20s %s"
                                    .formatted(
                                            name,
                                            at == null
                                                    ? "has cosigned no act"
                                                    : "cosigned last at " + at));
                });
        for (SplitView one : caught) {
            Checkpoint smaller = Checkpoint.parse(one.smaller().text());
            Checkpoint larger = Checkpoint.parse(one.larger().text());
            out.println(
                    "EVIDENCE: the log %s signed heads of %d and %d entries that cannot both be its history%s"
                            .formatted(
                                    smaller.origin(),
                                    smaller.size(),
                                    larger.size(),
                                    holds(one, policy) ? "" : " (not of a key of the charter)"));
        }
        if (caught.isEmpty()) {
            out.println("no log was caught with two histories");
        }
    }

    private static boolean holds(SplitView evidence, WitnessPolicy policy) {
        String origin = Checkpoint.parse(evidence.smaller().text()).origin();
        for (VerifierKey log : policy.logs()) {
            if (log.name().equals(origin) && evidence.holds(log)) {
                return true;
            }
        }
        return false;
    }
}
