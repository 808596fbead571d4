package org.kerege.node.council;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.kerege.node.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `./kerege charter trust`: names the founding act that a node believes; all else it verifies.
@Command(
        name = "trust",
        mixinStandardHelpOptions = true,
        description = "Names the founding act that this node trusts, by its digest.")
public final class TrustCommand implements Callable<Integer> {

    @Mixin private AllianceOptions options;

    @Parameters(paramLabel = "DIGEST", description = "64 hexadecimal digits, from a member.")
    private String digest;

    @Override
    public Integer call() throws IOException {
        if (!digest.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "'" + digest + "' is no digest of 64 hexadecimal digits in lower case");
        }
        Path folder = options.folder();
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("founding"), digest + "\n");
        return ExitCode.SUCCESS;
    }
}
