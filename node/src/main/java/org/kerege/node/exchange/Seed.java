package org.kerege.node.exchange;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Placement;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Role;
import org.kerege.stix.StixObject;
import org.kerege.stix.Timestamp;
import org.kerege.stix.Versions;
import org.kerege.stix.marking.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Lays a store out from a list: API roots, statuses, users, collections and objects with their dates of adding as
/// given. Only for throw-away servers: it empties the store first.
public final class Seed {

    private static final String CLEAR = Tlp.CLEAR_2.id().toString();

    private final JdbcClient database;
    private final Catalogue catalogue;
    private final Objects objects;
    private final Statuses statuses;
    private final Identity identity;
    private final Gate gate;

    public Seed(
            JdbcClient database,
            Catalogue catalogue,
            Objects objects,
            Statuses statuses,
            Identity identity,
            Gate gate) {
        this.database = database;
        this.catalogue = catalogue;
        this.objects = objects;
        this.statuses = statuses;
        this.identity = identity;
        this.gate = gate;
    }

    /// Adds the accounts of the list, once.
    public void addUsers(JsonNode seed, String organisation) {
        for (var user : seed.path("users").properties()) {
            identity.putAccount(user.getKey(), organisation, Set.of(Role.values()), null);
            identity.setPassword(user.getKey(), user.getValue().asString());
        }
    }

    /// Empties the store and lays it out anew.
    public void layOut(JsonNode seed, String organisation) {
        database.sql(
                        "truncate addition, object_version, person_review, reference, status, delivery, collection, api_root")
                .update();
        catalogue.refresh();
        String standard = seed.path("discovery").path("default").asString("");
        for (JsonNode root : seed.path("api_roots")) {
            String name = root.path("path").asString().replace("/", "");
            JsonNode information = root.path("information");
            catalogue.add(
                    new ApiRoot(
                            name,
                            information.path("title").asString(name),
                            text(information, "description"),
                            information.path("max_content_length").asLong(1 << 20),
                            standard.endsWith("/" + name + "/")));
            for (JsonNode status : root.path("statuses")) {
                statuses.keep(
                        UUID.fromString(status.path("id").asString()),
                        name,
                        Instant.EPOCH,
                        seed.path("users").propertyNames().iterator().next(),
                        status.toString().getBytes(StandardCharsets.UTF_8));
            }
            for (JsonNode collection : root.path("collections")) {
                addCollection(name, collection, organisation);
            }
        }
    }

    private void addCollection(String root, JsonNode json, String organisation) {
        Collection collection =
                catalogue.add(
                        UUID.fromString(json.path("id").asString()),
                        root,
                        text(json, "alias"),
                        json.path("title").asString(),
                        text(json, "description"),
                        CLEAR,
                        specVersions(json),
                        json.path("can_read").asBoolean(),
                        json.path("can_write").asBoolean());
        List<StixObject> contents = new ArrayList<>();
        for (JsonNode content : json.path("contents")) {
            contents.add(StixObject.of((ObjectNode) content.path("object")));
        }
        Gate.Placed placed = gate.place(contents, organisation, true, collection.destination());
        List<Candidate> candidates = new ArrayList<>();
        for (JsonNode content : json.path("contents")) {
            StixObject object = contents.get(candidates.size());
            Placement placement = placed.placements().get(candidates.size());
            candidates.add(
                    new Candidate(
                            candidates.size(),
                            object,
                            Versions.digestBytes(object),
                            placed.references().get(candidates.size()),
                            false,
                            placement.audience(),
                            placement.closure(),
                            null,
                            Timestamp.parse(content.path("date_added").asString()).instant()));
        }
        if (!candidates.isEmpty()) {
            objects.add(collection, new Source(organisation, "file", null), candidates);
        }
    }

    private static String specVersions(JsonNode collection) {
        return collection
                .path("media_types")
                .valueStream()
                .map(type -> type.asString().replaceFirst(".*version=", ""))
                .collect(Collectors.joining(","));
    }

    private static @Nullable String text(JsonNode json, String name) {
        return json.has(name) ? json.path(name).asString() : null;
    }
}
