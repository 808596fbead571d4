package org.kerege.node.council;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.kerege.charter.act.Kind;
import org.kerege.stix.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `./kerege charter join`: a founder signs the charter.
@Command(
        name = "join",
        mixinStandardHelpOptions = true,
        description = "A founder signs the charter, which is in force once enough have.")
public final class JoinCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private SigningOptions signing;

    @Override
    public Integer call() throws IOException {
        return signing.sign(
                Kind.SIGN_CHARTER,
                Json.mapper().createObjectNode(),
                List.of(),
                spec.commandLine().getOut());
    }
}
