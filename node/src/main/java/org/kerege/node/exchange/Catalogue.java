package org.kerege.node.exchange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The API roots and collections of this node. They are few and change seldom, so they are held in memory and
/// read again after a change.
public final class Catalogue {

    private final JdbcClient database;
    private volatile Contents contents;

    public Catalogue(JdbcClient database) {
        this.database = database;
        this.contents = load();
    }

    private record Contents(List<ApiRoot> roots, List<Collection> collections) {

        Stream<Collection> of(String apiRoot) {
            return collections.stream().filter(one -> one.apiRoot().equals(apiRoot));
        }
    }

    public List<ApiRoot> apiRoots() {
        return contents.roots();
    }

    public Optional<ApiRoot> apiRoot(String name) {
        return contents.roots().stream().filter(root -> root.name().equals(name)).findFirst();
    }

    /// Collections of all roots, root by root, each root's in their order.
    public List<Collection> collections() {
        Contents now = contents;
        return now.roots().stream().flatMap(root -> now.of(root.name())).toList();
    }

    /// Collections of a root, in their order.
    public List<Collection> collections(String apiRoot) {
        return contents.of(apiRoot).toList();
    }

    /// The collection that a segment of an address names, by identifier or alias.
    public Optional<Collection> collection(String apiRoot, String idOrAlias) {
        return contents.collections().stream()
                .filter(c -> c.apiRoot().equals(apiRoot))
                .filter(c -> c.id().toString().equals(idOrAlias) || idOrAlias.equals(c.alias()))
                .findFirst();
    }

    public Optional<Collection> collection(int number) {
        return contents.collections().stream().filter(c -> c.number() == number).findFirst();
    }

    public void add(ApiRoot root) {
        database.sql(
                        """
                        insert into api_root (name, position, title, description, max_content_length, is_default)
                        values (?, (select count(*) from api_root), ?, ?, ?, ?) on conflict do nothing\
                        """)
                .param(root.name())
                .param(root.title())
                .param(root.description())
                .param(root.maxContentLength())
                .param(root.isDefault())
                .update();
        contents = load();
    }

    /// Adds a collection; its number is given here.
    public Collection add(
            UUID id,
            String apiRoot,
            @Nullable String alias,
            String title,
            @Nullable String description,
            @Nullable String defaultMarking,
            String specVersions,
            boolean canRead,
            boolean canWrite) {
        database.sql(
                        """
                        insert into collection (number, id, api_root, position, alias, title, description,
                            default_marking, spec_versions, can_read, can_write)
                        values ((select coalesce(max(number), 0) + 1 from collection), ?, ?,
                            (select count(*) from collection), ?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
                        """)
                .param(id)
                .param(apiRoot)
                .param(alias)
                .param(title)
                .param(description)
                .param(defaultMarking)
                .param(specVersions)
                .param(canRead)
                .param(canWrite)
                .update();
        contents = load();
        return collection(apiRoot, id.toString()).orElseThrow();
    }

    /// Reads the roots and collections anew, after they were changed elsewhere.
    public void refresh() {
        contents = load();
    }

    private Contents load() {
        return new Contents(
                database.sql(
                                "select name, title, description, max_content_length, is_default from api_root order by position")
                        .query((row, _) ->
                                new ApiRoot(
                                        row.getString(1),
                                        row.getString(2),
                                        row.getString(3),
                                        row.getLong(4),
                                        row.getBoolean(5)))
                        .list(),
                database.sql("select * from collection order by position")
                        .query((row, _) -> collection(row))
                        .list());
    }

    private static Collection collection(ResultSet row) throws SQLException {
        return new Collection(
                row.getInt("number"),
                row.getObject("id", UUID.class),
                row.getString("api_root"),
                row.getString("alias"),
                row.getString("title"),
                row.getString("description"),
                row.getString("default_marking"),
                row.getString("spec_versions"),
                row.getBoolean("can_read"),
                row.getBoolean("can_write"));
    }
}
