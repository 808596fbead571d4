package org.kerege.node.ledger;

/// A PostgreSQL that can be connected to: the embedded one or one that the settings name.
///
/// @param url JDBC URL
public record Postgres(String url, String user, String password) {

    /// Without the password.
    @Override
    public String toString() {
        return "Postgres[" + url + ", user=" + user + "]";
    }
}
