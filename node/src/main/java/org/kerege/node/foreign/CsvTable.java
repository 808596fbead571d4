package org.kerege.node.foreign;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.StixObject;

/// Tables of indicators with a row of names first, or in the last comment before the data. Which column holds what
/// is told by the names, or by the command line.
final class CsvTable {

    /// What a column can hold, each with the names by which it is known, in lower case without anything but letters
    /// and digits.
    enum Role {
        VALUE(
                " ioc iocvalue indicator value observable observablenotanioc url domain hostname host ip ipaddress"
                        + " dstip sha256 sha256sum sha256hash md5 md5hash sha1 sha1hash pattern "),
        VALID_FROM(" validfrom firstseen firstseenutc dateadded creationdate "),
        VALID_UNTIL(" validuntil endofvalidity expires "),
        MARKING(" tlp marking "),
        DESCRIPTION(" comment context description ");

        private final String names;

        Role(String names) {
            this.names = names;
        }

        boolean isCalled(String plain) {
            return names.contains(" " + plain + " ");
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
    private final Map<Role, Integer> columns = new EnumMap<>(Role.class);

    /// @param file name of the table, for people
    /// @param at when the table was last changed
    CsvTable(String file, StixObject source, Instant at, Defaults defaults, Conversion into) {
        this.file = file;
        this.source = source;
        this.at = at;
        this.defaults = defaults;
        this.into = into;
    }

    /// @throws IllegalArgumentException when no column is known to hold the values, naming those that there are
    void read(Reader in) throws IOException {
        CsvReader rows = new CsvReader(in);
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
                    } else if (named(comment, row)) {
                        find(fields(comment));
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

    /// Whether a comment names the columns of the first row.
    private static boolean named(String comment, CsvReader.Row first)
            throws IOException, Unconvertible {
        List<String> names = fields(comment);
        return names.size() > 1
                && names.size() == first.fields().size()
                && names.stream().map(CsvTable::plain).anyMatch(Role.VALUE::isCalled);
    }

    private static List<String> fields(String comment) throws IOException, Unconvertible {
        CsvReader.Row row =
                new CsvReader(new StringReader(comment.replaceFirst("^#+\\s*", ""))).next();
        return row == null ? List.of() : row.fields();
    }

    private void find(List<String> names) {
        List<String> plain = names.stream().map(CsvTable::plain).toList();
        for (Role role : Role.values()) {
            String told = defaults.columns().get(role);
            int at = told == null ? first(plain, role) : plain.indexOf(plain(told));
            if (at >= 0) {
                columns.put(role, at);
            } else if (told != null || role == Role.VALUE) {
                throw new IllegalArgumentException(
                        file
                                + ": no column "
                                + (told == null ? "is known to hold the values" : "'" + told + "'")
                                + "; there are "
                                + String.join(", ", names)
                                + ". Say --column "
                                + role.word()
                                + "=NAME.");
            }
        }
    }

    private static int first(List<String> names, Role role) {
        for (int i = 0; i < names.size(); i++) {
            if (role.isCalled(names.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private void add(CsvReader.Row row) {
        String place = file + ":" + row.line();
        try {
            into.add(place, statement(row));
        } catch (Unconvertible e) {
            into.refuse(place, e.reason());
        }
    }

    private Statement statement(CsvReader.Row row) throws Unconvertible {
        String value = cell(row, Role.VALUE);
        if (value.isEmpty()) {
            throw new Unconvertible("its column of values is empty");
        }
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
        Integer column = columns.get(role);
        return column == null || column >= row.fields().size()
                ? ""
                : row.fields().get(column).strip();
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
