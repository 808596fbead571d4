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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerege.node.NodeServer;
import org.kerege.node.Settings;
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
/// run: a bare JDBC reader for pages, nginx for pages asked again. Prints one line a figure.
///
/// Arguments: the bundle (STIX 2.1, gzip), an empty folder, the number of objects to fill the store with.
public final class NodeBench {

    private static final int PAGE = 1_000;
    private static final int IMPORTED = 24_000;
    private static final int WARM_UP = 20_000;
    private static final int POSTS = 15;
    private static final int POLLS = 2_000;
    private static final int REPEATED_PAGES = 20;
    private static final String CLEAR = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487";
    private static final String TAXII = "application/taxii+json;version=2.1";
    private static final String PASSWORD = "of this measurement alone";

    private final NodeServer node;
    private final Copies copies;
    private final Collection collection;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    private NodeBench(NodeServer node, Copies copies) {
        this.node = node;
        this.copies = copies;
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

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        int size = Integer.parseInt(arguments[2]);
        Settings settings =
                new Settings(
                        "Alpha",
                        "A measurement",
                        folder.resolve("node"),
                        "127.0.0.1",
                        0,
                        null,
                        Map.of("Beta", "member"),
                        1 << 20);
        try (NodeServer node = NodeServer.start(settings)) {
            NodeBench bench = new NodeBench(node, new Copies(Path.of(arguments[0])));
            bench.run(size, folder);
        }
        System.exit(0);
    }

    private void run(int size, Path folder) throws Exception {
        admit(WARM_UP);
        say("import, validated and durable", admit(IMPORTED), "objects/s");
        say("POST of 1,000 into a nearly empty store", post(), "objects/s");
        int held = held();
        while (held < size) {
            admit(20_000);
            held += 20_000;
        }
        say("POST of 1,000 into " + held() + " objects", post(), "objects/s");
        // Twice: the first round warms both readers up on other accounts' pages.
        jdbc();
        pages("own", true);
        double bare = jdbc();
        List<Double> times = new ArrayList<>();
        List<String> targets = pages("other", false, times);
        double served = held() / times.stream().mapToDouble(Double::doubleValue).sum();
        say("pages never asked before", served, "objects/s");
        say("bare JDBC keyset reader", bare, "objects/s");
        say("pages against bare JDBC", served / bare, "ratio");
        say("page p99", percentile(times, 0.99) * 1_000, "ms");
        say("poll with nothing new p99", poll(), "ms");
        repeated(targets.subList(0, Math.min(REPEATED_PAGES, targets.size())), folder);
    }

    /// Takes objects in by the same door as TAXII and the command line; answers objects per second.
    private double admit(int count) throws IOException {
        List<byte[]> documents = new ArrayList<>();
        for (int i = 0; i < count; i += 8_000) {
            documents.add(copies.envelope(Math.min(8_000, count - i)));
        }
        long begin = System.nanoTime();
        for (byte[] document : documents) {
            Verdicts verdicts =
                    node.part(Intake.class)
                            .admit(
                                    collection,
                                    new Source("Alpha", "file", null),
                                    new ByteArrayInputStream(document));
            if (!verdicts.refused().isEmpty()) {
                throw new IllegalStateException(
                        "refused: " + verdicts.refused().getFirst().message());
            }
        }
        return count / seconds(begin);
    }

    private double post() throws IOException, InterruptedException {
        List<byte[]> envelopes = new ArrayList<>();
        for (int i = 0; i < POSTS; i++) {
            envelopes.add(copies.envelope(PAGE));
        }
        long begin = System.nanoTime();
        for (byte[] envelope : envelopes) {
            HttpResponse<byte[]> answer =
                    client.send(
                            request(base, "own")
                                    .header("Content-Type", TAXII)
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(envelope))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            require(answer.statusCode(), 202);
        }
        return POSTS * PAGE / seconds(begin);
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
            times.add(seconds(begin));
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
        return read / seconds(begin);
    }

    private double poll() throws IOException, InterruptedException {
        String target = base + "?added_after=2999-01-01T00:00:00.000Z";
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < POLLS + 500; i++) {
            long begin = System.nanoTime();
            require(
                    client.send(
                                    request(target, "other").GET().build(),
                                    HttpResponse.BodyHandlers.ofByteArray())
                            .statusCode(),
                    200);
            times.add(seconds(begin));
        }
        return percentile(times.subList(500, times.size()), 0.99) * 1_000;
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
                daemon off; worker_processes 1; pid nginx.pid; error_log error.log;
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
            say("pages asked again", ours, "pages/s");
            say("the same bytes from nginx", theirs, "pages/s");
            say("pages asked again against nginx", ours / theirs, "ratio");
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
        while (seconds(begin) < 4) {
            String target = targets.get(count++ % targets.size());
            require(
                    client.send(
                                    request(target, "other").GET().build(),
                                    HttpResponse.BodyHandlers.ofByteArray())
                            .statusCode(),
                    200);
        }
        return count / seconds(begin);
    }

    private int held() throws SQLException {
        Postgres at = node.part(Postgres.class);
        try (Connection connection =
                        DriverManager.getConnection(at.url(), at.user(), at.password());
                PreparedStatement select =
                        connection.prepareStatement("select count(*) from addition");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getInt(1);
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

    private static double percentile(List<Double> values, double part) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void say(String what, double figure, String unit) {
        System.out.printf(Locale.ROOT, "%-45s %12.2f %s%n", what, figure, unit);
        System.out.flush();
    }
}
