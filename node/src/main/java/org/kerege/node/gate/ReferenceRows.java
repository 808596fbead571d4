package org.kerege.node.gate;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.kerege.gate.References;
import org.kerege.node.ledger.CopyRows;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import tools.jackson.databind.JsonNode;

/// Rows of the table `reference` for versions that are recorded.
public final class ReferenceRows {

    static final int NEEDED = 0;
    static final int OPTIONAL = -1;

    /// The slot of a marking, of the whole object or a part.
    public static final int MARKING = -2;

    private final CopyRows rows;

    public ReferenceRows() {
        this("reference");
    }

    /// Rows of another table of the same shape.
    ///
    /// @param table its name, a constant of this program
    public ReferenceRows(String table) {
        this.rows = new CopyRows(table, List.of("target", "seq", "slot"));
    }

    /// Adds what a version refers to.
    ///
    /// @param references of the object
    public void add(long seq, StixObject object, References references) {
        references.needed().forEach(target -> row(target.toString(), seq, NEEDED));
        references.optional().forEach(target -> row(target.toString(), seq, OPTIONAL));
        int list = 1;
        for (Set<StixId> members : references.anyOf()) {
            int slot = list++;
            members.forEach(target -> row(target.toString(), seq, slot));
        }
        markings(object).forEach(target -> row(target, seq, MARKING));
    }

    public void send(Connection connection) throws SQLException {
        rows.send(connection);
    }

    private static Set<String> markings(StixObject object) {
        Set<String> markings = new LinkedHashSet<>();
        object.markings().forEach(id -> markings.add(id.toString()));
        for (JsonNode granular : object.json().path("granular_markings")) {
            markings.add(granular.path("marking_ref").asString(""));
        }
        markings.remove("");
        return markings;
    }

    private void row(String target, long seq, int slot) {
        rows.row().text(target).bigint(seq).smallint(slot);
    }
}
