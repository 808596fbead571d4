package org.kerege.node.hunt.standing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.kerege.node.desk.Shown;
import org.kerege.pattern.match.MatchedClause;

/// What the page of the hunt shows.
///
/// @param indicators how many are hunted now
/// @param open how many matches nobody has looked at
/// @param tells whether the reader may tell others
public record HuntSheet(
        int indicators,
        long open,
        List<Lead> leads,
        List<Matches.Tally> byIndicator,
        List<Matches.Tally> byHost,
        List<Row> sources,
        String indicator,
        String host,
        boolean tells) {

    public HuntSheet {
        leads = List.copyOf(leads);
        byIndicator = List.copyOf(byIndicator);
        byHost = List.copyOf(byHost);
        sources = List.copyOf(sources);
    }

    /// A match.
    ///
    /// @param line in pieces, of which those that matched are marked
    public record Lead(
            long id,
            String indicator,
            String pattern,
            String place,
            String happened,
            String host,
            String timing,
            boolean kept,
            List<String> clauses,
            List<Piece> line) {
        public Lead {
            clauses = List.copyOf(clauses);
            line = List.copyOf(line);
        }

        static Lead of(Matches.Kept match) {
            return new Lead(
                    match.id(),
                    match.indicator(),
                    Shown.text(match.pattern()),
                    Shown.text(match.file() + ":" + match.lines().getFirst()),
                    time(match.happened()),
                    match.host() == null ? "" : Shown.text(match.host()),
                    match.timing(),
                    match.retro() != null,
                    match.clauses().stream()
                            .map(clause ->
                                    Shown.text(
                                            clause.path()
                                                    + " is "
                                                    + clause.value()
                                                    + "   ["
                                                    + clause.clause()
                                                    + "]"))
                            .toList(),
                    match.line() == null
                            ? List.of()
                            : pieces(Shown.text(match.line()), match.clauses()));
        }
    }

    /// A part of a line.
    public record Piece(String text, boolean matched) {}

    /// A source.
    ///
    /// @param lag what waits; empty where the source does not know
    public record Row(
            String name,
            long events,
            long unread,
            long unmapped,
            String lag,
            String lastEvent,
            String problem,
            List<String> lastUnread) {
        public Row {
            lastUnread = List.copyOf(lastUnread);
        }

        static Row of(SourceState state) {
            String problem = state.problem();
            return new Row(
                    state.name(),
                    state.events(),
                    state.unread(),
                    state.unmapped(),
                    state.lag() < 0 ? "" : Long.toString(state.lag()),
                    time(state.lastEvent()),
                    problem == null ? "" : Shown.text(problem),
                    state.lastUnread().stream().map(Shown::text).toList());
        }
    }

    private static String time(@Nullable Instant time) {
        return time == null ? "" : time.toString();
    }

    /// The line cut where a value that matched begins and ends, as it stands there or with JSON's backslashes.
    static List<Piece> pieces(String line, List<MatchedClause> clauses) {
        List<String> values =
                clauses.stream()
                        .map(MatchedClause::value)
                        .filter(value -> !value.isEmpty())
                        .flatMap(value ->
                                java.util.stream.Stream.of(value, value.replace("\\", "\\\\")))
                        .map(value -> value.toLowerCase(Locale.ROOT))
                        .distinct()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList();
        String lower = line.toLowerCase(Locale.ROOT);
        // Small letters that are longer than their capitals would shift the places.
        String searched = lower.length() == line.length() ? lower : line;
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < line.length(); ) {
            int length = longest(searched, at, values);
            if (length == 0) {
                at++;
                continue;
            }
            if (at > from) {
                pieces.add(new Piece(line.substring(from, at), false));
            }
            pieces.add(new Piece(line.substring(at, at + length), true));
            at += length;
            from = at;
        }
        if (from < line.length()) {
            pieces.add(new Piece(line.substring(from), false));
        }
        return pieces;
    }

    private static int longest(String line, int at, List<String> values) {
        for (String value : values) {
            if (line.startsWith(value, at)) {
                return value.length();
            }
        }
        return 0;
    }
}
