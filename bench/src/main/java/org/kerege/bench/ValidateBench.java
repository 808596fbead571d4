package org.kerege.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.kerege.pattern.IndicatorPatterns;
import org.kerege.stix.BundleReader;
import org.kerege.stix.Json;
import org.kerege.stix.validation.Policy;
import org.kerege.stix.validation.Validator;

/// Validating a bundle on one thread beside parsing the same bytes with the same JSON library alone.
final class ValidateBench {

    private static final int WARM_UP = 8;
    private static final int ROUNDS = 9;

    private final Validator validator = new Validator(Policy.STANDARD, new IndicatorPatterns());
    private final byte[] bundle;
    private long seen;

    /// @param bundle packed with gzip
    ValidateBench(Path bundle) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(bundle))) {
            this.bundle = in.readAllBytes();
        }
    }

    void run() throws IOException {
        for (int i = 0; i < WARM_UP; i++) {
            parse();
            validate();
        }
        List<Double> parsing = new ArrayList<>();
        List<Double> validating = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            parsing.add(parse());
            validating.add(validate());
        }
        double parsed = Figures.median(parsing);
        double validated = Figures.median(validating);
        Figures.say(
                "validate a bundle of " + (bundle.length >> 20) + " MB",
                validated,
                "MB/s",
                ">= 100, or");
        Figures.say("the same bytes through readTree alone", parsed, "MB/s");
        Figures.say("validate against readTree", validated / parsed, "ratio", ">= 0.5");
        Figures.say("objects and trees seen (so that all is done)", (double) seen, "");
    }

    private double parse() {
        long begin = System.nanoTime();
        seen += Json.mapper().readTree(bundle).size();
        return rate(begin);
    }

    private double validate() throws IOException {
        long begin = System.nanoTime();
        BundleReader.read(
                new ByteArrayInputStream(bundle),
                item -> {
                    if (item instanceof BundleReader.Item.Read(int _, var object)) {
                        seen += validator.validate(object.json()).valid() ? 1 : 0;
                    }
                });
        return rate(begin);
    }

    private double rate(long begin) {
        return bundle.length / 1e6 / Figures.seconds(begin);
    }
}
