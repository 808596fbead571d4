package org.kerege.node.exchange;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Rows on their way into one statement, as an array for each column that `unnest` makes rows of again.
final class Columns {

    private final List<String> types;
    private final List<List<Object>> values = new ArrayList<>();

    /// @param types of the columns, as PostgreSQL names them
    Columns(String... types) {
        this.types = List.of(types);
        this.types.forEach(_ -> values.add(new ArrayList<>()));
    }

    void row(Object... cells) {
        for (int column = 0; column < cells.length; column++) {
            values.get(column).add(cells[column]);
        }
    }

    /// Binds the columns to the first parameters of a statement.
    ///
    /// @return number of the first parameter that is left
    int bind(PreparedStatement statement) throws SQLException {
        return bind(statement, 1);
    }

    /// The same from another parameter on.
    int bind(PreparedStatement statement, int first) throws SQLException {
        for (int column = 0; column < types.size(); column++) {
            statement.setArray(
                    column + first,
                    statement
                            .getConnection()
                            .createArrayOf(types.get(column), values.get(column).toArray()));
        }
        return types.size() + first;
    }
}
