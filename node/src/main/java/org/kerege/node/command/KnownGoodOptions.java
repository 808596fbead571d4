package org.kerege.node.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kerege.pattern.warning.WarningList;
import org.kerege.pattern.warning.WarningListFiles;
import org.kerege.pattern.warning.WarningLists;
import picocli.CommandLine.Option;

/// Which warning lists hold back known-good values for a command.
public final class KnownGoodOptions {

    @Option(
            names = "--known-good",
            paramLabel = "PLACE",
            description = {
                "Warning lists in MISP's format, files or folders: what is on them is held back.",
                "Without it those that 'warning-lists' keeps and that are on."
            })
    private List<Path> places = List.of();

    @Option(
            names = "--known-good-except",
            split = ",",
            paramLabel = "NAME,…",
            description = "Lists of --known-good that hold nothing back.")
    private List<String> except = List.of();

    @Option(names = "--no-known-good", description = "Nothing is held back.")
    private boolean none;

    /// The lists.
    ///
    /// @param node the member's, beside whose data lists are kept
    public WarningLists lists(NodeOptions node) throws IOException {
        if (none) {
            return WarningLists.NONE;
        }
        if (places.isEmpty()) {
            WarningListFolder kept = new WarningListFolder(node.settings().data());
            return kept.exists() ? kept.switchedOn() : WarningLists.NONE;
        }
        Map<String, WarningList> lists = new TreeMap<>(WarningListFiles.read(places));
        for (String name : except) {
            if (lists.remove(name) == null) {
                throw new IllegalArgumentException("there is no warning list '" + name + "' there");
            }
        }
        return WarningLists.of(lists);
    }
}
