package org.kerege.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// How long a built node on an existing data folder takes to its first answer, from the command line as its user types
/// it, and what it and its PostgreSQL hold in memory when nobody asks anything.
final class StartBench {

    private static final Duration SETTLED = Duration.ofSeconds(10);

    private final Path launcher;
    private final Path data;

    StartBench(Path launcher, Path data) {
        this.launcher = launcher;
        this.data = data;
    }

    void run(int starts) throws IOException, InterruptedException {
        try (Running first = new Running()) {
            Figures.say("very first start, data folder made", first.secondsToAnswer, "s");
        }
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < starts; i++) {
            try (Running again = new Running()) {
                times.add(again.secondsToAnswer);
                if (i == starts - 1) {
                    Thread.sleep(SETTLED);
                    Figures.say(
                            "idle memory with PostgreSQL, shared counted once",
                            again.kilobytes("Pss:") / 1024.0,
                            "MB",
                            "<= 512");
                    Figures.say(
                            "idle memory, resident sets added up",
                            again.kilobytes("Rss:") / 1024.0,
                            "MB");
                }
            }
        }
        Figures.say(
                "start to first answer, median of " + starts, Figures.median(times), "s", "<= 6");
        Figures.say("start to first answer, slowest", Figures.percentile(times, 1), "s");
    }

    /// A node in processes of its own, from the start of the launcher to the end of this object.
    private final class Running implements AutoCloseable {

        private final Process process;
        private final double secondsToAnswer;

        Running() throws IOException, InterruptedException {
            long begin = System.nanoTime();
            process =
                    new ProcessBuilder(
                                    launcher.toString(),
                                    "up",
                                    "--port",
                                    "0",
                                    "--data",
                                    data.toString())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            URI address = address();
            try (HttpClient client = HttpClient.newHttpClient()) {
                // Without credentials the node says that it wants some: an answer like any other.
                client.send(
                        HttpRequest.newBuilder(address).build(),
                        HttpResponse.BodyHandlers.discarding());
            }
            secondsToAnswer = Figures.seconds(begin);
        }

        private URI address() throws IOException {
            BufferedReader out =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                int at = line.indexOf("answers at ");
                if (at >= 0) {
                    return URI.create(line.substring(at + "answers at ".length()));
                }
            }
            throw new IOException("the node did not start");
        }

        /// A line of each process's memory account, added up. Source: proc(5), `smaps_rollup`.
        long kilobytes(String line) throws IOException {
            long sum = 0;
            List<ProcessHandle> all =
                    Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
            for (ProcessHandle one : all) {
                Path account = Path.of("/proc/" + one.pid() + "/smaps_rollup");
                sum +=
                        Files.readAllLines(account).stream()
                                .filter(text -> text.startsWith(line))
                                .mapToLong(text -> Long.parseLong(text.replaceAll("\\D", "")))
                                .sum();
            }
            return sum;
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }
}
