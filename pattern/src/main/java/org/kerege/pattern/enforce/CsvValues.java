package org.kerege.pattern.enforce;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A table with `value,kind,port,indicator,valid_from,valid_until`. Source: RFC 4180 §2.
final class CsvValues implements Writing {

    private static final String FORMULA = "=+-@\t\r";

    @Override
    public Target accept(Target target) throws Inexpressible {
        if (target.value().isEmpty() || FORMULA.indexOf(target.value().charAt(0)) >= 0) {
            throw new Inexpressible("a spreadsheet would take its value for a formula");
        }
        return target;
    }

    @Override
    public Map<String, String> write(List<Line> lines, Instant now) {
        StringBuilder text =
                new StringBuilder("value,kind,port,indicator,valid_from,valid_until\r\n");
        for (Line line : lines) {
            Target target = line.target();
            text.append(field(target.value()))
                    .append(',')
                    .append(target.kind().word())
                    .append(',')
                    .append(target.port() == 0 ? "" : Integer.toString(target.port()))
                    .append(',')
                    .append(line.indicator())
                    .append(',')
                    .append(time(line.from()))
                    .append(',')
                    .append(time(line.until()))
                    .append("\r\n");
        }
        return Map.of("kerege.csv", text.toString());
    }

    private static String time(@Nullable Instant time) {
        return time == null ? "" : time.toString();
    }

    private static String field(String value) {
        boolean plain =
                value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
