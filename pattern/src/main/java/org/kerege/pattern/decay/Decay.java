package org.kerege.pattern.decay;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerege.pattern.ComparisonExpression.PropertyTest;
import org.kerege.pattern.ObservationExpression;
import org.kerege.pattern.match.MatchedClause;
import org.kerege.stix.StixObject;
import org.kerege.stix.Timestamp;
import tools.jackson.databind.JsonNode;

/// Scores of indicators by age: `confidence × (1 − (age ÷ lifetime)^(1 ÷ shape))`, 0 to 100, 0 from the lifetime on. A
/// shape of 1 falls in a straight line, a greater one falls fast first, a smaller one late. The age counts from the last
/// change or the beginning of validity, whichever is later; an indicator without a confidence has 50. The same
/// indicator has the same score at the same time everywhere. Immutable.
public final class Decay {

    /// Confidence of an indicator that states none.
    public static final int UNSTATED = 50;

    private final Map<Kind, Model> models;

    private record Model(double lifetimeDays, double shape) {}

    /// What an indicator asks for, as far as it matters to how long that lasts.
    private enum Kind {
        ADDRESS(60, 2),
        URL(90, 1.5),
        NAME(180, 1.5),
        HASH(1_095, 0.5),
        OTHER(365, 1);

        private final double lifetimeDays;
        private final double shape;

        Kind(double lifetimeDays, double shape) {
            this.lifetimeDays = lifetimeDays;
            this.shape = shape;
        }

        private Model usual() {
            return new Model(lifetimeDays, shape);
        }

        private static Kind of(PropertyTest test) {
            return switch (test.path().type()) {
                case "ipv4-addr", "ipv6-addr", "network-traffic" -> ADDRESS;
                case "url" -> URL;
                case "domain-name" -> NAME;
                case "file", "x509-certificate" ->
                        test.path().toString().contains("hashes") ? HASH : OTHER;
                default -> OTHER;
            };
        }
    }

    private Decay(Map<Kind, Model> models) {
        this.models = models;
    }

    /// Addresses 60 days with shape 2, addresses of the web 90 with 1.5, names 180 with 1.5, hashes 1,095 with 0.5, and
    /// what else there is 365 with 1.
    public static Decay usual() {
        Map<Kind, Model> models = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            models.put(kind, kind.usual());
        }
        return new Decay(models);
    }

    /// Reads models, a line each: `address|url|name|hash|other DAYS SHAPE`; `#` begins a comment. What no line names
    /// stays as usual.
    ///
    /// @throws IllegalArgumentException when a line has another form, with its number
    public static Decay read(String text) {
        Decay read = usual();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String bare = line.replaceFirst("#.*", "").strip();
            if (!bare.isEmpty()) {
                String[] words = bare.split("\\s+");
                try {
                    Model model =
                            new Model(Double.parseDouble(words[1]), Double.parseDouble(words[2]));
                    if (words.length != 3 || !(model.lifetimeDays > 0) || !(model.shape > 0)) {
                        throw new IllegalArgumentException("both numbers are above 0");
                    }
                    read.models.put(Kind.valueOf(words[0].toUpperCase(Locale.ROOT)), model);
                } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                    throw new IllegalArgumentException(
                            "line "
                                    + number
                                    + ": a model is 'address|url|name|hash|other DAYS SHAPE', with numbers above 0",
                            e);
                }
            }
        }
        return read;
    }

    /// The score of an indicator, 0 to 100. Of several kinds of values the one that lasts longest counts.
    ///
    /// @param expression of its pattern
    public int score(StixObject indicator, ObservationExpression expression, Instant now) {
        JsonNode stated = indicator.json().path("confidence");
        int confidence = stated.isIntegralNumber() ? Math.clamp(stated.asInt(), 0, 100) : UNSTATED;
        double left = 0;
        double ageDays = ageDays(indicator, now);
        for (PropertyTest test : MatchedClause.testsOf(expression)) {
            Model model = models.getOrDefault(Kind.of(test), Kind.OTHER.usual());
            double part = Math.min(1, ageDays / model.lifetimeDays);
            left = Math.max(left, 1 - Math.pow(part, 1 / model.shape));
        }
        return (int) Math.round(confidence * left);
    }

    private static double ageDays(StixObject indicator, Instant now) {
        Instant changed = instant(indicator.modified());
        String from = indicator.text("valid_from");
        Instant valid = from == null ? Instant.MIN : Timestamp.parse(from).instant();
        Instant since = changed.isAfter(valid) ? changed : valid;
        return since.equals(Instant.MIN)
                ? Double.MAX_VALUE
                : Math.max(0, Duration.between(since, now).toMillis() / 86_400_000.0);
    }

    private static Instant instant(@Nullable Timestamp time) {
        return time == null ? Instant.MIN : time.instant();
    }
}
