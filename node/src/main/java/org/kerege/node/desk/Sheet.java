package org.kerege.node.desk;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.kerege.stix.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A table to take along: as CSV (RFC 4180, UTF-8) or as a JSON array of objects. Whoever fills it reads under the
/// reader's view.
///
/// @param headings names of the columns
/// @param rows each with a cell for every column
record Sheet(List<String> headings, List<List<String>> rows) {

    /// Programs that open tables take what begins so for a formula.
    private static final String FORMULA = "=+-@\t\r";

    Sheet {
        headings = List.copyOf(headings);
        rows = List.copyOf(rows);
    }

    /// How a table is written.
    enum Format {
        CSV,
        JSON
    }

    /// Answers with the table as a file.
    ///
    /// @param name of the file, without its ending
    void answer(HttpServletResponse response, String name, Format format) throws IOException {
        String text = format == Format.CSV ? csv() : json();
        response.setContentType(
                format == Format.CSV
                        ? "text/csv;charset=UTF-8;header=present"
                        : "application/json;charset=UTF-8");
        response.setHeader(
                "Content-Disposition",
                "attachment; filename=\"" + name + (format == Format.CSV ? ".csv\"" : ".json\""));
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    String csv() {
        StringBuilder out = new StringBuilder(line(headings));
        rows.forEach(row -> out.append(line(row)));
        return out.toString();
    }

    private static String line(List<String> cells) {
        return cells.stream().map(Sheet::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(String text) {
        String inert = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return "\"" + inert.replace("\"", "\"\"") + "\"";
    }

    String json() {
        ArrayNode all = Json.mapper().createArrayNode();
        for (List<String> row : rows) {
            ObjectNode one = all.addObject();
            for (int i = 0; i < headings.size(); i++) {
                one.put(headings.get(i), row.get(i));
            }
        }
        return all.toString();
    }
}
