package org.kerege.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.kerege.node.server.NodeServer;
import org.kerege.node.settings.Settings;
import org.kerege.node.exchange.ApiRoot;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.Source;
import org.kerege.node.exchange.Verdicts;
import org.kerege.node.identity.Identity;
import org.kerege.node.identity.Role;
import org.kerege.node.ledger.Postgres;

/// Fills a new node with copies of a real bundle and measures what it does, each figure beside its limit in the same
/// run: a bare JDBC reader for pages, nginx for pages asked again.
final class NodeBench {

    private static final int PAGE = 1_000;
    private static final int WARM_UP = 20_000;
    private static final int CLIENTS = 4;
    private static final int REPEATED_PAGES = 20;
    private static final String CLEAR = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487";
    private static final String TAXII = "application/taxii+json;version=2.1";
    private static final String PASSWORD = "of this measurement alone";

    private final NodeServer node;
    private final Copies copies;
    private final Sizes sizes;
    private final Collection collection;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    private NodeBench(NodeServer node, Copies copies, Sizes sizes) {
        this.node = node;
        this.copies = copies;
        this.sizes = sizes;
        Catalogue catalogue = node.part(Catalogue.class);
        catalogue.add(new ApiRoot("root", "Root", null, 1 << 28, true));
        this.collection =
                catalogue.add(
                        UUID.randomUUID(), "root", "all", "All", null, CLEAR, "2.1", true, true);
        Identity identity = node.part(Identity.class);
        // A reader of another organisation: its pages pass the gate and are recorded as deliveries.
        identity.putAccount("own", "Alpha", Set.of(Role.values()), null);
        identity.setPassword("own", PASSWORD);
        identity.putAccount("other", "Beta", Set.of(Role.READER), null);
        identity.setPassword("other", PASSWORD);
        this.base = "http://127.0.0.1:" + node.port() + "/root/collections/all/objects/";
    }

    /// Fills a new node and measures it.
    ///
    /// @param bundle whose copies fill the store
    /// @param large bundle that is imported whole
    /// @param folder empty
    static void run(Path bundle, Path large, Path folder, Sizes sizes) throws Exception {
        Path settings = Files.createDirectories(folder.resolve("node")).resolve("kerege.yaml");
        Files.writeString(
                settings,
                """
                organisation: Alpha
                port: 0
                disk.minimum-free-megabytes: 1
                alliance:
                  Beta: member
                """);
        try (NodeServer node = NodeServer.start(Settings.read(settings))) {
            NodeBench bench = new NodeBench(node, new Copies(bundle), sizes);
            bench.imports(large);
            bench.posts();
            bench.serving(folder);
        }
    }

    /// The large bundle, and copies of it with identifiers of their own, each into a collection of its own.
    private void imports(Path large) throws IOException {
        Copies whole = new Copies(large);
        // One round warms the program up on other objects.
        double cold = admit(copies.envelope(WARM_UP), "warm-up");
        Figures.say("import into a cold program", cold, "objects/s");
        List<Double> rates = new ArrayList<>();
        int objects = 0;
        for (int i = 0; i < sizes.imports(); i++) {
            List<String> copy = whole.next();
            objects = copy.size();
            rates.add(admit(Copies.envelope(copy), "import-" + i));
        }
        Figures.say(
                "import of " + objects + " objects, validated and durable",
                Figures.median(rates),
                "objects/s",
                ">= 20000");
    }

    /// Takes objects in by the same door as TAXII and the command line; answers objects per second.
    private double admit(byte[] document, String alias) throws IOException {
        Collection into =
                node.part(Catalogue.class)
                        .add(
                                UUID.randomUUID(),
                                "root",
                                alias,
                                alias,
                                null,
                                CLEAR,
                                "2.1",
                                true,
                                true);
        long begin = System.nanoTime();
        Verdicts verdicts =
                node.part(Intake.class)
                        .admit(
                                into,
                                new Source("Alpha", "file", null),
                                new ByteArrayInputStream(document));
        double seconds = Figures.seconds(begin);
        if (!verdicts.refused().isEmpty()) {
            Figures.say("refused at import", verdicts.refused().size(), "objects");
        }
        return verdicts.all().size() / seconds;
    }

    /// Fills the collection by TAXII, slice by slice, so that a store that slows down as it grows is seen to.
    private void posts() throws Exception {
        List<Double> rates = new ArrayList<>();
        for (int held = 0; held < sizes.objects(); held += sizes.slice()) {
            double rate = post(sizes.slice());
            rates.add(rate);
            Figures.say(
                    "POST of 1,000 a time, up to " + (held + sizes.slice()),
                    rate,
                    "objects/s",
                    ">= 10000");
        }
        Figures.say(
                "POST, last slice against the first", rates.getLast() / rates.getFirst(), "ratio");
    }

    private double post(int count) throws Exception {
        BlockingQueue<byte[]> envelopes = new LinkedBlockingQueue<>();
        for (int i = 0; i < count; i += PAGE) {
            envelopes.add(copies.envelope(PAGE));
        }
        long begin = System.nanoTime();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                running.add(clients.submit(() -> hand(envelopes)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        return count / Figures.seconds(begin);
    }

    private @Nullable Void hand(BlockingQueue<byte[]> envelopes)
            throws IOException, InterruptedException {
        for (byte[] envelope = envelopes.poll(); envelope != null; envelope = envelopes.poll()) {
            HttpResponse<byte[]> answer =
                    client.send(
                            request(base, "own")
                                    .header("Content-Type", TAXII)
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(envelope))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            require(answer.statusCode(), 202);
        }
        return null;
    }

    private void serving(Path folder) throws Exception {
        // Twice: the first round warms both readers up on other accounts' pages.
        jdbc();
        pages("own", true);
        double bare = jdbc();
        List<Double> times = new ArrayList<>();
        List<String> targets = pages("other", false, times);
        double served = held() / times.stream().mapToDouble(Double::doubleValue).sum();
        Figures.say("pages of 1,000 never asked before", served, "objects/s");
        Figures.say("bare JDBC keyset reader, the same rows", bare, "objects/s");
        Figures.say("pages against bare JDBC", served / bare, "ratio", ">= 0.8");
        Figures.say("page p99", Figures.percentile(times, 0.99) * 1_000, "ms", "<= 50");
        int tenth = Math.max(1, times.size() / 10);
        Figures.say(
                "last tenth of pages against the first, median time",
                Figures.median(times.subList(times.size() - tenth, times.size()))
                        / Figures.median(times.subList(0, tenth)),
                "ratio");
        Figures.say("poll with nothing new p99", poll(), "ms", "<= 5");
        repeated(targets.subList(0, Math.min(REPEATED_PAGES, targets.size())), folder);
    }

    private void pages(String account, boolean warm) throws Exception {
        pages(account, warm, new ArrayList<>());
    }

    /// Reads the collection to its end, page by page.
    ///
    /// @param warm to stop after fifty pages
    /// @param times gets the seconds of each page
    /// @return the addresses asked for
    private List<String> pages(String account, boolean warm, List<Double> times)
            throws IOException, InterruptedException {
        List<String> targets = new ArrayList<>();
        @Nullable String target = base + "?limit=" + PAGE;
        while (target != null && !(warm && targets.size() == 50)) {
            targets.add(target);
            long begin = System.nanoTime();
            HttpResponse<byte[]> answer =
                    client.send(
                            request(target, account).GET().build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            times.add(Figures.seconds(begin));
            require(answer.statusCode(), 200);
            // The envelope begins with its cursor, so that the objects need not be read for it.
            String head =
                    new String(
                            answer.body(),
                            0,
                            Math.min(900, answer.body().length),
                            StandardCharsets.UTF_8);
            int at = head.indexOf("\"next\":\"");
            target =
                    at < 0
                            ? null
                            : base
                                    + "?limit="
                                    + PAGE
                                    + "&next="
                                    + head.substring(at + 8, head.indexOf('"', at + 8));
        }
        return targets;
    }

    /// The least that any server would do: the same rows by key, one connection, binary. Objects per second.
    private double jdbc() throws SQLException {
        Postgres at = node.part(Postgres.class);
        int read = 0;
        long begin = System.nanoTime();
        try (Connection connection =
                        DriverManager.getConnection(
                                at.url() + "?binaryTransfer=true&prepareThreshold=1",
                                at.user(),
                                at.password());
                PreparedStatement select =
                        connection.prepareStatement(
                                """
                                select a.date_added, a.seq, p.body from addition a join ledger_payload p using (seq)
                                where a.collection = ? and (a.date_added, a.seq) > (?, ?)
                                order by a.date_added, a.seq limit ?\
                                """)) {
            OffsetDateTime date = OffsetDateTime.parse("1970-01-01T00:00:00Z");
            long seq = -1;
            int page;
            do {
                page = 0;
                select.setInt(1, collection.number());
                select.setObject(2, date);
                select.setLong(3, seq);
                select.setInt(4, PAGE);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        date = row.getObject(1, OffsetDateTime.class);
                        seq = row.getLong(2);
                        page += row.getBytes(3).length > 0 ? 1 : 0;
                    }
                }
                read += page;
            } while (page == PAGE);
        }
        return read / Figures.seconds(begin);
    }

    private double poll() throws IOException, InterruptedException {
        String target = base + "?added_after=2999-01-01T00:00:00.000Z";
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < sizes.polls() + 500; i++) {
            long begin = System.nanoTime();
            require(
                    client.send(
                                    request(target, "other").GET().build(),
                                    HttpResponse.BodyHandlers.ofByteArray())
                            .statusCode(),
                    200);
            times.add(Figures.seconds(begin));
        }
        return Figures.percentile(times.subList(500, times.size()), 0.99) * 1_000;
    }

    /// The same pages again and again, and the same bytes as static files of nginx.
    private void repeated(List<String> targets, Path folder) throws Exception {
        Path files = Files.createDirectories(folder.resolve("nginx/html"));
        List<String> statics = new ArrayList<>();
        int port = freePort();
        for (String target : targets) {
            byte[] body =
                    client.send(
                                    request(target, "other").GET().build(),
                                    HttpResponse.BodyHandlers.ofByteArray())
                            .body();
            String name = statics.size() + ".json";
            Files.write(files.resolve(name), body);
            statics.add("http://127.0.0.1:" + port + "/" + name);
        }
        Path configuration = folder.resolve("nginx/nginx.conf");
        Files.writeString(
                configuration,
                """
                daemon off; user root root; worker_processes 1; pid nginx.pid; error_log error.log;
                events { worker_connections 256; }
                http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
                  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
                  uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                  server { listen 127.0.0.1:%d; root html; } }
                """
                        .formatted(port));
        Process nginx =
                new ProcessBuilder(
                                "nginx",
                                "-p",
                                folder.resolve("nginx").toString(),
                                "-c",
                                configuration.toAbsolutePath().toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("nginx/out").toFile())
                        .start();
        try {
            awaitAnswer(statics.getFirst());
            rate(targets);
            rate(statics);
            double ours = rate(targets);
            double theirs = rate(statics);
            Figures.say("pages asked again", ours, "pages/s");
            Figures.say("the same bytes from nginx", theirs, "pages/s");
            Figures.say("pages asked again against nginx", ours / theirs, "ratio", ">= 0.5");
        } finally {
            nginx.destroy();
        }
    }

    private void awaitAnswer(String target) throws IOException, InterruptedException {
        for (int i = 0; ; i++) {
            try {
                require(
                        client.send(
                                        request(target, "other").GET().build(),
                                        HttpResponse.BodyHandlers.discarding())
                                .statusCode(),
                        200);
                return;
            } catch (IOException e) {
                if (i == 100) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }

    private double rate(List<String> targets) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        int count = 0;
        while (Figures.seconds(begin) < sizes.secondsAgain()) {
            String target = targets.get(count++ % targets.size());
            require(
                    client.send(
                                    request(target, "other").GET().build(),
                                    HttpResponse.BodyHandlers.ofByteArray())
                            .statusCode(),
                    200);
        }
        return count / Figures.seconds(begin);
    }

    private int held() throws SQLException {
        Postgres at = node.part(Postgres.class);
        try (Connection connection =
                        DriverManager.getConnection(at.url(), at.user(), at.password());
                PreparedStatement select =
                        connection.prepareStatement(
                                "select count(*) from addition where collection = ?")) {
            select.setInt(1, collection.number());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static HttpRequest.Builder request(String target, String account) {
        String pair = account + ":" + PASSWORD;
        return HttpRequest.newBuilder(URI.create(target))
                .header("Accept", TAXII)
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    private static int freePort() throws IOException {
        try (var probe =
                new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static void require(int status, int expected) {
        if (status != expected) {
            throw new IllegalStateException("status " + status + " in place of " + expected);
        }
    }
}
