package org.kerege.node.council;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.alliance.ActBundle;
import org.kerege.node.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./kerege charter export`: acts and proofs as one STIX bundle, which the verifier judges alone.
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes all acts with their proofs as one STIX bundle.")
public final class ExportCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private AllianceOptions options;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Standard output when absent.")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException {
        byte[] bundle = ActBundle.write(options.acts());
        if (file == null) {
            spec.commandLine().getOut().println(new String(bundle, StandardCharsets.UTF_8));
        } else {
            Files.write(file, bundle);
        }
        return ExitCode.SUCCESS;
    }
}
