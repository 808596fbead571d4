package org.kerege.node.hunt;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.kerege.node.command.ExitCode;
import org.kerege.readers.Event;
import org.kerege.readers.LogReader;
import org.kerege.readers.ObservablePaths;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./kerege readers`: how logs are read.
@Command(
        name = "readers",
        mixinStandardHelpOptions = true,
        description = "Shows how logs are read.",
        subcommands = ReadersCommand.Test.class)
public final class ReadersCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say 'readers test FILE'.");
    }

    /// `./kerege readers test FILE`: what a log yields.
    @Command(
            name = "test",
            mixinStandardHelpOptions = true,
            description = {
                "Shows what a log yields: each event with its values by STIX path, each line that",
                "cannot be read with its number and the reason, and counts by kind.",
                "Exit code 1 when a line cannot be read or no event was found."
            })
    static final class Test implements Callable<Integer> {

        @Spec private CommandSpec spec;

        @Mixin private MappingOptions mappings = new MappingOptions();

        @Option(
                names = "--show",
                paramLabel = "N",
                defaultValue = "20",
                description =
                        "Events and lines that are shown; all are counted (${DEFAULT-VALUE}).")
        private int show = 20;

        @Parameters(
                paramLabel = "FILE",
                description = "A log, plain or compressed; - for standard input.")
        private Path file = Path.of("-");

        @Override
        public Integer call() throws IOException {
            PrintWriter out = spec.commandLine().getOut();
            Shown shown = new Shown(out, show);
            LogReader reader = new LogReader(mappings.mappings());
            try (InputStream in = open(file)) {
                reader.read(in, shown);
            }
            shown.conclude();
            out.flush();
            return shown.unread > 0 || shown.events == 0 ? ExitCode.NEGATIVE : ExitCode.SUCCESS;
        }
    }

    /// Opens a log, or standard input for `-`.
    static InputStream open(Path file) throws IOException {
        if (file.toString().equals("-")) {
            return System.in;
        }
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return Files.newInputStream(file);
    }

    private static final class Shown implements LogReader.Listener {

        private final PrintWriter out;
        private final int most;
        private final Map<String, Integer> kinds = new TreeMap<>();
        private int events;
        private int unmapped;
        private int unread;

        Shown(PrintWriter out, int most) {
            this.out = out;
            this.most = most;
        }

        @Override
        public void event(Event event) {
            kinds.merge(event.kind(), 1, Integer::sum);
            if (events++ < most) {
                out.println(
                        "line %d  %s  %s%s"
                                .formatted(
                                        event.line(),
                                        event.kind(),
                                        event.time() == null ? "time unknown" : event.time(),
                                        event.host() == null ? "" : "  on " + event.host()));
                for (ObservablePaths.Shown each : ObservablePaths.of(event)) {
                    out.println("    " + each.path() + " = " + each.value());
                }
            }
        }

        @Override
        public void unmapped(long line) {
            if (unmapped++ < most) {
                out.println("line " + line + "  of a kind that no mapping fits");
            }
        }

        @Override
        public void unread(long line, String why) {
            if (unread++ < most) {
                out.println("line " + line + "  cannot be read: " + why);
            }
        }

        @Override
        public void end() {}

        void conclude() {
            out.println();
            kinds.forEach((kind, count) -> out.println("%,10d  %s".formatted(count, kind)));
            out.println("%,10d  events in all".formatted(events));
            out.println("%,10d  of a kind that no mapping fits".formatted(unmapped));
            out.println("%,10d  lines that cannot be read".formatted(unread));
        }
    }
}
