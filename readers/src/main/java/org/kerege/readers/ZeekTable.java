package org.kerege.readers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.kerege.readers.FieldValues.Kind;

/// Zeek's own format: a head that names the fields, then a line an event, cells parted by tabs. Cells escape other signs
/// as `\xHH`. Source: Zeek manual, "Log files".
final class ZeekTable {

    private static final Pattern TAB = Pattern.compile("\t");

    private final Lines lines;
    private final EventMapper mapper;
    private final FieldValues values;
    private final LogReader.Listener listener;
    private int[] slots = {};
    private boolean[] sets = {};
    private final int pathSlot;
    private String path = "";

    ZeekTable(Lines lines, EventMapper mapper, LogReader.Listener listener) {
        this.lines = lines;
        this.mapper = mapper;
        this.values = mapper.values();
        this.listener = listener;
        this.pathSlot = values.tree().literal("#path");
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
            case "#fields" -> {
                slots = rest.stream().mapToInt(values.tree()::literal).toArray();
                sets = new boolean[slots.length];
            }
            case "#types" -> {
                for (int i = 0; i < Math.min(rest.size(), sets.length); i++) {
                    sets[i] = rest.get(i).startsWith("vector") || rest.get(i).startsWith("set");
                }
            }
            case "#path" -> path = rest.isEmpty() ? "" : rest.getFirst();
            default -> {
                // Separators are Zeek's defaults; times of opening and closing say nothing here.
            }
        }
    }

    private void row() {
        byte[] bytes = lines.bytes();
        int end = lines.lineEnd();
        if (end > lines.at() && bytes[end - 1] == '\r') {
            end--;
        }
        values.start(bytes);
        if (pathSlot >= 0) {
            values.give(pathSlot, path);
        }
        int column = 0;
        int from = lines.at();
        for (int i = from; i <= end; i++) {
            if (i == end || bytes[i] == '\t') {
                if (column < slots.length && slots[column] >= 0 && !isNothing(bytes, from, i)) {
                    cell(slots[column], sets[column], from, i);
                }
                column++;
                from = i + 1;
            }
        }
        if (column != slots.length) {
            listener.unread(lines.number(), column + " cells where the head names " + slots.length);
        } else {
            mapper.tell(lines.number(), listener);
        }
    }

    private void cell(int slot, boolean set, int from, int to) {
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
