package org.kerege.node.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerege.node.command.ExitCode;
import org.kerege.node.hunt.Found;
import org.kerege.node.hunt.Match;
import org.kerege.node.hunt.Sightings;
import org.kerege.stix.StixObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./kerege demo`: member A publishes, members B and C pull, hunt in their own logs and return sightings. With
/// `--once` it ends, and its exit code says whether every count is as the data set expects.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Three members' nodes on this machine do the main job: publish, pull, hunt, sight.",
        subcommands = HandoverCommand.class)
public final class DemoCommand implements Callable<Integer> {

    private static final String INDICATORS = "member-a-indicators.stix21.json";
    private static final String EXPECTED = "expected-sightings.tsv";

    /// Indicators below this confidence draw an opinion in place of a sighting: the demo's analyst finds them too broad.
    private static final int DOUBTFUL = 40;

    @Spec private CommandSpec spec;

    @Option(
            names = "--once",
            description =
                    "End when the story is told; exit code 0 when all counts are as expected.")
    private boolean once;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with indicators, expected sightings and logs.")
    private @Nullable Path data;

    private int asExpected;
    private int unexpected;
    private boolean handedOver;

    @Override
    public Integer call() throws Exception {
        Path folder = dataFolder();
        ExpectedSightings expected = ExpectedSightings.read(folder.resolve(EXPECTED));
        Path stores = Files.createTempDirectory("kerege-demo");
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        out.println("Data: " + folder.toAbsolutePath().normalize());
        err.println("kerege: starting three nodes, each with its own database ...");
        try (Member a =
                        Member.start(
                                "Member A", stores.resolve("a"), List.of("Member B", "Member C"));
                Member b =
                        Member.start(
                                "Member B", stores.resolve("b"), List.of("Member A", "Member C"));
                Member c =
                        Member.start(
                                "Member C", stores.resolve("c"), List.of("Member A", "Member B"))) {
            tell(folder, expected, a, b, c);
            passTheChair(stores);
            if (!once) {
                stayUp(List.of(a, b, c));
            }
        } finally {
            delete(stores);
        }
        boolean good = unexpected == 0 && asExpected > 0 && handedOver;
        return good ? ExitCode.SUCCESS : ExitCode.NEGATIVE;
    }

    private void passTheChair(Path stores) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        out.println("\n6. The chair passes from Kazakhstan to Kyrgyzstan, by the charter alone:");
        out.flush();
        spec.commandLine().getErr().println("kerege: starting three offices' nodes ...");
        handedOver = new HandoverStory(out).tell(stores);
        out.flush();
    }

    private void tell(Path folder, ExpectedSightings expected, Member a, Member b, Member c)
            throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        long published = a.publish(Files.readAllBytes(folder.resolve(INDICATORS)));
        out.println("\n1. Member A publishes " + published + " objects under TLP:GREEN.");

        Map<Member, String> keys = new LinkedHashMap<>();
        for (Member other : List.of(b, c)) {
            keys.put(other, a.admit(other.name()));
            long came = other.pullFrom(a, keys.get(other));
            out.println("2. " + other.name() + " pulls over TAXII: " + came + " objects.");
        }

        List<String> foreign = expected.logs(false);
        Map<Member, List<String>> logs = new LinkedHashMap<>();
        logs.put(a, expected.logs(true));
        logs.put(b, foreign.subList(0, Math.min(1, foreign.size())));
        logs.put(c, foreign.subList(Math.min(1, foreign.size()), foreign.size()));
        for (Map.Entry<Member, List<String>> own : logs.entrySet()) {
            hunt(folder, expected, own.getKey(), own.getValue(), a, keys.get(own.getKey()));
        }
        showTold(a, Map.of(b.identity().toString(), b.name(), c.identity().toString(), c.name()));
        out.println(
                "\n%d of %d rows of %s are as expected."
                        .formatted(asExpected, asExpected + unexpected, EXPECTED));
        out.flush();
    }

    private void hunt(
            Path folder,
            ExpectedSightings expected,
            Member member,
            List<String> names,
            Member origin,
            @Nullable String key)
            throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        for (String name : names) {
            Path log = locate(folder, name);
            spec.commandLine()
                    .getErr()
                    .println("kerege: " + member.name() + " hunts in " + log.getFileName());
            List<Match> matches = member.hunt(List.of(log));
            Map<String, List<Match>> byIndicator =
                    matches.stream()
                            .collect(
                                    Collectors.groupingBy(
                                            match -> match.indicator().id(),
                                            LinkedHashMap::new,
                                            Collectors.toList()));
            long before =
                    matches.stream().filter(match -> match.timing() == Match.Timing.BEFORE).count();
            out.println(
                    "3. %s hunts in its own log %s: %,d matches of %d indicators%s."
                            .formatted(
                                    member.name(),
                                    log.getFileName(),
                                    matches.size(),
                                    byIndicator.size(),
                                    before == 0
                                            ? ""
                                            : ", %,d of them from before they were published"
                                                    .formatted(before)));
            compare(expected, name, byIndicator);
            if (key != null) {
                report(member, byIndicator, origin, key);
            }
        }
    }

    private void compare(
            ExpectedSightings expected, String log, Map<String, List<Match>> byIndicator) {
        PrintWriter out = spec.commandLine().getOut();
        for (ExpectedSightings.Row row : expected.rows()) {
            if (!row.log().equals(log)) {
                continue;
            }
            List<Match> found = byIndicator.getOrDefault(row.indicator(), List.of());
            String difference = difference(row, found);
            if (difference == null) {
                asExpected++;
            } else {
                unexpected++;
                out.println("   not as expected: " + row.indicator() + ": " + difference);
            }
        }
    }

    /// What differs, null for nothing. Where the table counts by Windows event number, other numbers that the mappings
    /// also read are left out of the comparison.
    private static @Nullable String difference(ExpectedSightings.Row row, List<Match> found) {
        if (row.isPattern()) {
            return found.isEmpty() ? "no match" : null;
        }
        if (row.byEventId().isEmpty()) {
            return Integer.parseInt(row.events()) == found.size()
                    ? null
                    : row.events() + " events expected, " + found.size() + " found";
        }
        Map<String, Integer> counts = new TreeMap<>();
        for (Match match : found) {
            String kind = match.kinds().getFirst();
            String number = kind.substring(kind.lastIndexOf('-') + 1).replaceFirst("^0+", "");
            counts.merge(number, 1, Integer::sum);
        }
        counts.keySet().retainAll(row.byEventId().keySet());
        return counts.equals(row.byEventId())
                ? null
                : row.byEventId() + " expected, " + counts + " found";
    }

    private void report(
            Member member, Map<String, List<Match>> byIndicator, Member origin, String key)
            throws IOException, InterruptedException {
        List<StixObject> told = new ArrayList<>();
        Instant now = Instant.now();
        int opinions = 0;
        for (List<Match> matches : byIndicator.values()) {
            if (matches.getFirst().indicator().object().json().path("confidence").asInt(100)
                    < DOUBTFUL) {
                opinions++;
                told.add(
                        Sightings.falsePositive(
                                matches.getFirst().indicator(),
                                "The value is in everyday use here; "
                                        + matches.size()
                                        + " events, none of them harmful.",
                                member.identity(),
                                Member.GREEN,
                                now));
            } else {
                told.addAll(Sightings.of(Found.of(matches), member.identity(), Member.GREEN, now));
            }
        }
        long accepted = member.tell(told, origin, key);
        spec.commandLine()
                .getOut()
                .println(
                        "4. %s's analyst returns %d sightings and %d opinions: %d objects, %d accepted by %s."
                                .formatted(
                                        member.name(),
                                        byIndicator.size() - opinions,
                                        opinions,
                                        told.size(),
                                        accepted,
                                        origin.name()));
    }

    private void showTold(Member a, Map<String, String> names) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("\n5. " + a.name() + " sees who saw what, and how often:");
        for (StixObject object : a.told()) {
            boolean opinion = object.type().equals("opinion");
            String about =
                    opinion
                            ? object.json().path("object_refs").path(0).asString()
                            : object.text("sighting_of_ref");
            String source = object.text("created_by_ref");
            out.println(
                    "   %-10s %-50s %s"
                            .formatted(
                                    names.getOrDefault(String.valueOf(source), "unknown"),
                                    about,
                                    opinion
                                            ? "opinion: " + object.text("opinion")
                                            : "%,6d times, %s to %s"
                                                    .formatted(
                                                            object.json().path("count").asLong(),
                                                            object.text("first_seen"),
                                                            object.text("last_seen"))));
        }
    }

    private void stayUp(List<Member> members) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        out.println("\nThe nodes stay up until you press Ctrl+C:");
        members.forEach(
                member -> out.println("  " + member.name() + "  " + member.address() + "/taxii2/"));
        out.flush();
        CountDownLatch stopped = new CountDownLatch(1);
        Thread waiting = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    stopped.countDown();
                                    try {
                                        waiting.join(30_000);
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                },
                                "stop"));
        stopped.await();
    }

    private Path dataFolder() {
        if (data != null) {
            if (!Files.exists(data.resolve(EXPECTED))) {
                throw new ParameterException(
                        spec.commandLine(), "There is no " + EXPECTED + " in " + data);
            }
            return data;
        }
        Path home = Path.of(System.getenv().getOrDefault("KEREGE_HOME", "."));
        Path recordings = home.resolve("../shared/data/demo-a-to-b");
        return Files.exists(recordings.resolve(EXPECTED)) ? recordings : home.resolve("demo");
    }

    private static Path locate(Path folder, String log) {
        Path beside = folder.resolve(log);
        return Files.exists(beside) ? beside : folder.resolveSibling(log);
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
