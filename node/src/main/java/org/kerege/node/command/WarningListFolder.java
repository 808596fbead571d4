package org.kerege.node.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.kerege.pattern.warning.WarningList;
import org.kerege.pattern.warning.WarningListFiles;
import org.kerege.pattern.warning.WarningLists;
import org.kerege.stix.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A member's warning lists: the folder `warning-lists` beside its node's data, with the file `off` that names those
/// that hold nothing back.
final class WarningListFolder {

    /// Begins of names of lists that say where something stands, not that it is harmless: services that anybody can
    /// rent or hide behind, and places to which only the infected go. They are off until somebody switches them on.
    private static final List<String> NOT_HARMLESS =
            List.of(
                    "amazon-",
                    "microsoft-azure",
                    "ovh-",
                    "cloudflare",
                    "vpn-",
                    "icloud-private-relay",
                    "dynamic-dns",
                    "disposable-email",
                    "public-ipfs",
                    "parking-",
                    "sinkholes",
                    "whats-my-ip",
                    "tor-",
                    "umbrella-blockpage",
                    "zscaler",
                    "telegram-ips",
                    "digitalside");

    private final Path folder;

    WarningListFolder(Path data) {
        this.folder = data.resolve("warning-lists");
    }

    /// What became of a list that was handed in.
    enum Change {
        ADDED,
        UPDATED,
        UNCHANGED,
        OLDER
    }

    boolean exists() {
        return Files.isDirectory(folder);
    }

    /// Every list that is held, by its short name.
    Map<String, WarningList> all() throws IOException {
        return exists() ? WarningListFiles.read(List.of(folder)) : Map.of();
    }

    /// Those that hold back.
    WarningLists switchedOn() throws IOException {
        Map<String, WarningList> on = new TreeMap<>(all());
        on.keySet().removeAll(off());
        return WarningLists.of(on);
    }

    /// Short names of lists that hold nothing back.
    Set<String> off() throws IOException {
        Path file = folder.resolve("off");
        return Files.exists(file)
                ? new TreeSet<>(Files.readAllLines(file, StandardCharsets.UTF_8))
                : new TreeSet<>();
    }

    /// Switches lists on or off.
    ///
    /// @throws IllegalArgumentException when there is no list of a name
    void set(Collection<String> names, boolean on) throws IOException {
        Set<String> held = all().keySet();
        Set<String> off = off();
        for (String name : names) {
            if (!held.contains(name)) {
                throw new IllegalArgumentException("there is no warning list '" + name + "' here");
            }
            if (on) {
                off.remove(name);
            } else {
                off.add(name);
            }
        }
        keep(off);
    }

    private void keep(Set<String> off) throws IOException {
        Path next = folder.resolve("off.next");
        Files.write(next, off, StandardCharsets.UTF_8);
        Files.move(next, folder.resolve("off"), StandardCopyOption.ATOMIC_MOVE);
    }

    /// Keeps lists, in place of older versions of them. A list that is new and says nothing of harmlessness begins
    /// switched off.
    ///
    /// @return what became of each, by its short name
    Map<String, Change> take(Map<String, WarningList> lists) throws IOException {
        Files.createDirectories(folder);
        Map<String, WarningList> held = all();
        Set<String> off = off();
        Map<String, Change> changes = new TreeMap<>();
        for (Map.Entry<String, WarningList> entry : lists.entrySet()) {
            String name = entry.getKey();
            Change change = change(held.get(name), entry.getValue());
            changes.put(name, change);
            if (change == Change.ADDED || change == Change.UPDATED) {
                write(name, entry.getValue());
            }
            if (change == Change.ADDED && NOT_HARMLESS.stream().anyMatch(name::startsWith)) {
                off.add(name);
            }
        }
        keep(off);
        return changes;
    }

    private static Change change(@Nullable WarningList held, WarningList handed) {
        if (held == null) {
            return Change.ADDED;
        }
        if (handed.version() < held.version()) {
            return Change.OLDER;
        }
        return held.equals(handed) ? Change.UNCHANGED : Change.UPDATED;
    }

    private void write(String name, WarningList list) throws IOException {
        if (!name.matches("[\\w.-]{1,100}")) {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of a list");
        }
        ObjectNode json =
                Json.mapper()
                        .createObjectNode()
                        .put("name", list.title())
                        .put("version", list.version())
                        .put("type", list.type().name().toLowerCase(Locale.ROOT));
        ArrayNode about = json.putArray("matching_attributes");
        list.about().stream().sorted().forEach(kind -> about.add(kind.attribute()));
        ArrayNode entries = json.putArray("list");
        list.entries().forEach(entries::add);
        Path next = folder.resolve(name + ".next");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(next))) {
            out.write(json.toString().getBytes(StandardCharsets.UTF_8));
        }
        Files.move(next, folder.resolve(name + ".json.gz"), StandardCopyOption.ATOMIC_MOVE);
    }
}
