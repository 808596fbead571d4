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

    /// What a search waits for: newer ones than that are found a moment later.
    private static final int BATCH = 500;

    /// What the follower takes at a time, short enough that a request beside it hardly notices.
    private static final int STEP = 100;

    private static final Duration PAUSE = Duration.ofSeconds(2);

    /// How much longer than a step the follower rests after it: to find the words of an object costs more than to take
    /// it in, so where more comes in than words are found, taking in goes first and the words follow when it is done.
    private static final int REST = 1;

    private static final int REST_WHEN_BUSY = 19;
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
                    add(BATCH);
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
        long head = -1;
        while (!closed) {
            long begin = System.nanoTime();
            int added = 0;
            long headBefore = head;
            one.lock();
            try {
                added = add(STEP);
                head = head();
            } catch (SQLException | RuntimeException e) {
                // The next round begins where this one did.
                LOG.warn("event=words_not_added reason={}", e.getMessage());
            } finally {
                one.unlock();
            }
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            boolean busy = head - headBefore > STEP;
            pause(added < STEP ? PAUSE : taken.multipliedBy(busy ? REST_WHEN_BUSY : REST));
        }
    }

    /// Number of the last entry of the ledger; -1 when it has none.
    private long head() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement(
                                "select coalesce(max(seq), -1) from ledger_entry");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            // Only close() interrupts, and the loop sees it.
            LOG.debug("event=words_closing");
        }
    }

    private record Row(long seq, byte[] body) {}

    /// @return how many versions it took in, at most `limit`
    private int add(int limit) throws SQLException {
        try (Connection connection = database.getConnection()) {
            List<Row> rows = waiting(connection, limit);
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

    /// Where the words end is asked for by itself, and said of both tables: else the planner does not see how few rows
    /// are wanted, and reads one of them from its beginning.
    private static List<Row> waiting(Connection connection, int limit) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement last =
                        connection.prepareStatement(
                                "select coalesce(max(seq), -1) from object_words");
                ResultSet end = last.executeQuery();
                PreparedStatement select =
                        connection.prepareStatement(
                                """
                                select v.seq, p.body from object_version v join ledger_payload p on p.seq = v.seq
                                where v.seq > ? and p.seq > ? order by v.seq limit ?\
                                """)) {
            end.next();
            select.setLong(1, end.getLong(1));
            select.setLong(2, end.getLong(1));
            select.setInt(3, limit);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(new Row(row.getLong(1), row.getBytes(2)));
                }
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
