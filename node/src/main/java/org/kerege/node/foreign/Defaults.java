package org.kerege.node.foreign;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.StixObject;

/// What the command line says of files that do not say it themselves.
///
/// @param source whoever says what stands in the files; null where a file's own word or its name tells
/// @param marks no import goes further than these
/// @param validFrom null for the time at which a file was last changed
/// @param columns names of a table's columns by [CsvTable.Role]
record Defaults(
        @Nullable StixObject source,
        Marks marks,
        @Nullable Instant validFrom,
        Map<CsvTable.Role, String> columns) {

    Defaults {
        columns = Map.copyOf(columns);
    }
}
