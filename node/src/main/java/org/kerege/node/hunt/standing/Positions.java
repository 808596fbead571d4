package org.kerege.node.hunt.standing;

import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How far each followed file has been hunted.
final class Positions {

    private final JdbcClient database;

    Positions(JdbcClient database) {
        this.database = database;
    }

    /// The last line that was hunted of a file; 0 where the file is another one than then.
    ///
    /// @param key by which the file system knows it, whatever its name
    long of(String source, String file, String key) {
        return database.sql(
                        "select line from hunt_position where source = ? and file = ? and file_key = ?")
                .params(source, file, key)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /// Keeps them, by file.
    void keep(String source, Map<String, At> files) {
        files.forEach((file, at) ->
                database.sql(
                                """
                                insert into hunt_position (source, file, file_key, line) values (?, ?, ?, ?)
                                on conflict (source, file) do update set file_key = excluded.file_key, line = excluded.line\
                                """)
                        .params(source, file, at.key(), at.line())
                        .update());
    }

    /// A file and a line in it.
    record At(String key, long line) {}
}
