package org.kerege.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.kerege.node.exchange.Erasure;
import org.kerege.node.exchange.ErasureList;
import org.kerege.node.ledger.Ledger;
import org.kerege.node.settings.Settings;
import org.kerege.stix.StixId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./kerege erase`: takes an object off this node for good and keeps a record that says nothing of it.
@Command(
        name = "erase",
        mixinStandardHelpOptions = true,
        description =
                "Takes every version of an object off the stopped node for good. The ledger keeps its commitment and"
                        + " records that, when and why something was erased. Copies that others have stay with them:"
                        + " './kerege release deliveries' says who has it, so ask before you erase.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:erased", "1:there is no such object"})
public final class EraseCommand implements Callable<Integer> {

    private static final int MOST_REASON = 500;

    @Spec private CommandSpec spec;

    @Mixin private StoreOptions store = new StoreOptions();

    @Parameters(paramLabel = "OBJECT", description = "Identifier, such as indicator--….")
    private String object = "";

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description =
                    "Why; it stays in the ledger, so write nothing into it that is to be erased. At most 500 characters.")
    private String reason = "";

    @Override
    public Integer call() throws IOException {
        StixId id = StixId.parse(object);
        if (reason.isBlank() || reason.length() > MOST_REASON) {
            throw new IllegalArgumentException(
                    "--reason has 1 to " + MOST_REASON + " characters, not " + reason.length());
        }
        Settings settings = store.settings();
        List<Erasure.Erased> erased;
        try (OpenStore open = OpenStore.of(settings)) {
            Ledger.requireNoWriter(open.address());
            try (Ledger ledger = Ledger.open(open.address(), Clock.systemUTC())) {
                erased = ledger.record(new Erasure(id, reason, "whoever has the node's machine"));
            }
        }
        if (erased.isEmpty()) {
            spec.commandLine().getErr().println("kerege: this node does not hold " + id);
            return ExitCode.NEGATIVE;
        }
        ErasureList.in(settings.data()).add(erased);
        PrintWriter out = spec.commandLine().getOut();
        out.println(erased.size() + " entries erased; their commitments stay in the ledger");
        out.println(
                "Backups made before still hold them: destroy these, or keep "
                        + settings.data().resolve("erasures.jsonl")
                        + " beside them, which './kerege restore' reads.");
        out.flush();
        return ExitCode.SUCCESS;
    }
}
