package org.kerege.node.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a data set says that a hunt must find: a tab-separated table with a line for each indicator and log.
final class ExpectedSightings {

    private final List<Row> rows;

    private ExpectedSightings(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /// One indicator in one log.
    ///
    /// @param events number of events, or `match` for a pattern over several events
    /// @param byEventId of Windows events how many of each kind are counted; other kinds that a mapping also reads are
    ///     outside the table. Empty where the table does not say.
    record Row(
            String indicator,
            String campaign,
            String log,
            String events,
            Map<String, Integer> byEventId,
            String role) {

        boolean isPattern() {
            return events.equals("match");
        }

        boolean isPublisher() {
            return role.startsWith("publisher");
        }
    }

    static ExpectedSightings read(Path table) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(table).stream().skip(1).toList()) {
            String[] cells = line.split("\t", -1);
            if (cells.length >= 10) {
                rows.add(
                        new Row(
                                cells[0],
                                cells[2],
                                cells[3],
                                cells[4],
                                byEventId(cells[7]),
                                cells[9]));
            }
        }
        return new ExpectedSightings(rows);
    }

    private static Map<String, Integer> byEventId(String text) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String pair : text.strip().split("\\s+")) {
            int colon = pair.indexOf(':');
            if (colon > 0) {
                counts.put(pair.substring(0, colon), Integer.parseInt(pair.substring(colon + 1)));
            }
        }
        return counts;
    }

    List<Row> rows() {
        return rows;
    }

    /// The logs of the table, each once, in its order.
    List<String> logs() {
        return rows.stream().map(Row::log).distinct().toList();
    }

    /// Whether the publisher's own log is among them, and which.
    List<String> logs(boolean publisher) {
        return rows.stream()
                .filter(row -> row.isPublisher() == publisher)
                .map(Row::log)
                .distinct()
                .toList();
    }
}
