package org.kerege.node.council;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.kerege.charter.act.Act;
import org.kerege.charter.act.Kind;
import org.kerege.stix.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./kerege charter vote`: a member takes a position.
@Command(
        name = "vote",
        mixinStandardHelpOptions = true,
        description = "A member takes a position on a proposal.")
public final class VoteCommand implements Callable<Integer> {

    /// What can be said to a proposal.
    public enum Choice {
        FOR,
        AGAINST,
        ABSTAIN
    }

    @Spec private CommandSpec spec;

    @Mixin private SigningOptions signing;

    @Option(
            names = "--proposal",
            required = true,
            paramLabel = "DIGEST",
            description = "The proposal, by the beginning of its digest.")
    private String proposal;

    @Option(names = "--position", required = true, description = "One of ${COMPLETION-CANDIDATES}.")
    private Choice position;

    @Override
    public Integer call() throws IOException {
        Act proposed = signing.act(proposal);
        return signing.sign(
                Kind.VOTE,
                Json.mapper()
                        .createObjectNode()
                        .put("proposal", proposed.digest())
                        .put("position", position.name().toLowerCase(Locale.ROOT)),
                List.of(proposed.digest()),
                spec.commandLine().getOut());
    }
}
