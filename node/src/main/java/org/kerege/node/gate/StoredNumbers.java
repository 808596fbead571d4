package org.kerege.node.gate;

import java.util.Optional;
import org.kerege.gate.Interning;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Numbers of audiences or closures in a table of the node's database.
final class StoredNumbers implements Interning {

    private final JdbcClient database;
    private final String table;

    /// @param table its name, a constant of this program
    StoredNumbers(JdbcClient database, String table) {
        this.database = database;
        this.table = table;
    }

    @Override
    public int intern(String text) {
        Optional<Integer> known = number(text);
        if (known.isEmpty()) {
            known =
                    database.sql(
                                    "insert into "
                                            + table
                                            + " (key) values (?) on conflict do nothing returning number")
                            .param(text)
                            .query(Integer.class)
                            .optional();
        }
        // Somebody else was first.
        return known.or(() -> number(text)).orElseThrow();
    }

    private Optional<Integer> number(String text) {
        return database.sql("select number from " + table + " where key = ?")
                .param(text)
                .query(Integer.class)
                .optional();
    }

    @Override
    public Iterable<Entry> after(int id) {
        return database.sql("select number, key from " + table + " where number > ? order by 1")
                .param(id)
                .query((row, _) -> new Entry(row.getInt(1), row.getString(2)))
                .list();
    }
}
