package org.kerege.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.kerege.pattern.decay.Decay;
import picocli.CommandLine.Option;

/// Below which score by age an indicator is left out.
public final class DecayOptions {

    @Option(
            names = "--min-score",
            paramLabel = "0-100",
            description = {
                "Leaves out indicators whose confidence, lessened by age, is below this; default: ${DEFAULT-VALUE}.",
                "An address loses all in 60 days, a name in 180, a hash in 1,095."
            },
            defaultValue = "0")
    private int least;

    @Option(
            names = "--decay",
            paramLabel = "FILE",
            description = "Other lifetimes: lines 'address|url|name|hash|other DAYS SHAPE'.")
    private @Nullable Path models;

    /// The lowest score that counts; 0 for every one.
    public int least() {
        if (least < 0 || least > 100) {
            throw new IllegalArgumentException("--min-score is 0 to 100");
        }
        return least;
    }

    /// How indicators age.
    public Decay decay() throws IOException {
        return models == null ? Decay.usual() : Decay.read(Files.readString(models));
    }
}
