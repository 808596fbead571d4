package org.kerege.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Runs the measurements and prints their figures. Called by `bench/run`, which explains the arguments.
public final class Bench {

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        List<String> given = List.of(arguments);
        Path launcher = Path.of(value(given, "--launcher", "kerege"));
        Path bundles = Path.of(value(given, "--bundles", "."));
        Path work = Path.of(value(given, "--work", "."));
        Sizes sizes = given.contains("--quick") ? Sizes.QUICK : Sizes.FULL;
        if (given.contains("--objects")) {
            sizes = sizes.withObjects(Integer.parseInt(value(given, "--objects", "")));
        }
        List<String> parts = List.of(value(given, "--only", "start,validate,node").split(","));
        Path small = bundles.resolve("ics-attack-18.1.stix21.json.gz");
        Path large = bundles.resolve("enterprise-attack.stix20.json.gz");

        System.out.printf(
                "%s, Java %s, %d processors, load %s%n",
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                Files.readString(Path.of("/proc/loadavg")).strip());
        if (parts.contains("start")) {
            new StartBench(launcher, work.resolve("start")).run(sizes.starts());
        }
        if (parts.contains("validate")) {
            new ValidateBench(small).run();
        }
        if (parts.contains("node")) {
            NodeBench.run(small, large, work.resolve("serving"), sizes);
        }
        if (parts.contains("gate")) {
            GateBench.run(work.resolve("gate"), sizes);
        }
        System.exit(0);
    }

    private static String value(List<String> given, String name, String otherwise) {
        int at = given.indexOf(name);
        return at < 0 || at + 1 == given.size() ? otherwise : given.get(at + 1);
    }
}
