package org.kerege.node.settings;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerege.node.ledger.Postgres;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// What `kerege.yaml` says, with the default of each key; `docs/settings.md` explains them. An unknown key or a value
/// of the wrong kind stops the start.
///
/// @param organisation name of the member that runs this node
/// @param title what the node calls itself to TAXII clients
/// @param data folder of the node's database, keys and backups
/// @param address on which the node listens
/// @param port on which the node listens; 0 for any free one
/// @param database an external PostgreSQL; null for the embedded one
/// @param standings what other organisations are to this one, by name: `member`, `observer` or `partner`
/// @param minimumFreeBytes below so much free disk nothing more is taken in
/// @param upkeep what the node does by itself
/// @param signIn how people sign in
public record Settings(
        String organisation,
        String title,
        Path data,
        String address,
        int port,
        @Nullable Postgres database,
        Map<String, String> standings,
        long minimumFreeBytes,
        Upkeep upkeep,
        SignInRules signIn) {

    private static final Pattern WEB_ADDRESS =
            Pattern.compile(
                    "https://[a-z0-9-]+(\\.[a-z0-9-]+)*(:[0-9]{1,5})?|http://localhost(:[0-9]{1,5})?");

    static final Set<String> KEYS =
            Set.of(
                    "organisation",
                    "title",
                    "data",
                    "address",
                    "port",
                    "database.url",
                    "database.user",
                    "database.password",
                    "alliance",
                    "disk.minimum-free-megabytes",
                    "disk.quota-megabytes",
                    "retention.status-days",
                    "retention.superseded-days",
                    "feeds",
                    "hunt.sources",
                    "hunt.keep-days",
                    "hunt.mappings",
                    "web.address",
                    "web.behind-proxy",
                    "sign-in.longest-hours",
                    "sign-in.idle-minutes",
                    "sign-in.proof-minutes",
                    "sign-in.second-factor",
                    "sign-in.providers");

    public Settings {
        standings = Map.copyOf(standings);
    }

    /// Settings with nothing beyond the usual upkeep.
    public Settings(
            String organisation,
            String title,
            Path data,
            String address,
            int port,
            @Nullable Postgres database,
            Map<String, String> standings,
            long minimumFreeBytes) {
        this(
                organisation,
                title,
                data,
                address,
                port,
                database,
                standings,
                minimumFreeBytes,
                Upkeep.DEFAULT,
                SignInRules.DEFAULT);
    }

    /// Reads a settings file; the defaults alone where there is none.
    ///
    /// @throws IllegalArgumentException when a key is unknown or a value of the wrong kind
    public static Settings read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return of(Map.of(), file.toAbsolutePath().getParent());
        }
        try {
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            Object loaded = new Yaml(new SafeConstructor(options)).load(Files.readString(file));
            if (loaded == null) {
                return of(Map.of(), file.toAbsolutePath().getParent());
            }
            if (!(loaded instanceof Map<?, ?> map)) {
                throw new IllegalArgumentException(
                        file + " holds no settings: it is to have lines like 'port: 8080'");
            }
            return of(map, file.toAbsolutePath().getParent());
        } catch (YAMLException e) {
            throw new IllegalArgumentException(file + " is no YAML: " + e.getMessage(), e);
        }
    }

    private static Settings of(Map<?, ?> given, @Nullable Path folder) {
        for (Object key : given.keySet()) {
            if (!KEYS.contains(String.valueOf(key))) {
                throw new IllegalArgumentException(
                        "kerege.yaml: there is no setting '"
                                + key
                                + "'; the settings are "
                                + new TreeSet<>(KEYS));
            }
        }
        String url = text(given, "database.url", "");
        Path data = Path.of(text(given, "data", "data"));
        return new Settings(
                text(given, "organisation", "this organisation"),
                text(
                        given,
                        "title",
                        "Kerege of " + text(given, "organisation", "this organisation")),
                folder == null ? data : folder.resolve(data),
                text(given, "address", "127.0.0.1"),
                number(given, "port", 8080, 0, 65_535),
                url.isEmpty()
                        ? null
                        : new Postgres(
                                url,
                                text(given, "database.user", "kerege"),
                                text(given, "database.password", "")),
                standings(given.get("alliance")),
                number(given, "disk.minimum-free-megabytes", 512, 1, 1_000_000) * 1_048_576L,
                upkeep(given, folder == null ? Path.of("") : folder),
                signIn(given, folder == null ? Path.of("") : folder));
    }

    private static Upkeep upkeep(Map<?, ?> given, Path folder) {
        boolean quota = given.containsKey("disk.quota-megabytes");
        boolean retention = given.containsKey("retention.superseded-days");
        return new Upkeep(
                Feed.read(given.get("feeds"), folder),
                quota
                        ? number(given, "disk.quota-megabytes", 0, 64, 100_000_000) * 1_048_576L
                        : null,
                Duration.ofDays(number(given, "retention.status-days", 30, 1, 3_650)),
                retention
                        ? Duration.ofDays(number(given, "retention.superseded-days", 0, 1, 36_500))
                        : null,
                new Hunting(
                        LogSource.read(given.get("hunt.sources"), folder),
                        Duration.ofDays(number(given, "hunt.keep-days", 0, 0, 3_650)),
                        mappings(given.get("hunt.mappings"), folder)));
    }

    private static List<Path> mappings(@Nullable Object given, Path folder) {
        if (given == null) {
            return List.of();
        }
        if (!(given instanceof List<?> files)) {
            throw new IllegalArgumentException("kerege.yaml: 'hunt.mappings' is a list of files");
        }
        return files.stream().map(file -> folder.resolve(String.valueOf(file))).toList();
    }

    private static SignInRules signIn(Map<?, ?> given, Path folder) {
        return new SignInRules(
                webAddress(text(given, "web.address", "")),
                yesOrNo(given, "web.behind-proxy"),
                Duration.ofHours(number(given, "sign-in.longest-hours", 12, 1, 168)),
                Duration.ofMinutes(number(given, "sign-in.idle-minutes", 30, 1, 1_440)),
                Duration.ofMinutes(number(given, "sign-in.proof-minutes", 10, 1, 720)),
                roles(given.get("sign-in.second-factor")),
                Provider.read(given.get("sign-in.providers"), folder));
    }

    private static boolean yesOrNo(Map<?, ?> given, String key) {
        Object value = given.get(key);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw new IllegalArgumentException("kerege.yaml: '" + key + "' is true or false");
    }

    /// Scheme, host and port alone: browsers compare passkeys with exactly that.
    private static @Nullable URI webAddress(String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (!WEB_ADDRESS.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "kerege.yaml: 'web.address' is like https://kerege.example or http://localhost:8080,"
                            + " with a name in small letters and without a path");
        }
        return URI.create(text);
    }

    private static Set<String> roles(@Nullable Object given) {
        if (given == null) {
            return Set.of();
        }
        if (!(given instanceof List<?> list)) {
            throw new IllegalArgumentException(
                    "kerege.yaml: 'sign-in.second-factor' lists roles, like [ADMINISTRATOR, RELEASER]");
        }
        return list.stream().map(String::valueOf).collect(Collectors.toSet());
    }

    private static Map<String, String> standings(@Nullable Object alliance) {
        if (alliance == null) {
            return Map.of();
        }
        if (!(alliance instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(
                    "kerege.yaml: 'alliance' lists organisations, each with its standing");
        }
        Map<String, String> standings = new java.util.TreeMap<>();
        map.forEach((name, standing) -> {
            if (!Set.of("member", "observer", "partner").contains(String.valueOf(standing))) {
                throw new IllegalArgumentException(
                        "kerege.yaml: the standing of '"
                                + name
                                + "' is member, observer or partner");
            }
            standings.put(String.valueOf(name), String.valueOf(standing));
        });
        return standings;
    }

    private static String text(Map<?, ?> given, String key, String otherwise) {
        Object value = given.get(key);
        return value == null ? otherwise : String.valueOf(value);
    }

    private static int number(Map<?, ?> given, String key, int otherwise, int from, int to) {
        Object value = given.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Integer number && number >= from && number <= to) {
            return number;
        }
        throw new IllegalArgumentException(
                "kerege.yaml: '" + key + "' is a whole number from " + from + " to " + to);
    }

    /// The same with another data folder and port, as the command line names them.
    public Settings at(Path folder, int otherPort) {
        return with(folder, otherPort, upkeep, signIn);
    }

    /// The same with other upkeep.
    public Settings with(Upkeep other) {
        return with(data, port, other, signIn);
    }

    /// The same with other rules of sign-in.
    public Settings with(SignInRules rules) {
        return with(data, port, upkeep, rules);
    }

    private Settings with(Path folder, int otherPort, Upkeep other, SignInRules rules) {
        return new Settings(
                organisation,
                title,
                folder,
                address,
                otherPort,
                database,
                standings,
                minimumFreeBytes,
                other,
                rules);
    }
}
