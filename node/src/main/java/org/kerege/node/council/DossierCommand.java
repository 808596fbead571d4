package org.kerege.node.council;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.act.AllianceState;
import org.kerege.charter.act.Dossier;
import org.kerege.charter.act.FollowUpReport;
import org.kerege.charter.act.MandateReport;
import org.kerege.node.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/// `./kerege charter dossier`: what the present chair hands to the next, and the reports of mandates.
@Command(
        name = "dossier",
        mixinStandardHelpOptions = true,
        description = "What the chair hands to the next: open items, due reports, keys, programme.")
public final class DossierCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private AllianceOptions options;

    @Option(names = "--at", paramLabel = "T", description = "For whose term; now when absent.")
    private @Nullable String at;

    @Option(names = "--json", description = "One JSON document in place of text.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Instant asked = AllianceOptions.instant("--at", at, Instant.now());
        AllianceState state = options.verification().replay().state();
        Dossier dossier = Dossier.of(state, asked);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode document = dossier.json();
            document.set("mandates", MandateReport.all(state, asked));
            document.set("follow_up", FollowUpReport.of(state, asked).path("decisions"));
            out.println(document);
        } else {
            out.println(
                    (dossier.from() == null ? "nobody" : dossier.from())
                            + " to "
                            + (dossier.to() == null ? "nobody" : dossier.to())
                            + " at "
                            + (dossier.handover() == null ? "an open date" : dossier.handover()));
            for (Dossier.Item item : dossier.items()) {
                out.println(
                        (item.acceptedBy() == null
                                        ? "to accept  "
                                        : "accepted by " + item.acceptedBy() + "  ")
                                + item.what()
                                + "  ["
                                + item.id()
                                + "]");
            }
        }
        out.flush();
        return ExitCode.SUCCESS;
    }
}
