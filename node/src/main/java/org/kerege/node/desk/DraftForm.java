package org.kerege.node.desk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerege.node.exchange.draft.Draft;
import org.kerege.node.exchange.draft.Findings;
import org.kerege.node.exchange.draft.Observable;
import org.kerege.stix.StixId;
import org.kerege.stix.marking.Tlp;

/// A draft as its form carries it. Whatever a browser sends becomes a good draft: what is not is replaced by the default.
///
/// @param found everything that was found
/// @param chosen what is to be published of it
/// @param collection identifier of the collection, as text
/// @param days for which the indicators are valid
public record DraftForm(
        UUID key,
        Instant at,
        List<Observable> found,
        Set<Observable> chosen,
        String collection,
        String marking,
        String indicatorType,
        int days,
        String description) {

    /// Levels that a draft can carry: TLP:RED names persons, which a draft does not.
    public static final List<Tlp> LEVELS =
            List.of(Tlp.CLEAR_2, Tlp.GREEN_2, Tlp.AMBER_2, Tlp.AMBER_STRICT_2);

    /// Types of indicators. Source: STIX 2.1 §10.13.
    public static final List<String> TYPES =
            List.of(
                    "malicious-activity",
                    "anomalous-activity",
                    "compromised",
                    "anonymization",
                    "attribution",
                    "benign",
                    "unknown");

    public static final int DAYS = 90;
    public static final int MOST_DAYS = 3_650;
    private static final int LONGEST_DESCRIPTION = 2_000;
    private static final Duration LONGEST_DRAFTING = Duration.ofDays(1);

    public DraftForm {
        found = List.copyOf(found);
        chosen = Set.copyOf(chosen);
    }

    /// A new draft of what was found in a text; all that can be drafted is chosen.
    static DraftForm of(Findings findings, String collection, Clock clock) {
        return new DraftForm(
                UUID.randomUUID(),
                clock.instant(),
                findings.all(),
                findings.all().stream()
                        .filter(one -> one.obstacle().isEmpty())
                        .collect(Collectors.toSet()),
                collection,
                Tlp.GREEN_2.level().name(),
                TYPES.getFirst(),
                DAYS,
                "");
    }

    /// Reads what a form sent; each find is read anew.
    ///
    /// @param sent parameters of the request, of which any may be missing
    static DraftForm of(Map<String, String[]> sent, Clock clock) {
        List<Observable> found =
                all(sent, "found").limit(Findings.MOST).flatMap(DraftForm::observable).toList();
        Set<String> chosen = all(sent, "chosen").collect(Collectors.toSet());
        String marking = first(sent, "marking");
        String type = first(sent, "kind");
        String days = first(sent, "days");
        String description = first(sent, "description");
        return new DraftForm(
                uuid(first(sent, "key")),
                instant(first(sent, "at"), clock),
                found,
                found.stream()
                        .filter(one -> one.obstacle().isEmpty() && chosen.contains(one.value()))
                        .collect(Collectors.toSet()),
                first(sent, "collection"),
                LEVELS.stream().map(level -> level.level().name()).anyMatch(marking::equals)
                        ? marking
                        : Tlp.AMBER_STRICT_2.level().name(),
                TYPES.contains(type) ? type : "unknown",
                days.matches("\\d{1,4}") ? Math.clamp(Integer.parseInt(days), 1, MOST_DAYS) : DAYS,
                description
                        .substring(0, Math.min(description.length(), LONGEST_DESCRIPTION))
                        .replace('\0', ' ')
                        .strip());
    }

    private static Stream<Observable> observable(String value) {
        return Observable.of(value).stream();
    }

    private static Stream<String> all(Map<String, String[]> sent, String name) {
        return Arrays.stream(sent.getOrDefault(name, new String[0]));
    }

    private static String first(Map<String, String[]> sent, String name) {
        return all(sent, name).findFirst().orElse("");
    }

    /// @param creator identity of the organisation that publishes, null where none is held
    Draft draft(@Nullable StixId creator) {
        Tlp level =
                LEVELS.stream()
                        .filter(one -> one.level().name().equals(marking))
                        .findFirst()
                        .orElse(Tlp.AMBER_STRICT_2);
        return new Draft(
                key, at, description, indicatorType, Duration.ofDays(days), level, creator);
    }

    /// Whether a find is to be published.
    public boolean has(Observable one) {
        return chosen.contains(one);
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return UUID.randomUUID();
        }
    }

    /// When the draft was begun; now for a time that is none, lies ahead or long back.
    private static Instant instant(String text, Clock clock) {
        Instant now = clock.instant();
        try {
            Instant at = Instant.parse(text);
            return at.isAfter(now) || at.isBefore(now.minus(LONGEST_DRAFTING)) ? now : at;
        } catch (DateTimeParseException e) {
            return now;
        }
    }
}
