package org.kerege.readers.retained;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.readers.Event;
import org.kerege.stix.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The events of one form in a segment, a row each.
///
/// @param names every name of a property in the form, those of what is nested included
/// @param plain columns of numbers: seconds and nanoseconds of the time, the same of the end, which is equal to it where the
///     form says none, the count and the line
/// @param columns of values: those of the form, then the source and, where the form has one, the host
record Table(
        Form form,
        Set<String> names,
        int rows,
        List<Columns.Plain> plain,
        List<Columns.Values> columns) {

    private static final int TIME = 0;
    private static final int LAST = 2;
    private static final int COUNT = 4;
    private static final int LINE = 5;
    private static final int PLAIN = 6;

    /// Rows while they are gathered.
    static final class Builder {

        private final Form form;
        private final int[] vocabularies;
        private final List<int[]> columns = new ArrayList<>();
        private final List<long[]> plain = new ArrayList<>();
        private int rows;

        /// @param vocabularies the one of each column
        Builder(Form form, int[] vocabularies) {
            this.form = form;
            this.vocabularies = vocabularies;
            for (int i = 0; i < vocabularies.length; i++) {
                columns.add(new int[8]);
            }
            for (int i = 0; i < PLAIN; i++) {
                plain.add(new long[8]);
            }
        }

        void add(Event event, int[] values) {
            for (int i = 0; i < values.length; i++) {
                int[] column = columns.get(i);
                if (rows == column.length) {
                    column = java.util.Arrays.copyOf(column, rows * 2);
                    columns.set(i, column);
                }
                column[rows] = values[i];
            }
            Instant time = event.time() == null ? Instant.EPOCH : event.time();
            Instant last = event.last() == null ? time : event.last();
            long[] numbers = {
                time.getEpochSecond(),
                time.getNano(),
                last.getEpochSecond(),
                last.getNano(),
                event.count(),
                event.line()
            };
            for (int i = 0; i < numbers.length; i++) {
                long[] column = plain.get(i);
                if (rows == column.length) {
                    column = java.util.Arrays.copyOf(column, rows * 2);
                    plain.set(i, column);
                }
                column[rows] = numbers[i];
            }
            rows++;
        }

        /// @param renumbered of each vocabulary the numbers in the end
        Table write(List<int[]> renumbered, Blocks out) throws IOException {
            List<Columns.Plain> numbers = new ArrayList<>();
            for (int i = 0; i < plain.size(); i++) {
                numbers.add(Columns.Plain.write(plain.get(i), rows, out));
            }
            List<Columns.Values> written = new ArrayList<>();
            for (int i = 0; i < vocabularies.length; i++) {
                int[] end = renumbered.get(vocabularies[i]);
                int[] column = new int[rows];
                for (int row = 0; row < rows; row++) {
                    column[row] = end[columns.get(i)[row]];
                }
                written.add(Columns.Values.write(vocabularies[i], column, rows, out));
            }
            return new Table(form, Set.of(), rows, numbers, written);
        }
    }

    void writeHead(DataOutput head) throws IOException {
        Segment.write(form.kind(), head);
        head.writeBoolean(form.hasTime());
        head.writeBoolean(form.isSpan());
        head.writeBoolean(form.hasHost());
        Segment.write(form.text(), head);
        head.writeInt(rows);
        for (Columns.Plain column : plain) {
            column.writeHead(head);
        }
        head.writeInt(columns.size());
        for (Columns.Values column : columns) {
            column.writeHead(head);
        }
    }

    static Table read(DataInput head, int vocabularies) throws IOException {
        Form form =
                new Form(
                        Segment.text(head),
                        head.readBoolean(),
                        head.readBoolean(),
                        head.readBoolean(),
                        Segment.text(head));
        int rows = Segment.count(head.readInt());
        List<Columns.Plain> plain = new ArrayList<>();
        for (int i = 0; i < PLAIN; i++) {
            plain.add(Columns.Plain.read(head, rows));
        }
        int size = Segment.count(head.readInt());
        List<Columns.Values> columns = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Columns.Values column = Columns.Values.read(head, rows);
            if (column.vocabulary() < 0 || column.vocabulary() >= vocabularies) {
                throw new DamagedSegment("a column has no values");
            }
            columns.add(column);
        }
        Set<String> names = new HashSet<>();
        try {
            collect(Json.mapper().readTree(form.text()), names);
        } catch (JacksonException e) {
            throw new DamagedSegment("a form cannot be read", e);
        }
        return new Table(form, Set.copyOf(names), rows, List.copyOf(plain), List.copyOf(columns));
    }

    private static void collect(JsonNode node, Set<String> names) {
        for (Map.Entry<String, JsonNode> inner : node.properties()) {
            names.add(inner.getKey());
            collect(inner.getValue(), names);
        }
        if (node.isArray()) {
            node.forEach(element -> collect(element, names));
        }
    }

    /// Makes events of rows again, of which those of a page should come one after the other. For one thread.
    final class Rows {

        private final List<Vocabulary> vocabularies;
        private final Blocks.Bytes file;
        private final JsonNode skeleton = Json.mapper().readTree(form.text());
        private final int[][] values = new int[columns.size()][];
        private final long[][] numbers = new long[PLAIN][];
        private int page = -1;

        Rows(List<Vocabulary> vocabularies, Blocks.Bytes file) {
            this.vocabularies = vocabularies;
            this.file = file;
        }

        private void turnTo(int row) {
            if (page != row / Columns.PAGE) {
                page = row / Columns.PAGE;
                java.util.Arrays.fill(values, null);
                java.util.Arrays.fill(numbers, null);
            }
        }

        @Nullable Instant time(int row) throws IOException {
            return form.hasTime() ? instant(TIME, row) : null;
        }

        private Instant instant(int column, int row) throws IOException {
            return Instant.ofEpochSecond(number(column, row), number(column + 1, row));
        }

        private long number(int column, int row) throws IOException {
            turnTo(row);
            long[] held = numbers[column];
            if (held == null) {
                held = plain.get(column).page(page, rows, file);
                numbers[column] = held;
            }
            return held[row % Columns.PAGE];
        }

        private JsonNode value(int column, int row) throws IOException {
            if (column < 0 || column >= values.length) {
                throw new DamagedSegment("a form names no column");
            }
            turnTo(row);
            int[] held = values[column];
            if (held == null) {
                held = columns.get(column).page(page, rows, file);
                values[column] = held;
            }
            return vocabularies
                    .get(columns.get(column).vocabulary())
                    .value(held[row % Columns.PAGE], file);
        }

        Retained at(int row) throws IOException {
            JsonNode objects = filled(skeleton, row);
            if (!(objects instanceof ObjectNode observed)) {
                throw new DamagedSegment("an event has no objects");
            }
            int source = columns.size() - (form.hasHost() ? 2 : 1);
            Instant time = time(row);
            return new Retained(
                    value(source, row).asString(""),
                    new Event(
                            number(LINE, row),
                            time,
                            form.isSpan() ? instant(LAST, row) : time,
                            number(COUNT, row),
                            form.hasHost() ? value(source + 1, row).asString("") : null,
                            form.kind(),
                            observed));
        }

        private JsonNode filled(JsonNode node, int row) throws IOException {
            if (node.isObject()) {
                ObjectNode object = Json.mapper().createObjectNode();
                for (Map.Entry<String, JsonNode> inner : node.properties()) {
                    object.set(inner.getKey(), filled(inner.getValue(), row));
                }
                return object;
            }
            if (node.isArray()) {
                ArrayNode array = Json.mapper().createArrayNode();
                for (JsonNode element : node) {
                    array.add(filled(element, row));
                }
                return array;
            }
            return value(node.asInt(-1), row);
        }
    }
}
