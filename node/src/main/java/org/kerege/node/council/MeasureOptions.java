package org.kerege.node.council;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.act.Possession;
import org.kerege.stix.Json;
import org.kerege.tlog.SigningKey;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a proposal does once it is adopted: the measures that are wanted most by options of their own, any other in JSON.
final class MeasureOptions {

    @ArgGroup private @Nullable Named named;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "With --admit and --replace-key: the member's key, as it prints it.")
    private @Nullable String key;

    @Option(
            names = "--proof",
            paramLabel = "TEXT",
            description = "With --replace-key: the new key's proof, where it lies elsewhere.")
    private @Nullable String proof;

    @Option(
            names = "--new",
            paramLabel = "NAME",
            description = "In place of --key: a key of this place.")
    private @Nullable String local;

    @Option(
            names = "--measure",
            paramLabel = "JSON",
            description = "Any other measure (docs/charter.md); may be repeated.")
    private List<String> measures = List.of();

    /// One measure.
    static final class Named {
        @Option(names = "--admit", paramLabel = "MEMBER", description = "Admits a member.")
        private @Nullable String admit;

        @Option(names = "--suspend", paramLabel = "MEMBER", description = "Suspends a member.")
        private @Nullable String suspend;

        @Option(names = "--readmit", paramLabel = "MEMBER", description = "Ends a suspension.")
        private @Nullable String readmit;

        @Option(names = "--exclude", paramLabel = "MEMBER", description = "Excludes a member.")
        private @Nullable String exclude;

        @Option(names = "--observer", paramLabel = "NAME", description = "Admits an observer.")
        private @Nullable String observer;

        @Option(names = "--partner", paramLabel = "NAME", description = "Admits a partner.")
        private @Nullable String partner;

        @Option(names = "--end-observer", paramLabel = "NAME", description = "Ends its standing.")
        private @Nullable String endObserver;

        @Option(names = "--end-partner", paramLabel = "NAME", description = "Ends its standing.")
        private @Nullable String endPartner;

        @Option(
                names = "--revoke-key",
                paramLabel = "NAME",
                description = "Ends a stolen key, by k of n members, whoever chairs.")
        private @Nullable String revokeKey;

        @Option(
                names = "--replace-key",
                paramLabel = "MEMBER",
                description = "Replaces all keys of a member, by the council's threshold.")
        private @Nullable String replaceKey;
    }

    /// The measures, in order.
    ///
    /// @throws IllegalArgumentException when options do not fit together
    ArrayNode read(SigningOptions signing) throws IOException {
        ArrayNode list = Json.mapper().createArrayNode();
        Named one = named;
        if (one != null) {
            list.add(read(one, signing));
        }
        for (String measure : measures) {
            try {
                list.add(Json.mapper().readTree(measure));
            } catch (JacksonException e) {
                throw new IllegalArgumentException("--measure: " + Json.reason(e), e);
            }
        }
        return list;
    }

    private ObjectNode read(Named one, SigningOptions signing) throws IOException {
        if (one.admit != null) {
            return measure("admit-member", "member", one.admit).put("key", keyText(signing));
        }
        if (one.replaceKey != null) {
            return replacement(one.replaceKey, signing);
        }
        if (one.suspend != null) {
            return measure("suspend-member", "member", one.suspend);
        }
        if (one.readmit != null) {
            return measure("readmit-member", "member", one.readmit);
        }
        if (one.exclude != null) {
            return measure("withdraw-member", "member", one.exclude);
        }
        if (one.observer != null) {
            return measure("admit-observer", "name", one.observer);
        }
        if (one.partner != null) {
            return measure("admit-partner", "name", one.partner);
        }
        if (one.endObserver != null) {
            return measure("end-observer", "name", one.endObserver);
        }
        if (one.endPartner != null) {
            return measure("end-partner", "name", one.endPartner);
        }
        return measure("revoke-key", "key", String.valueOf(one.revokeKey));
    }

    private ObjectNode replacement(String member, SigningOptions signing) throws IOException {
        ObjectNode measure = measure("replace-key", "member", member);
        if (local != null) {
            SigningKey fresh = signing.key(local);
            String alliance = signing.place().founding(signing.acts());
            return measure.put("key", fresh.verifier().toString())
                    .put("proof", Possession.prove(fresh, alliance, member));
        }
        if (key == null || proof == null) {
            throw new IllegalArgumentException(
                    "--replace-key needs --new NAME, or --key and --proof from where the key lies");
        }
        return measure.put("key", key).put("proof", proof);
    }

    private String keyText(SigningOptions signing) throws IOException {
        if (local != null) {
            return signing.key(local).verifier().toString();
        }
        if (key == null) {
            throw new IllegalArgumentException(
                    "--admit needs --key, which './kerege charter keys' prints at the new member");
        }
        return key;
    }

    private static ObjectNode measure(String kind, String name, String value) {
        return Json.mapper().createObjectNode().put("kind", kind).put(name, value);
    }

    /// A title for a proposal that has none: its first measure in words.
    static String title(ArrayNode measures) {
        JsonNode first = measures.path(0);
        String about =
                first.path("member")
                        .asString(first.path("name").asString(first.path("key").asString("")));
        return (first.path("kind").asString("").replace('-', ' ') + " " + about).strip();
    }
}
