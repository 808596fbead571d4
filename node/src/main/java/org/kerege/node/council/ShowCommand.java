package org.kerege.node.council;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.act.AllianceState;
import org.kerege.charter.alliance.Verification;
import org.kerege.charter.alliance.VerificationReport;
import org.kerege.charter.rotation.Tenure;
import org.kerege.node.command.ExitCode;
import org.kerege.stix.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/// `./kerege charter show`: who chairs, who the members are, what was decided.
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Who chairs and until when; members, sessions, decisions, programme.")
public final class ShowCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private AllianceOptions options;

    @Option(names = "--at", paramLabel = "T", description = "Who chairs then; now when absent.")
    private @Nullable String at;

    @Option(
            names = "--known-at",
            paramLabel = "T",
            description = "Only by acts that were witnessed up to then.")
    private @Nullable String knownAt;

    @Option(names = "--json", description = "One JSON document in place of text.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Instant asked = AllianceOptions.instant("--at", at, Instant.now());
        Verification verification =
                options.verification(AllianceOptions.instant("--known-at", knownAt, Instant.MAX));
        AllianceState state = verification.replay().state();
        PrintWriter out = spec.commandLine().getOut();
        if (!state.isFounded()) {
            throw new IllegalArgumentException("no charter was adopted by then");
        }
        Tenure chair = state.rotation().chairAt(asked);
        if (json) {
            ObjectNode document = Json.mapper().createObjectNode();
            document.put("at", asked.toString());
            document.set("chair", VerificationReport.chair(chair));
            document.put("state_digest", state.digest());
            document.setAll(state.json());
            out.println(document);
        } else {
            print(state, chair, asked, out);
        }
        out.flush();
        return ExitCode.SUCCESS;
    }

    private static void print(AllianceState state, Tenure chair, Instant asked, PrintWriter out) {
        var json = state.json();
        String holder = chair.member() == null ? "nobody (vacant)" : chair.member();
        Instant until = chair.until();
        out.println("at " + asked);
        out.println(
                "chair      "
                        + holder
                        + ", from "
                        + (chair.from().equals(Instant.MIN) ? "ever" : chair.from())
                        + " until "
                        + (until == null ? "open" : until));
        json.path("members")
                .properties()
                .forEach(member ->
                        out.println(
                                "member     "
                                        + member.getKey()
                                        + ", "
                                        + member.getValue().path("standing").asString()));
        json.path("sessions")
                .forEach(session ->
                        out.println(
                                "session    "
                                        + session.at("/content/title").asString("")
                                        + ", "
                                        + session.at("/content/place").asString("")
                                        + ": present "
                                        + session.path("present").size()
                                        + ", absent "
                                        + session.path("absent")));
        json.path("decisions")
                .forEach(decision ->
                        out.println(
                                "decision   "
                                        + decision.path("title").asString("")
                                        + ": "
                                        + decision.path("result").asString("")
                                        + " at "
                                        + decision.path("at").asString("")));
        json.path("programmes")
                .forEach(programme ->
                        programme
                                .path("points")
                                .forEach(point ->
                                        out.println(
                                                "programme  "
                                                        + programme.path("member").asString("")
                                                        + ": "
                                                        + point.asString(""))));
        out.println("state      " + state.digest());
    }
}
