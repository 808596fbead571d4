package org.kerege.node.witness;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerege.node.charter.Charter;
import org.kerege.node.charter.CharterView;
import org.kerege.tlog.Checkpoint;
import org.kerege.tlog.Hash;
import org.kerege.tlog.SignedNote;
import org.kerege.tlog.SplitView;
import org.kerege.tlog.VerifierKey;
import org.kerege.tlog.Witness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// This node as a witness of the logs that the charter's policy believes: it cosigns a head only when it extends the
/// last one that it cosigned, and keeps the evidence where a log shows it two histories. Thread-safe.
public final class Watch {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final LogKeys keys;
    private final Charter charter;
    private final JdbcClient database;
    private final Clock clock;
    private @Nullable String founding;
    private @Nullable Witness witness;

    Watch(LogKeys keys, Charter charter, JdbcClient database, Clock clock) {
        this.keys = keys;
        this.charter = charter;
        this.database = database;
        this.clock = clock;
    }

    /// Evidence that a log showed two histories.
    public record Found(String origin, SplitView evidence) {}

    /// Cosigns a head, or says why not.
    ///
    /// @throws org.kerege.tlog.MalformedLog when it is none
    Witness.Answer addCheckpoint(CosignRequest request) {
        Witness current = witness();
        String origin = Checkpoint.parse(request.note().text()).origin();
        if (current == null) {
            return new Witness.Answer.UnknownLog(origin);
        }
        Witness.Answer answer =
                current.addCheckpoint(request.oldSize(), request.proof(), request.note());
        if (answer instanceof Witness.Answer.Inconsistent(String _, SplitView evidence)
                && evidence != null) {
            keep(origin, evidence);
        }
        return answer;
    }

    /// What this node has caught, oldest first.
    public List<Found> splitViews() {
        return splitViews(database);
    }

    /// What the node of a store has caught, oldest first.
    public static List<Found> splitViews(JdbcClient database) {
        return database.sql(
                        "select origin, smaller, larger, root, proof from split_view order by found")
                .query((row, _) ->
                        new Found(
                                row.getString(1),
                                new SplitView(
                                        SignedNote.parse(row.getString(2)),
                                        SignedNote.parse(row.getString(3)),
                                        Hash.parse(row.getString(4)),
                                        row.getString(5).lines().map(Hash::parse).toList())))
                .list();
    }

    /// The last head that this node cosigned, by log.
    public Map<String, Checkpoint> cosigned() {
        Map<String, Checkpoint> heads = new HashMap<>();
        database.sql("select note from witnessed_head order by origin")
                .query((row, _) -> SignedNote.parse(row.getString(1)))
                .list()
                .forEach(note -> {
                    Checkpoint head = Checkpoint.parse(note.text());
                    heads.put(head.origin(), head);
                });
        return heads;
    }

    private synchronized @Nullable Witness witness() {
        CharterView view = charter.view();
        if (view == null) {
            return null;
        }
        String current = view.founding();
        if (witness == null || !current.equals(founding)) {
            Map<String, VerifierKey> logs =
                    view.policy().logs().stream()
                            .collect(Collectors.toMap(VerifierKey::name, key -> key, (a, _) -> a));
            witness = new Witness(keys.witness(), logs, new Stored(), clock);
            founding = current;
        }
        return witness;
    }

    private void keep(String origin, SplitView evidence) {
        LOG.error("event=split_view log={}", origin);
        database.sql("insert into split_view values (?, ?, ?, ?, ?, ?)")
                .param(origin)
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .param(evidence.smaller().toString())
                .param(evidence.larger().toString())
                .param(evidence.smallerRootInLarger().toString())
                .param(
                        evidence.proof().stream()
                                .map(Hash::toString)
                                .collect(Collectors.joining("\n")))
                .update();
    }

    /// Remembers in the store: what was stored is durable before the cosignature leaves.
    private final class Stored implements Witness.Memory {

        @Override
        public @Nullable SignedNote latest(String origin) {
            return database.sql("select note from witnessed_head where origin = ?")
                    .param(origin)
                    .query((row, _) -> SignedNote.parse(row.getString(1)))
                    .optional()
                    .orElse(null);
        }

        @Override
        public void store(String origin, SignedNote checkpoint) {
            database.sql(
                            """
                            insert into witnessed_head (origin, note) values (?, ?)
                            on conflict (origin) do update set note = excluded.note\
                            """)
                    .param(origin)
                    .param(checkpoint.toString())
                    .update();
        }
    }
}
