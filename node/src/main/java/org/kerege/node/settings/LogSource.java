package org.kerege.node.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where events to be hunted come from, as `kerege.yaml` declares it under `hunt.sources`.
///
/// @param name how this node calls it: lower case letters, digits and hyphens
public record LogSource(String name, Kind kind) {

    private static final Declared.Form FORM =
            new Declared.Form(
                    "hunt.sources",
                    "source",
                    100,
                    Set.of("files", "syslog", "certificate", "key", "kafka", "topic", "group"),
                    "has one of the keys 'files', 'syslog' and 'kafka'");

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
        return FORM.read(declared, one -> read(one, folder));
    }

    private static LogSource read(Declared given, Path folder) {
        String files = given.text("files");
        String syslog = given.text("syslog");
        String kafka = given.text("kafka");
        if (java.util.stream.Stream.of(files, syslog, kafka)
                        .filter(java.util.Objects::nonNull)
                        .count()
                != 1) {
            throw given.wrong("has one of the keys 'files', 'syslog' and 'kafka'");
        }
        if (files != null) {
            return new LogSource(given.name(), new Kind.Files(folder.resolve(files).toString()));
        }
        if (syslog != null) {
            return new LogSource(given.name(), syslog(syslog, given, folder));
        }
        String topic = given.text("topic");
        if (topic == null) {
            throw given.wrong("needs 'topic'");
        }
        return new LogSource(
                given.name(),
                new Kind.Kafka(String.valueOf(kafka), topic, given.text("group", "kerege")));
    }

    private static Kind.Syslog syslog(String place, Declared given, Path folder) {
        int colon = place.lastIndexOf(':');
        String port = place.substring(colon + 1);
        if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
            throw given.wrong("takes 'syslog' at ADDRESS:PORT, not at " + place);
        }
        String certificate = given.text("certificate");
        String key = given.text("key");
        if ((certificate == null) != (key == null)) {
            throw given.wrong("has 'certificate' and 'key', or none of them");
        }
        return new Kind.Syslog(
                place.substring(0, colon),
                Integer.parseInt(port),
                certificate == null ? null : folder.resolve(certificate),
                key == null ? null : folder.resolve(key));
    }
}
