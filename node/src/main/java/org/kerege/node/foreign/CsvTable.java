package org.kerege.node.foreign;

import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.StixObject;

/// Tables of indicators with a row of names first, or in the last comment before the data. Which column holds what
/// is told by the names, or by the command line.
final class CsvTable {

    /// What a column can hold, each with the names by which it is known, in lower case without anything but letters
    /// and digits.
    enum Role {
        VALUE(
                "ioc iocvalue indicator value observable observablenotanioc url domain hostname host ip ipaddress"
                        + " dstip sha256 sha256sum sha256hash md5 md5hash sha1 sha1hash pattern name"),
        VALID_FROM("validfrom firstseen firstseenutc dateadded creationdate"),
        VALID_UNTIL("validuntil endofvalidity expires"),
        MARKING("tlp marking"),
        DESCRIPTION("comment context description");

        private final String names;

        Role(String names) {
            this.names = names;
        }

        /// Where a column of this role is, the likeliest name first; negative for nowhere.
        int find(List<String> plain) {
            for (String name : names.split(" ")) {
                int at = plain.indexOf(name);
                if (at >= 0) {
                    return at;
                }
            }
            return -1;
        }

        /// As the command line names it, `valid-from`.
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final String file;
    private final StixObject source;
    private final Instant at;
    private final Defaults defaults;
    private final Conversion into;
    private final Map<Role, List<Integer>> columns = new EnumMap<>(Role.class);
    private final Shape shape;
    private char separator = ',';

    /// How a table is laid out.
    ///
    /// @param separator between fields; null to be found out
    /// @param named whether its first row, or last comment before the data, has the names of its columns
    /// @param told takes what was found out, for people
    record Shape(@Nullable Character separator, boolean named, Consumer<String> told) {}

    /// @param file name of the table, for people
    /// @param at when the table was last changed
    CsvTable(
            String file,
            StixObject source,
            Instant at,
            Defaults defaults,
            Shape shape,
            Conversion into) {
        this.shape = shape;
        this.file = file;
        this.source = source;
        this.at = at;
        this.defaults = defaults;
        this.into = into;
    }

    /// @throws IllegalArgumentException when no column is known to hold the values, naming those that there are
    void read(String text) throws IOException {
        separator = shape.separator() == null ? likeliest(text) : shape.separator();
        CsvReader rows = new CsvReader(new StringReader(text), separator);
        int line = 1;
        try {
            String comment = "";
            for (CsvReader.Row row = rows.next(); row != null; row = rows.next()) {
                line = row.line();
                if (row.fields().getFirst().startsWith("#")) {
                    comment = columns.isEmpty() ? row.fields().getFirst() : comment;
                } else if (!row.isBlank()) {
                    if (!columns.isEmpty()) {
                        add(row);
                    } else if (!shape.named() || named(comment, row)) {
                        find(shape.named() ? fields(comment) : numbers(row));
                        add(row);
                    } else {
                        find(row.fields());
                    }
                }
            }
        } catch (Unconvertible e) {
            into.refuse(file + ":" + line, e.reason());
        }
    }

    /// The separator that the first line with something in it has most of, outside quotes.
    private static char likeliest(String text) {
        String first =
                text.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .findFirst()
                        .orElse("")
                        .replaceAll("\"[^\"]*\"", "");
        char best = ',';
        long most = first.chars().filter(c -> c == ',').count();
        for (char other : List.of(';', '\t', '|')) {
            long count = first.chars().filter(c -> c == other).count();
            if (count > most) {
                best = other;
                most = count;
            }
        }
        return best;
    }

    private static List<String> numbers(CsvReader.Row row) {
        return IntStream.rangeClosed(1, row.fields().size()).mapToObj(Integer::toString).toList();
    }

    /// Whether a comment names the columns of the first row.
    private boolean named(String comment, CsvReader.Row first) throws IOException, Unconvertible {
        List<String> names = fields(comment);
        return names.size() > 1
                && names.size() == first.fields().size()
                && Role.VALUE.find(names.stream().map(CsvTable::plain).toList()) >= 0;
    }

    private List<String> fields(String comment) throws IOException, Unconvertible {
        CsvReader.Row row =
                new CsvReader(new StringReader(comment.replaceFirst("^#+\\s*", "")), separator)
                        .next();
        return row == null ? List.of() : row.fields();
    }

    private void find(List<String> names) {
        List<String> plain = names.stream().map(CsvTable::plain).toList();
        for (Role role : Role.values()) {
            String told = defaults.columns().get(role);
            List<Integer> found = new ArrayList<>();
            if (told == null) {
                int at = role.find(plain);
                found.addAll(at < 0 ? List.of() : List.of(at));
            } else {
                for (String one : told.split("\\+")) {
                    found.add(column(one, plain));
                }
            }
            if (found.contains(-1) || (found.isEmpty() && role == Role.VALUE)) {
                throw new IllegalArgumentException(
                        file
                                + ": no column "
                                + (told == null ? "is known to hold the values" : "'" + told + "'")
                                + "; there are "
                                + String.join(", ", names)
                                + ". Say --column "
                                + role.word()
                                + "=NAME, or its number; and --no-header where the first row has no names.");
            }
            if (!found.isEmpty()) {
                columns.put(role, found);
            }
        }
        shape.told().accept(described(names));
    }

    /// A column by its name, or by its number from 1.
    private static int column(String told, List<String> plain) {
        int at = plain.indexOf(plain(told));
        boolean number = at < 0 && told.matches("[1-9]\\d{0,3}");
        return number && Integer.parseInt(told) <= plain.size() ? Integer.parseInt(told) - 1 : at;
    }

    private String described(List<String> names) {
        StringBuilder text = new StringBuilder(file + ": columns separated by ");
        text.append(separator == '\t' ? "tabs" : "'" + separator + "'");
        columns.forEach((role, at) ->
                at.forEach(one ->
                        text.append(", ")
                                .append(role.word())
                                .append(" in '")
                                .append(names.get(one))
                                .append('\'')));
        return text.toString();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private void add(CsvReader.Row row) {
        String place = file + ":" + row.line();
        boolean any = false;
        for (int column : columns.getOrDefault(Role.VALUE, List.of())) {
            String value = cell(row, column);
            if (!value.isEmpty()) {
                any = true;
                try {
                    into.add(place, statement(row, value));
                } catch (Unconvertible e) {
                    into.refuse(place, e.reason());
                }
            }
        }
        if (!any) {
            into.refuse(place, "its column of values is empty");
        }
    }

    private Statement statement(CsvReader.Row row, String value) throws Unconvertible {
        Instant said = instant(cell(row, Role.VALID_FROM));
        Instant unsaid = defaults.validFrom() == null ? at : defaults.validFrom();
        Instant from = said == null ? unsaid : said;
        String marking = cell(row, Role.MARKING);
        Marks marks =
                marking.isEmpty() ? defaults.marks() : defaults.marks().and(Marks.tlp(marking));
        return new Statement(
                source,
                "",
                Sign.read(value),
                true,
                marks,
                from,
                unsaid.isAfter(from) ? unsaid : from,
                from,
                instant(cell(row, Role.VALID_UNTIL)),
                cell(row, Role.DESCRIPTION));
    }

    private String cell(CsvReader.Row row, Role role) {
        List<Integer> at = columns.get(role);
        return at == null ? "" : cell(row, at.getFirst());
    }

    private static String cell(CsvReader.Row row, int column) {
        return column >= row.fields().size() ? "" : row.fields().get(column).strip();
    }

    /// Reads a time in UTC, `2024-02-29T10:00:00Z`, `2024-02-29 10:00:00` with or without `UTC`, or a day.
    ///
    /// @return null for an empty cell
    private static @Nullable Instant instant(String cell) throws Unconvertible {
        if (cell.isEmpty()) {
            return null;
        }
        String text = cell.replaceFirst("\\s*(?:UTC|Z)$", "").replace(' ', 'T');
        try {
            return Instant.parse((text.length() == 10 ? text + "T00:00:00" : text) + "Z");
        } catch (DateTimeParseException e) {
            throw new Unconvertible("a time in it cannot be read");
        }
    }
}
