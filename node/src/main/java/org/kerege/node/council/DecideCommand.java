package org.kerege.node.council;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.act.Kind;
import org.kerege.stix.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/// `./kerege charter decide`: a proposal is closed by the votes that are here.
@Command(
        name = "decide",
        mixinStandardHelpOptions = true,
        description = "Closes a proposal by the votes that are here; the result is counted.")
public final class DecideCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private SigningOptions signing;

    @Option(
            names = "--proposal",
            required = true,
            paramLabel = "DIGEST",
            description = "The proposal, by the beginning of its digest.")
    private String proposal;

    @Option(
            names = "--session",
            paramLabel = "DIGEST",
            description =
                    "The session in which it is decided: whoever has no credentials there"
                            + " counts as absent.")
    private @Nullable String session;

    @Override
    public Integer call() throws IOException {
        String proposed = signing.act(proposal).digest();
        ObjectNode content = Json.mapper().createObjectNode().put("proposal", proposed);
        List<String> follows = new ArrayList<>(List.of(proposed));
        if (session != null) {
            String digest = signing.act(session).digest();
            content.put("session", digest);
            follows.add(digest);
        }
        follows.addAll(Closing.listVotes(content, signing.place().verification()));
        return signing.sign(Kind.DECISION, content, follows, spec.commandLine().getOut());
    }
}
