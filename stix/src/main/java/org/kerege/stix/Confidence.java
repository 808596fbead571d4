package org.kerege.stix;

import java.util.List;

/// A scale that people use for confidence, and its steps as ranges of STIX's 0 to 100. Source: STIX 2.1
/// appendix A.
public enum Confidence {
    NONE_LOW_MED_HIGH(
            "none-low-med-high",
            List.of(
                    new Step("None", 0, 0, 0),
                    new Step("Low", 15, 1, 29),
                    new Step("Med", 50, 30, 69),
                    new Step("High", 85, 70, 100))),
    ZERO_TEN(
            "zero-ten",
            List.of(
                    new Step("0", 0, 0, 4),
                    new Step("1", 10, 5, 14),
                    new Step("2", 20, 15, 24),
                    new Step("3", 30, 25, 34),
                    new Step("4", 40, 35, 44),
                    new Step("5", 50, 45, 54),
                    new Step("6", 60, 55, 64),
                    new Step("7", 70, 65, 74),
                    new Step("8", 80, 75, 84),
                    new Step("9", 90, 85, 94),
                    new Step("10", 100, 95, 100))),
    ADMIRALTY(
            "admiralty",
            List.of(
                    new Step("5 - Improbable", 10, 0, 19),
                    new Step("4 - Doubtful", 30, 20, 39),
                    new Step("3 - Possibly True", 50, 40, 59),
                    new Step("2 - Probably True", 70, 60, 79),
                    new Step("1 - Confirmed by other sources", 90, 80, 100))),
    WEP(
            "wep",
            List.of(
                    new Step("Impossible", 0, 0, 0),
                    new Step("Highly Unlikely/Almost Certainly Not", 10, 1, 19),
                    new Step("Unlikely/Probably Not", 30, 20, 39),
                    new Step("Even Chance", 50, 40, 59),
                    new Step("Likely/Probable", 70, 60, 79),
                    new Step("Highly likely/Almost Certain", 90, 80, 99),
                    new Step("Certain", 100, 100, 100))),
    DNI(
            "dni",
            List.of(
                    new Step("Almost No Chance / Remote", 5, 0, 9),
                    new Step("Very Unlikely / Highly Improbable", 15, 10, 19),
                    new Step("Unlikely / Improbable", 30, 20, 39),
                    new Step("Roughly Even Chance / Roughly Even Odds", 50, 40, 59),
                    new Step("Likely / Probable", 70, 60, 79),
                    new Step("Very Likely / Highly Probable", 85, 80, 89),
                    new Step("Almost Certain / Nearly Certain", 95, 90, 100)));

    private final String id;

    // List.of is immutable; the checker knows only types.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Step> steps;

    Confidence(String id, List<Step> steps) {
        this.id = id;
        this.steps = steps;
    }

    /// One step of a scale: its words, the value they stand for and the values that read as them.
    public record Step(String label, int value, int from, int to) {}

    /// Steps from the least confidence to the most.
    public List<Step> steps() {
        return steps;
    }

    /// The scale's name in files and on the command line, such as `admiralty`.
    public String id() {
        return id;
    }

    /// The words of this scale for a confidence.
    ///
    /// @param value 0 to 100
    /// @throws MalformedStix when the value is outside that range
    public String label(int value) {
        for (Step step : steps) {
            if (step.from() <= value && value <= step.to()) {
                return step.label();
            }
        }
        throw new MalformedStix(
                "/confidence",
                "confidence is 0 to 100 (STIX 2.1 §3.2)",
                value + " is outside 0 to 100");
    }

    /// The confidence that the words of this scale stand for, 0 to 100.
    ///
    /// @throws MalformedStix when the scale has no such words; case matters
    public int value(String label) {
        for (Step step : steps) {
            if (step.label().equals(label)) {
                return step.value();
            }
        }
        throw new MalformedStix(
                "/confidence",
                "a scale has its own words (STIX 2.1 appendix A)",
                "'" + MalformedStix.excerpt(label) + "' is no step of the scale " + id);
    }

    /// The scale of that name.
    ///
    /// @throws MalformedStix when there is none
    public static Confidence named(String id) {
        for (Confidence scale : values()) {
            if (scale.id.equals(id)) {
                return scale;
            }
        }
        throw new MalformedStix(
                "/confidence",
                "scales are those of STIX 2.1 appendix A",
                "no scale is called '" + id + "'");
    }
}
