package org.kerege.node.exchange.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.kerege.node.ledger.StoreUnavailable;
import org.kerege.stix.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// The projection by which objects are found. It follows the ledger at its own pace, so that taking in waits for
/// nothing, and each search first brings it forward as far as a moment allows. Where it ends is read from itself.
public final class ObjectWords implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectWords.class);
    private static final int BATCH = 500;
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final DataSource database;
    private final ReentrantLock one = new ReentrantLock();
    private final Thread follower;
    private volatile boolean closed;

    public ObjectWords(DataSource database) {
        this.database = database;
        this.follower = Thread.ofVirtual().name("object-words").unstarted(this::follow);
    }

    /// Follows the ledger until it is closed.
    public ObjectWords start() {
        follower.start();
        return this;
    }

    /// Takes in the words of what came lately, at most one batch: newer ones than that are found a moment later.
    void bringForward() {
        try {
            if (one.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    addBatch();
                } finally {
                    one.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw new StoreUnavailable("the words of objects cannot be read now", e);
        }
    }

    private void follow() {
        while (!closed) {
            int added = 0;
            one.lock();
            try {
                added = addBatch();
            } catch (SQLException | RuntimeException e) {
                // The next round begins where this one did.
                LOG.warn("event=words_not_added reason={}", e.getMessage());
            } finally {
                one.unlock();
            }
            if (added < BATCH) {
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            // Only close() interrupts, and the loop sees it.
            LOG.debug("event=words_closing");
        }
    }

    private record Row(long seq, byte[] body) {}

    /// @return how many versions it took in, at most [#BATCH]
    private int addBatch() throws SQLException {
        try (Connection connection = database.getConnection()) {
            List<Row> rows = waiting(connection);
            if (rows.isEmpty()) {
                return 0;
            }
            try (PreparedStatement insert =
                    connection.prepareStatement(
                            "insert into object_words (seq, words, open_words)"
                                    + " values (?, words_of(?), words_of(?)) on conflict do nothing")) {
                for (Row row : rows) {
                    JsonNode object = Json.mapper().readTree(row.body());
                    insert.setLong(1, row.seq());
                    insert.setString(2, SearchText.whole(object));
                    if (SearchText.marksParts(object)) {
                        insert.setString(3, SearchText.open(object));
                    } else {
                        insert.setNull(3, Types.VARCHAR);
                    }
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            return rows.size();
        }
    }

    private static List<Row> waiting(Connection connection) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement select =
                        connection.prepareStatement(
                                """
                                select v.seq, p.body from object_version v join ledger_payload p on p.seq = v.seq
                                where v.seq > (select coalesce(max(seq), -1) from object_words)
                                order by v.seq limit\
                                """
                                        + " "
                                        + BATCH);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rows.add(new Row(row.getLong(1), row.getBytes(2)));
            }
        }
        return rows;
    }

    @Override
    public void close() {
        closed = true;
        follower.interrupt();
        try {
            follower.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
