package org.kerege.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.kerege.pattern.warning.WarningList;
import org.kerege.pattern.warning.WarningListFiles;
import org.kerege.pattern.warning.WarningLists;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./kerege warning-lists`: the lists of known-good values that hold back matches and drafts.
@Command(
        name = "warning-lists",
        mixinStandardHelpOptions = true,
        description = "Keeps lists of known-good values, each on or off.")
public final class WarningListsCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Say what to do: 'import PLACE', 'list', 'on NAME', 'off NAME' or 'test VALUE'.");
    }

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = {
                "Takes lists in MISP's format in, or newer versions of lists that are held. Lists of services that",
                "anybody can rent or hide behind begin switched off."
            })
    int take(
            @Mixin NodeOptions node,
            @Parameters(paramLabel = "PLACE", arity = "1..*", description = "Files or folders.")
                    List<Path> places)
            throws IOException {
        for (Path place : places) {
            if (!Files.exists(place)) {
                throw new NoSuchFileException(place.toString());
            }
        }
        WarningListFolder folder = folder(node);
        Map<String, WarningListFolder.Change> changes = folder.take(WarningListFiles.read(places));
        PrintWriter out = spec.commandLine().getOut();
        Set<String> off = folder.off();
        changes.forEach((name, change) ->
                out.printf(
                        "%-9s  %-3s  %s%n",
                        change.name().toLowerCase(Locale.ROOT),
                        off.contains(name) ? "off" : "on",
                        name));
        out.flush();
        return changes.isEmpty() ? ExitCode.NEGATIVE : ExitCode.SUCCESS;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists them, with type, version and number of entries.")
    int list(@Mixin NodeOptions node) throws IOException {
        WarningListFolder folder = folder(node);
        Set<String> off = folder.off();
        PrintWriter out = spec.commandLine().getOut();
        for (Map.Entry<String, WarningList> one : folder.all().entrySet()) {
            WarningList list = one.getValue();
            out.printf(
                    "%-3s  %-9s  %10d  %,9d  %s%n",
                    off.contains(one.getKey()) ? "off" : "on",
                    list.type().name().toLowerCase(Locale.ROOT),
                    list.version(),
                    list.entries().size(),
                    one.getKey());
        }
        out.flush();
        return ExitCode.SUCCESS;
    }

    @Command(
            name = "on",
            mixinStandardHelpOptions = true,
            description = "Switches lists on: they hold back.")
    int on(
            @Mixin NodeOptions node,
            @Parameters(paramLabel = "NAME", arity = "1..*", description = "Names of lists.")
                    List<String> names)
            throws IOException {
        folder(node).set(names, true);
        return ExitCode.SUCCESS;
    }

    @Command(
            name = "off",
            mixinStandardHelpOptions = true,
            description = "Switches lists off: they hold nothing back.")
    int off(
            @Mixin NodeOptions node,
            @Parameters(paramLabel = "NAME", arity = "1..*", description = "Names of lists.")
                    List<String> names)
            throws IOException {
        folder(node).set(names, false);
        return ExitCode.SUCCESS;
    }

    @Command(
            name = "test",
            mixinStandardHelpOptions = true,
            description =
                    "Says which list holds a value back; exit code 1 when one value is held by none.")
    int test(
            @Mixin NodeOptions node,
            @Option(names = "--all", description = "Asks lists that are off too.") boolean all,
            @Parameters(paramLabel = "VALUE", arity = "1..*", description = "Values.")
                    List<String> values)
            throws IOException {
        WarningListFolder folder = folder(node);
        WarningLists lists = all ? WarningLists.of(folder.all()) : folder.switchedOn();
        PrintWriter out = spec.commandLine().getOut();
        boolean held = true;
        for (String value : values) {
            String list = lists.holding(value).orElse("");
            held &= !list.isEmpty();
            out.println(value + ": " + (list.isEmpty() ? "on no list" : "held back by " + list));
        }
        out.flush();
        return held ? ExitCode.SUCCESS : ExitCode.NEGATIVE;
    }

    private static WarningListFolder folder(NodeOptions node) throws IOException {
        return new WarningListFolder(node.settings().data());
    }
}
