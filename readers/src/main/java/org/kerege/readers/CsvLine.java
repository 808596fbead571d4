package org.kerege.readers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A row of a table whose first row names the columns; cells are parted by commas, semicolons, tabs or bars, as that row
/// has most of, and may stand in double quotes. A row is one line. Spaces in names of columns become `_`.
/// Source: RFC 4180.
final class CsvLine implements TextFormat {

    private static final String DELIMITERS = ",;\t|";
    private static final int MAX_COLUMNS = 2_000;

    private final char delimiter;
    private final List<String> columns;

    private CsvLine(char delimiter, List<String> columns) {
        this.delimiter = delimiter;
        this.columns = columns;
    }

    /// The format of a table with this first row; null where it is none.
    static @Nullable CsvLine withHead(String head) {
        char delimiter = DELIMITERS.charAt(0);
        for (int i = 1; i < DELIMITERS.length(); i++) {
            delimiter =
                    count(head, DELIMITERS.charAt(i)) > count(head, delimiter)
                            ? DELIMITERS.charAt(i)
                            : delimiter;
        }
        List<String> columns = cells(head, delimiter);
        if (columns == null) {
            return null;
        }
        boolean names =
                columns.size() > 1
                        && columns.size() <= MAX_COLUMNS
                        && columns.stream().allMatch(column -> column.length() <= 200)
                        && columns.stream().anyMatch(column -> !column.isBlank());
        if (!names) {
            return null;
        }
        return new CsvLine(
                delimiter,
                columns.stream().map(column -> column.strip().replaceAll("\\s+", "_")).toList());
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    @Override
    public boolean read(String line, BiConsumer<String, String> field) {
        List<String> cells = cells(line, delimiter);
        if (cells == null || cells.size() != columns.size()) {
            return false;
        }
        field.accept("#format", "csv");
        for (int i = 0; i < cells.size(); i++) {
            field.accept(columns.get(i), cells.get(i).strip());
        }
        return true;
    }

    /// Null where a quote is left open or text stands behind one.
    private static @Nullable List<String> cells(String line, char delimiter) {
        List<String> cells = new ArrayList<>();
        int at = 0;
        while (true) {
            StringBuilder cell = new StringBuilder();
            if (at < line.length() && line.charAt(at) == '"') {
                at++;
                while (true) {
                    int quote = line.indexOf('"', at);
                    if (quote < 0) {
                        return null;
                    }
                    cell.append(line, at, quote);
                    at = quote + 1;
                    if (at < line.length() && line.charAt(at) == '"') {
                        cell.append('"');
                        at++;
                    } else {
                        break;
                    }
                }
                if (at < line.length() && line.charAt(at) != delimiter) {
                    return null;
                }
            } else {
                int end = line.indexOf(delimiter, at);
                end = end < 0 ? line.length() : end;
                cell.append(line, at, end);
                at = end;
            }
            cells.add(cell.toString());
            if (at >= line.length()) {
                return cells;
            }
            at++;
        }
    }
}
