package org.kerege.node.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where events to be hunted come from, as `kerege.yaml` declares it under `hunt.sources`.
///
/// @param name how this node calls it: lower case letters, digits and hyphens
public record LogSource(String name, Kind kind) {

    private static final int MOST = 100;
    private static final Set<String> KEYS =
            Set.of("files", "syslog", "certificate", "key", "kafka", "topic", "group");

    /// The kinds of sources.
    public sealed interface Kind {

        /// Files that are followed.
        ///
        /// @param glob path with `*`, `?` and `**` in its last parts; files that come later are followed too
        record Files(String glob) implements Kind {}

        /// A port at which syslog is taken over TCP, under TLS where there is a certificate.
        ///
        /// @param certificate PEM file of the chain; null without TLS
        /// @param key PEM file of its private key, PKCS #8
        record Syslog(String address, int port, @Nullable Path certificate, @Nullable Path key)
                implements Kind {}

        /// A topic of an Apache Kafka cluster, of which each record is a line or several.
        ///
        /// @param servers `host:port`, joined by commas
        record Kafka(String servers, String topic, String group) implements Kind {}
    }

    /// Reads what stands under `hunt.sources`: a name for each, with its keys.
    ///
    /// @param folder from which files are seen
    /// @throws IllegalArgumentException when a key is missing, unknown or of the wrong kind
    static List<LogSource> read(@Nullable Object declared, Path folder) {
        List<LogSource> sources = new ArrayList<>();
        if (declared == null) {
            return sources;
        }
        if (!(declared instanceof Map<?, ?> map) || map.size() > MOST) {
            throw new IllegalArgumentException(
                    "kerege.yaml: 'hunt.sources' lists up to " + MOST + " sources, each by a name");
        }
        map.forEach((name, keys) -> {
            if (!(keys instanceof Map<?, ?> given)) {
                throw wrong(name, "has one of the keys 'files', 'syslog' and 'kafka'");
            }
            sources.add(read(String.valueOf(name), given, folder));
        });
        return sources;
    }

    private static LogSource read(String name, Map<?, ?> given, Path folder) {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
            throw wrong(name, "is named by up to 40 lower case letters, digits and hyphens");
        }
        for (Object key : given.keySet()) {
            if (!KEYS.contains(String.valueOf(key))) {
                throw wrong(name, "has no key '" + key + "'; the keys are " + KEYS);
            }
        }
        String files = text(given, "files");
        String syslog = text(given, "syslog");
        String kafka = text(given, "kafka");
        if (java.util.stream.Stream.of(files, syslog, kafka)
                        .filter(java.util.Objects::nonNull)
                        .count()
                != 1) {
            throw wrong(name, "has one of the keys 'files', 'syslog' and 'kafka'");
        }
        if (files != null) {
            return new LogSource(name, new Kind.Files(folder.resolve(files).toString()));
        }
        if (syslog != null) {
            return new LogSource(name, syslog(name, syslog, given, folder));
        }
        String topic = text(given, "topic");
        if (topic == null) {
            throw wrong(name, "needs 'topic'");
        }
        String group = text(given, "group");
        return new LogSource(
                name,
                new Kind.Kafka(String.valueOf(kafka), topic, group == null ? "kerege" : group));
    }

    private static Kind.Syslog syslog(String name, String place, Map<?, ?> given, Path folder) {
        int colon = place.lastIndexOf(':');
        String port = place.substring(colon + 1);
        if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
            throw wrong(name, "takes 'syslog' at ADDRESS:PORT, not at " + place);
        }
        String certificate = text(given, "certificate");
        String key = text(given, "key");
        if ((certificate == null) != (key == null)) {
            throw wrong(name, "has 'certificate' and 'key', or none of them");
        }
        return new Kind.Syslog(
                place.substring(0, colon),
                Integer.parseInt(port),
                certificate == null ? null : folder.resolve(certificate),
                key == null ? null : folder.resolve(key));
    }

    private static @Nullable String text(Map<?, ?> given, String key) {
        Object value = given.get(key);
        return value == null ? null : String.valueOf(value);
    }

    private static IllegalArgumentException wrong(@Nullable Object name, String rule) {
        return new IllegalArgumentException("kerege.yaml: source '" + name + "' " + rule);
    }
}
