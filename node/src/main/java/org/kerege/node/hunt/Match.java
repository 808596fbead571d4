package org.kerege.node.hunt;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.pattern.match.MatchedClause;
import org.kerege.stix.Json;
import org.kerege.stix.Timestamp;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An indicator found in a log: a lead for an analyst, never a verdict.
///
/// @param lines all lines that took part, ascending
/// @param time of the first event, null where the event does not say
/// @param last time of the last event
/// @param host machine that reported it, null where unknown
/// @param kinds the kind of each event that took part
/// @param clauses the comparisons that held, with the values
/// @param timing whether it happened before the indicator was valid
public record Match(
        Indicator indicator,
        Path file,
        List<Long> lines,
        @Nullable Instant time,
        @Nullable Instant last,
        @Nullable String host,
        List<String> kinds,
        List<MatchedClause> clauses,
        Timing timing) {

    public Match {
        lines = List.copyOf(lines);
        kinds = List.copyOf(kinds);
        clauses = List.copyOf(clauses);
    }

    /// The match as one line for scripts.
    public ObjectNode json() {
        ObjectNode line =
                Json.mapper()
                        .createObjectNode()
                        .put("indicator", indicator.id())
                        .put("file", file.toString());
        ArrayNode numbers = line.putArray("line");
        lines.forEach(numbers::add);
        line.put("time", time == null ? null : Timestamp.format(time));
        MatchedClause first = clauses.isEmpty() ? null : clauses.getFirst();
        line.put("path", first == null ? null : first.path());
        line.put("value", first == null ? null : first.value());
        line.put("clause", first == null ? null : first.clause());
        return line.put("timing", timing.word());
    }

    /// When an event happened against the indicator's validity.
    public enum Timing {
        /// Before `valid_from`: a find of the past.
        BEFORE,
        /// While it was valid.
        VALID,
        /// After `valid_until`.
        AFTER;

        static Timing of(Indicator indicator, @Nullable Instant time) {
            if (time == null) {
                return VALID;
            }
            if (indicator.validFrom() != null && time.isBefore(indicator.validFrom())) {
                return BEFORE;
            }
            return indicator.validUntil() != null && !time.isBefore(indicator.validUntil())
                    ? AFTER
                    : VALID;
        }

        /// The word on the command line.
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
