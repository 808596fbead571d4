package org.kerege.node.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import org.kerege.tlog.CompactRange;
import org.kerege.tlog.Hash;

/// The ledger in two values: two ledgers with the same head hold the same entries in the same order.
///
/// @param size number of entries
/// @param root root of the Merkle tree over their leaves. Source: RFC 6962 §2.1
public record Head(long size, Hash root) {

    private static final int FETCH = 10_000;

    /// Computes the head from all leaves. The connection is in a transaction.
    public static Head of(Connection connection) throws SQLException {
        CompactRange tree = new CompactRange();
        try (Statement select = connection.createStatement()) {
            select.setFetchSize(FETCH);
            try (ResultSet row =
                    select.executeQuery("select leaf from ledger_entry order by seq")) {
                while (row.next()) {
                    tree.append(Hash.of(row.getBytes(1)));
                }
            }
        }
        return new Head(tree.size(), tree.root());
    }

    /// The root in hexadecimal.
    public String rootHex() {
        return HexFormat.of().formatHex(root.bytes());
    }

    /// Such as `24 entries, root 5f70…`.
    @Override
    public String toString() {
        return size + " entries, root " + rootHex();
    }
}
