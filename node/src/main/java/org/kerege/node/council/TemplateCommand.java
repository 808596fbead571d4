package org.kerege.node.council;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.kerege.node.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `./kerege charter template`: a draft of a charter to fill in.
@Command(
        name = "template",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a draft of a charter to fill in: members, rotation, decision rules, witnesses.",
            "It founds an alliance as it stands: init --charter FILE --dir DIR."
        })
public final class TemplateCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (InputStream in = TemplateCommand.class.getResourceAsStream("template.json")) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its file template.json");
            }
            spec.commandLine()
                    .getOut()
                    .print(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        spec.commandLine().getOut().flush();
        return ExitCode.SUCCESS;
    }
}
