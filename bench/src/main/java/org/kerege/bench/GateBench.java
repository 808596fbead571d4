package org.kerege.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Channel;
import org.kerege.gate.Purpose;
import org.kerege.gate.View;
import org.kerege.node.exchange.ApiRoot;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.OwnAdditions;
import org.kerege.node.exchange.Page;
import org.kerege.node.exchange.Position;
import org.kerege.node.exchange.Query;
import org.kerege.node.exchange.ReadObjects;
import org.kerege.node.gate.Gate;
import org.kerege.node.ledger.Postgres;
import org.kerege.node.server.NodeServer;
import org.kerege.node.settings.Settings;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the gate costs where there are many audiences, and how soon a change of members is seen. The store is laid out by
/// SQL: objects of 890 bytes, spread over 10,000 audiences. The same pages are read with the gate and, by the same
/// statement without what the gate adds to it, without.
final class GateBench {

    private static final int PAGE = 1_000;
    private static final int AUDIENCES = 10_000;
    private static final int ROUNDS = 3;
    private static final String ALPHA = "identity--1a2b3c4d-0000-4000-8000-00000000000a";

    private final Path folder;
    private final int objects;

    private GateBench(Path folder, int objects) {
        this.folder = folder;
        this.objects = objects;
    }

    /// @param folder empty
    static void run(Path folder, Sizes sizes) throws Exception {
        new GateBench(Files.createDirectories(folder), sizes.objects()).run();
    }

    private void run() throws Exception {
        Path settings = folder.resolve("kerege.yaml");
        Files.writeString(
                settings, "organisation: Alpha\nport: 0\ndisk.minimum-free-megabytes: 1\n");
        Files.createDirectories(folder.resolve("data"));
        members("observer", 1);
        UUID id = UUID.randomUUID();
        try (NodeServer node = NodeServer.start(Settings.read(settings))) {
            Catalogue catalogue = node.part(Catalogue.class);
            catalogue.add(new ApiRoot("root", "Root", null, 1 << 28, true));
            Collection collection =
                    catalogue.add(id, "root", "all", "All", null, null, "2.1", true, true);
            fill(node.part(JdbcClient.class), collection.number());
        }
        try (NodeServer node = NodeServer.start(Settings.read(settings))) {
            Collection collection =
                    node.part(Catalogue.class).collection("root", "all").orElseThrow();
            rates(node, collection);
            change(node, collection);
        }
    }

    private void members(String standingOfBeta, int change) throws IOException {
        Path file = folder.resolve("data/members.yaml");
        Files.writeString(
                file,
                """
                organisations:
                  - {name: Alpha, standing: member, identity: %s}
                  - {name: Beta, standing: %s}
                  - {name: Gamma, standing: member}
                """
                        .formatted(ALPHA, standingOfBeta));
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(change)));
    }

    /// Audiences are TLP:AMBER with an end each of its own, so that none equals another: members have them all.
    private void fill(JdbcClient database, int collection) {
        database.sql(
                        """
                        insert into audience (key) select '{"role":"ORIGINATOR","source":"%s","tlp":"AMBER",'
                            || '"closes":"' || to_char(timestamp '2100-01-01' + n * interval '1 hour',
                                'YYYY-MM-DD"T"HH24:MI:SS"Z"') || '"}'
                        from generate_series(1, %d) n\
                        """
                                .formatted(ALPHA, AUDIENCES))
                .update();
        database.sql(
                        """
                        insert into closure (key)
                        values ('{"open":true,"needed":[],"any_of":[],"optional":[],"parts":[]}')\
                        """)
                .update();
        int first = database.sql("select min(number) from audience").query(Integer.class).single();
        int closure = database.sql("select min(number) from closure").query(Integer.class).single();
        database.sql(
                        """
                        insert into ledger_entry (seq, kind, recorded_at, leaf)
                        select n, 1, now(), '' from generate_series(1000000, 1000000 + %1$d - 1) n;
                        insert into ledger_payload (seq, salt, meta, body)
                        select n, '', '{}', convert_to(rpad('{"type":"tool","id":"tool--' || n || '","name":"', 888, 'x')
                            || '"}', 'UTF8') from generate_series(1000000, 1000000 + %1$d - 1) n;
                        insert into object_version (seq, object_id, version, type, spec_version, source, digest, audience,
                            closure)
                        select n, 'tool--' || n, '2026-01-01T00:00:00', 'tool', '2.1', 'Alpha', '', %2$d + n %% %3$d, %4$d
                        from generate_series(1000000, 1000000 + %1$d - 1) n;
                        insert into addition (collection, date_added, seq, object_id, version, type, spec_version,
                            audience, closure, superseded)
                        select %5$d, timestamptz '2026-01-01' + n * interval '10 microseconds', n, 'tool--' || n,
                            '2026-01-01T00:00:00', 'tool', '2.1', %2$d + n %% %3$d, %4$d, false
                        from generate_series(1000000, 1000000 + %1$d - 1) n;
                        update collection set last_added = (select max(date_added) from addition);
                        analyze\
                        """
                                .formatted(objects, first, AUDIENCES, closure, collection))
                .update();
    }

    private void rates(NodeServer node, Collection collection) throws SQLException {
        ReadObjects read = node.part(ReadObjects.class);
        View gamma = node.part(Gate.class).view("Gamma", Channel.TAXII);
        List<Double> with = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        for (int round = 0; round <= ROUNDS; round++) {
            double bare = bare(node.part(Postgres.class), collection.number());
            double gated = gated(read, collection, gamma);
            if (round > 0) {
                without.add(bare);
                with.add(gated);
            }
        }
        Figures.say("pages of 1,000 with 10,000 audiences", Figures.median(with), "objects/s");
        Figures.say("the same without the gate", Figures.median(without), "objects/s");
        Figures.say(
                "with the gate against without",
                Figures.median(with) / Figures.median(without),
                "ratio",
                ">= 0.9");
        List<Double> views = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            long begin = System.nanoTime();
            node.part(Gate.class)
                    .view(
                            "Organisation " + i,
                            null,
                            Channel.TAXII,
                            Purpose.DEFENCE,
                            Instant.now());
            views.add(Figures.seconds(begin) * 1_000);
        }
        Figures.say("a reader's view made anew", Figures.median(views), "ms");
    }

    private double gated(ReadObjects read, Collection collection, View view) {
        long count = 0;
        long begin = System.nanoTime();
        @Nullable Position after = null;
        Page page;
        do {
            page = read.objects(collection, view, Query.ALL, after, PAGE);
            count += page.items().size();
            after = page.items().isEmpty() ? null : page.items().getLast().position();
        } while (page.more());
        if (count != objects) {
            throw new IllegalStateException("read " + count + " of " + objects);
        }
        return count / Figures.seconds(begin);
    }

    /// The statement of [ReadObjects] without what the gate adds, and the same columns taken from it.
    private double bare(Postgres at, int collection) throws SQLException {
        long count = 0;
        long begin = System.nanoTime();
        try (Connection connection =
                        DriverManager.getConnection(at.url(), at.user(), at.password());
                PreparedStatement select =
                        connection.prepareStatement(
                                """
                                select a.seq, a.date_added, a.object_id, a.version, a.spec_version, a.audience, a.closure,
                                    p.body
                                from addition a join ledger_payload p on p.seq = a.seq
                                where a.collection = ? and (a.date_added, a.seq) > (?, ?)
                                  and (not a.superseded or not exists (select 1 from addition b where b.collection = ?
                                      and b.object_id = a.object_id
                                      and (b.spec_version, b.version) > (a.spec_version, a.version)))
                                order by a.date_added, a.seq limit ?\
                                """)) {
            OffsetDateTime date = OffsetDateTime.parse("1970-01-01T00:00:00Z");
            long seq = -1;
            int page;
            do {
                page = 0;
                select.setInt(1, collection);
                select.setObject(2, date);
                select.setLong(3, seq);
                select.setInt(4, collection);
                select.setInt(5, PAGE + 1);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        if (++page <= PAGE) {
                            seq = row.getLong(1);
                            date = row.getObject(2, OffsetDateTime.class);
                            count +=
                                    row.getString(3).isEmpty()
                                                    || row.getString(4).isEmpty()
                                                    || row.getString(5).isEmpty()
                                                    || row.getInt(6) + row.getInt(7) == 0
                                                    || row.getBytes(8).length == 0
                                            ? 0
                                            : 1;
                        }
                    }
                }
            } while (page > PAGE);
        }
        return count / Figures.seconds(begin);
    }

    /// A reader that has polled before becomes a member: all is opened to it. From the change of the file on.
    private void change(NodeServer node, Collection collection) throws Exception {
        OwnAdditions own = node.part(OwnAdditions.class);
        Gate gate = node.part(Gate.class);
        ReadObjects read = node.part(ReadObjects.class);
        own.settle(collection, gate.view("Beta", Channel.TAXII));
        Instant cursor = Instant.now();
        Query since = new Query(cursor, List.of(), List.of(), Query.Versions.LAST, List.of());

        long begin = System.nanoTime();
        members("member", 2);
        int fresh = 0;
        while (fresh == 0) {
            View beta = gate.view("Beta", Channel.TAXII);
            fresh = read.objects(collection, beta, Query.ALL, null, PAGE).items().size();
            Thread.sleep(10);
        }
        Figures.say("a new member reads its first page", Figures.seconds(begin), "s", "<= 2");
        View beta = gate.view("Beta", Channel.TAXII);
        own.settle(collection, beta);
        while (read.objects(collection, beta, since, null, PAGE).items().isEmpty()) {
            Thread.sleep(10);
        }
        Figures.say("the first page after its old cursor", Figures.seconds(begin), "s", "<= 2");
        long opened = 0;
        while (opened < objects) {
            Thread.sleep(200);
            opened =
                    node.part(JdbcClient.class)
                            .sql("select count(*) from addition where reader is not null")
                            .query(Long.class)
                            .single();
        }
        Figures.say("all " + objects + " opened to it, behind", Figures.seconds(begin), "s");

        begin = System.nanoTime();
        members("suspended", 3);
        int left = PAGE;
        while (left > 0) {
            left =
                    read.objects(
                                    collection,
                                    gate.view("Beta", Channel.TAXII),
                                    Query.ALL,
                                    null,
                                    PAGE)
                            .items()
                            .size();
            Thread.sleep(10);
        }
        Figures.say("one suspended reads nothing more", Figures.seconds(begin), "s", "<= 2");
    }
}
