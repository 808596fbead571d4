package org.kerege.readers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerege.readers.FieldValues.Kind;

/// Zeek's own format: a head that names the fields, then a line an event, cells parted by tabs. Cells escape other signs
/// as `\xHH`. Source: Zeek manual, "Log files".
final class ZeekTable {

    private static final Pattern TAB = Pattern.compile("\t");

    private final Lines lines;
    private final EventMapper mapper;
    private final LogReader.Listener listener;
    private List<String> fields = List.of();
    private List<String> types = List.of();
    private String path = "";
    private @Nullable Columns columns;

    ZeekTable(Lines lines, EventMapper mapper, LogReader.Listener listener) {
        this.lines = lines;
        this.mapper = mapper;
        this.listener = listener;
    }

    void read() throws IOException {
        while (lines.hasNext()) {
            if (lines.isTooLong()) {
                listener.unread(
                        lines.number(), "longer than " + LogReader.MAX_LINE_BYTES + " bytes");
            } else if (lines.lineEnd() > lines.at() && lines.bytes()[lines.at()] == '#') {
                head(
                        List.of(
                                TAB.split(
                                        new String(
                                                        lines.bytes(),
                                                        lines.at(),
                                                        lines.lineEnd() - lines.at(),
                                                        StandardCharsets.UTF_8)
                                                .strip())));
            } else if (!lines.isBlank()) {
                row();
            }
            lines.skip();
        }
    }

    private void head(List<String> cells) {
        List<String> rest = cells.subList(1, cells.size());
        switch (cells.getFirst()) {
            case "#fields" -> fields = rest;
            case "#types" -> types = rest;
            case "#path" -> path = rest.isEmpty() ? "" : rest.getFirst();
            default -> {
                // Separators are Zeek's defaults; times of opening and closing say nothing here.
            }
        }
        columns = null;
    }

    /// Where the cells of a row go.
    ///
    /// @param slots for each column its slot, negative for none
    /// @param sets for each column whether it holds several values
    private record Columns(int pathSlot, int[] slots, boolean[] sets) {}

    private Columns columns(FieldTree tree) {
        int[] slots = fields.stream().mapToInt(tree::literal).toArray();
        boolean[] sets = new boolean[slots.length];
        for (int i = 0; i < Math.min(types.size(), sets.length); i++) {
            sets[i] = types.get(i).startsWith("vector") || types.get(i).startsWith("set");
        }
        return new Columns(tree.literal("#path"), slots, sets);
    }

    private void row() {
        if (columns == null) {
            columns = columns(mapper.first().tree());
        }
        int cells = read(mapper.first(), columns);
        if (cells != fields.size()) {
            listener.unread(lines.number(), cells + " cells where the head names " + fields.size());
        } else {
            mapper.tell(
                    lines.number(),
                    values -> read(values, columns(values.tree())),
                    () ->
                            new String(
                                    lines.bytes(),
                                    lines.at(),
                                    lines.lineEnd() - lines.at(),
                                    StandardCharsets.UTF_8),
                    listener);
        }
    }

    /// How many cells there are.
    private int read(FieldValues values, Columns into) {
        byte[] bytes = lines.bytes();
        int end = lines.lineEnd();
        if (end > lines.at() && bytes[end - 1] == '\r') {
            end--;
        }
        values.start(bytes);
        if (into.pathSlot >= 0) {
            values.give(into.pathSlot, path);
        }
        int column = 0;
        int from = lines.at();
        for (int i = from; i <= end; i++) {
            if (i == end || bytes[i] == '\t') {
                if (column < into.slots.length
                        && into.slots[column] >= 0
                        && !isNothing(bytes, from, i)) {
                    cell(values, into.slots[column], into.sets[column], from, i);
                }
                column++;
                from = i + 1;
            }
        }
        return column;
    }

    private void cell(FieldValues values, int slot, boolean set, int from, int to) {
        if (set) {
            values.set(slot, Kind.JOINED, from, to);
        } else if (contains(from, to, (byte) '\\')) {
            values.give(slot, unescaped(from, to));
        } else {
            values.set(slot, Kind.RAW, from, to);
        }
    }

    private boolean contains(int from, int to, byte wanted) {
        for (int i = from; i < to; i++) {
            if (lines.bytes()[i] == wanted) {
                return true;
            }
        }
        return false;
    }

    private String unescaped(int from, int to) {
        byte[] cell = Arrays.copyOfRange(lines.bytes(), from, to);
        byte[] plain = new byte[cell.length];
        int length = 0;
        for (int i = 0; i < cell.length; i++) {
            if (i + 3 < cell.length
                    && cell[i] == '\\'
                    && cell[i + 1] == 'x'
                    && Character.digit(cell[i + 2], 16) >= 0
                    && Character.digit(cell[i + 3], 16) >= 0) {
                plain[length++] =
                        (byte)
                                (Character.digit(cell[i + 2], 16) * 16
                                        + Character.digit(cell[i + 3], 16));
                i += 3;
            } else {
                plain[length++] = cell[i];
            }
        }
        return new String(plain, 0, length, StandardCharsets.UTF_8);
    }

    private static boolean isNothing(byte[] bytes, int from, int to) {
        return (to - from == 1 && bytes[from] == '-')
                || (to - from == 7
                        && new String(bytes, from, 7, StandardCharsets.ISO_8859_1)
                                .equals("(empty)"));
    }
}
