package org.kerege.node.council;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.kerege.charter.act.Kind;
import org.kerege.stix.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./kerege charter withdraw`: a member leaves the alliance.
@Command(
        name = "withdraw",
        mixinStandardHelpOptions = true,
        description = "A member leaves the alliance for good, by its own act.")
public final class WithdrawCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private SigningOptions signing;

    @Option(
            names = "--for-good",
            required = true,
            description = "Says that it is meant: only a new admission brings the member back.")
    private boolean forGood;

    @Override
    public Integer call() throws IOException {
        if (!forGood) {
            throw new IllegalArgumentException("say --for-good");
        }
        return signing.sign(
                Kind.WITHDRAW,
                Json.mapper().createObjectNode(),
                List.of(),
                spec.commandLine().getOut());
    }
}
