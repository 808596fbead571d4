package org.kerege.node;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerege.node.exchange.ApiRoot;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Collection;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Role;
import org.kerege.node.ledger.Postgres;
import org.kerege.node.ledger.TestDatabases;
import org.kerege.node.server.NodeServer;
import org.kerege.node.settings.Settings;
import org.kerege.stix.BundleReader;
import org.kerege.stix.marking.Tlp;

/// A node with one collection and one account, and objects to put into it.
public final class TestStore {

    public static final String ORGANISATION = "Alpha";
    public static final String ACCOUNT = "alpha";
    public static final String PASSWORD = "a secret of this test alone";

    private static final String ROOT = "root";
    private static final String ALIAS = "all";
    private static final String CLEAR = Tlp.CLEAR_2.id().toString();

    private TestStore() {}

    /// A node on a database of its own on the tests' server; its other files go into `folder`.
    public static Settings settings(Path folder) {
        return settings(folder, TestDatabases.laidOut());
    }

    /// A node on this database, or on an embedded server of its own where it is null.
    public static Settings settings(Path folder, @Nullable Postgres database) {
        return new Settings(
                ORGANISATION,
                "A test",
                folder,
                "127.0.0.1",
                0,
                database,
                Map.of("Beta", "member"),
                1 << 20);
    }

    /// Lays out a new store: collection `all` in the root `root`, and an account with every role.
    public static Collection layOut(NodeServer node) {
        Catalogue catalogue = node.part(Catalogue.class);
        catalogue.add(new ApiRoot(ROOT, "Root", null, 1 << 24, true));
        catalogue.add(UUID.randomUUID(), ROOT, ALIAS, "All", null, CLEAR, "2.1", true, true);
        Identity identity = node.part(Identity.class);
        identity.putAccount(ACCOUNT, ORGANISATION, Set.of(Role.values()), null);
        identity.setPassword(ACCOUNT, PASSWORD);
        return collection(node);
    }

    public static Collection collection(NodeServer node) {
        return node.part(Catalogue.class).collection(ROOT, ALIAS).orElseThrow();
    }

    /// New identifiers of identities.
    public static Set<String> newIds(int count) {
        Set<String> ids = new TreeSet<>();
        while (ids.size() < count) {
            ids.add("identity--" + UUID.randomUUID());
        }
        return ids;
    }

    /// An envelope of identities.
    public static byte[] envelope(Set<String> ids) {
        return ids.stream()
                .map(id ->
                        """
                        {"type":"identity","spec_version":"2.1","id":"%s",\
                        "created":"2024-01-01T00:00:00.000Z","modified":"2024-01-01T00:00:00.000Z",\
                        "name":"One of many","identity_class":"organization"}\
                        """
                                .formatted(id))
                .collect(Collectors.joining(",", "{\"objects\":[", "]}"))
                .getBytes(StandardCharsets.UTF_8);
    }

    /// The same as the intake takes it.
    public static List<BundleReader.Item> items(Set<String> ids) {
        List<BundleReader.Item> items = new ArrayList<>();
        try {
            BundleReader.readEnvelope(new ByteArrayInputStream(envelope(ids)), items::add);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be read", e);
        }
        return items;
    }
}
