package org.kerege.node.hunt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.kerege.pattern.match.Network;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Values that are known to be harmless, from warning lists in MISP's format (`list.json`: `type` and `list`). A match
/// that rests on such values alone is held back and counted.
public final class KnownGood {

    public static final KnownGood NONE = new KnownGood(Set.of(), Set.of(), List.of());

    private final Set<String> values;
    private final Set<String> domains;
    private final List<Network> networks;

    private KnownGood(Set<String> values, Set<String> domains, List<Network> networks) {
        this.values = values;
        this.domains = domains;
        this.networks = networks;
    }

    /// Reads lists from files or, of a folder, from every `.json` or `.json.gz` below it.
    ///
    /// @throws MalformedStix when a file is no warning list
    public static KnownGood read(List<Path> places) throws IOException {
        Set<String> values = new HashSet<>();
        Set<String> domains = new HashSet<>();
        List<Network> networks = new ArrayList<>();
        for (Path place : places) {
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.filter(KnownGood::isList).sorted().toList()) {
                    add(file, values, domains, networks);
                }
            }
        }
        return new KnownGood(values, domains, networks);
    }

    private static boolean isList(Path file) {
        String name = file.toString();
        return Files.isRegularFile(file) && (name.endsWith(".json") || name.endsWith(".json.gz"));
    }

    private static void add(
            Path file, Set<String> values, Set<String> domains, List<Network> networks)
            throws IOException {
        JsonNode list;
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            list = Json.mapper().readTree(in);
        } catch (JacksonException e) {
            throw new MalformedStix(
                    "", "a warning list is JSON", file + " is no warning list: " + Json.reason(e));
        }
        String type = list.path("type").asString("");
        for (JsonNode entry : list.path("list")) {
            String value = entry.asString("").toLowerCase(Locale.ROOT);
            switch (type) {
                case "cidr" -> Network.parse(value).ifPresent(networks::add);
                case "hostname" -> domains.add(value.startsWith(".") ? value.substring(1) : value);
                case "string" -> values.add(value);
                default -> {
                    // Substrings and expressions would hold back more than anyone has looked at.
                }
            }
        }
    }

    /// Whether a value is known to be harmless: listed, inside a listed network, or below a listed host name.
    public boolean holds(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (values.contains(lower)) {
            return true;
        }
        if (!domains.isEmpty() && lower.indexOf('.') > 0) {
            String name = lower;
            while (true) {
                if (domains.contains(name)) {
                    return true;
                }
                int dot = name.indexOf('.');
                if (dot < 0) {
                    break;
                }
                name = name.substring(dot + 1);
            }
        }
        if (networks.isEmpty()) {
            return false;
        }
        Optional<Network> address = Network.parse(lower);
        return address.isPresent()
                && networks.stream().anyMatch(network -> network.contains(address.get()));
    }
}
