package org.kerege.node.charter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.MalformedCharter;
import org.kerege.charter.act.Act;
import org.kerege.charter.act.AllianceState;
import org.kerege.charter.act.Signers;
import org.kerege.charter.alliance.ActBundle;
import org.kerege.charter.alliance.Proofs;
import org.kerege.charter.alliance.ProvenAct;
import org.kerege.charter.alliance.Verification;
import org.kerege.node.ledger.StoreUnavailable;
import org.kerege.tlog.LogProof;
import org.kerege.tlog.MalformedLog;
import org.kerege.tlog.VerifierKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The charter that this node trusts, replayed from the acts and proofs in its store. Nothing else is kept: whoever has
/// the same objects computes the same state. Which founding act is trusted is the one thing that a node must be told;
/// it stands as a digest in the file `charter/founding` of the data folder. Where there is no such file there is no
/// charter.
///
/// The store is looked at again at most once a second; what it has gained is read and verified, the rest remembered.
/// Thread-safe.
public final class Charter {

    /// Where the trusted founding act is named, below the folder of a node's data.
    public static final String FOUNDING = "charter/founding";

    private static final Logger LOG = LoggerFactory.getLogger(Charter.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final String NEWER =
            """
            select v.seq, v.type, p.body, s.key from object_version v join ledger_payload p on p.seq = v.seq
            left join act_signer s on s.seq = v.seq where v.seq > ? and v.object_id >= 'alliance-act' and v.object_id < 'alliance-acu' order by v.seq
            """;

    private static final String REMEMBER =
            "insert into act_signer values (?, ?) on conflict (seq) do nothing";

    private final DataSource database;
    private final Path founding;

    // Guarded by this.
    private final List<Act> acts = new ArrayList<>();
    private final Map<String, List<LogProof>> proofsByAct = new HashMap<>();
    private final Signers signers = new Signers();
    private Proofs proofs = new Proofs();
    private @Nullable String trusted;
    private long lastSeq = -1;

    private volatile Seen seen = new Seen(null, 0, System.nanoTime() - LOOK_AGAIN.toNanos());

    /// @param looked reading of the machine's monotonic clock
    private record Seen(@Nullable CharterView view, long epoch, long looked) {}

    /// An act with the number of the entry that holds it.
    private record Stored(long seq, Act act) {}

    /// The charter in a store.
    ///
    /// @param founding file with the digest of the founding act that is trusted; it need not be there
    public Charter(DataSource database, Path founding) {
        this.database = database;
        this.founding = founding;
    }

    /// What the acts amount to; null where no charter is trusted, or its founding act is not here yet.
    ///
    /// @throws StoreUnavailable when the store cannot be read
    public @Nullable CharterView view() {
        return current().view();
    }

    /// Grows with every change of who stands how in the alliance.
    public long epoch() {
        return current().epoch();
    }

    /// The acts in the store with the proofs of their times, in the order in which they came.
    public synchronized List<ProvenAct> acts() {
        lookAgainNow();
        return proven();
    }

    /// Looks at the store now, whenever it was looked at last.
    public synchronized @Nullable CharterView lookAgainNow() {
        seen = lookAgain(seen);
        return seen.view();
    }

    private Seen current() {
        Seen now = seen;
        if (isFresh(now)) {
            return now;
        }
        synchronized (this) {
            if (!isFresh(seen)) {
                seen = lookAgain(seen);
            }
            return seen;
        }
    }

    private static boolean isFresh(Seen seen) {
        return System.nanoTime() - seen.looked() < LOOK_AGAIN.toNanos();
    }

    private Seen lookAgain(Seen before) {
        String digest = trustedDigest();
        if (digest == null) {
            return next(before, null);
        }
        boolean other = !digest.equals(trusted);
        if (other) {
            trusted = digest;
            proofs = new Proofs();
        }
        return readNewer() || other
                ? next(before, replay(digest))
                : new Seen(before.view(), before.epoch(), System.nanoTime());
    }

    private static Seen next(Seen before, @Nullable CharterView view) {
        boolean same = standings(before.view()).equals(standings(view));
        return new Seen(view, same ? before.epoch() : before.epoch() + 1, System.nanoTime());
    }

    private static List<AllianceState.Since> standings(@Nullable CharterView view) {
        return view == null ? List.of() : view.standings();
    }

    private @Nullable String trustedDigest() {
        try {
            return Files.exists(founding) ? Files.readString(founding).strip() : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @return whether the store has gained acts or proofs
    private boolean readNewer() {
        List<Stored> unchecked = new ArrayList<>();
        long from = lastSeq;
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(NEWER)) {
            statement.setLong(1, from);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    lastSeq = row.getLong(1);
                    read(lastSeq, row.getString(2), row.getBytes(3), row.getString(4), unchecked);
                }
            }
            signers.add(unchecked.stream().map(Stored::act).toList());
            remember(connection, unchecked);
        } catch (SQLException e) {
            throw new StoreUnavailable("the acts cannot be read now", e);
        }
        return lastSeq != from;
    }

    private void read(
            long seq, String type, byte[] body, @Nullable String signer, List<Stored> unchecked) {
        try {
            if (type.equals(Act.TYPE)) {
                Act act = Act.read(body);
                acts.add(act);
                if (signer == null) {
                    unchecked.add(new Stored(seq, act));
                } else {
                    signers.know(act, VerifierKey.parse(signer));
                }
            } else if (type.equals(ActBundle.PROOF_TYPE)) {
                ActBundle.Proof proof = ActBundle.readProof(body);
                proofsByAct
                        .computeIfAbsent(proof.digest(), _ -> new ArrayList<>(1))
                        .add(proof.proof());
            }
        } catch (MalformedCharter | MalformedLog e) {
            LOG.warn("event=act_unreadable type={} reason=\"{}\"", type, e.getMessage());
        }
    }

    /// Writes down whose signatures were found good, for the next start. Which key an act must bear the replay asks anew.
    private void remember(Connection connection, List<Stored> checked) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(REMEMBER)) {
            for (Stored one : checked) {
                VerifierKey signer = signers.signerOf(one.act());
                if (signer != null) {
                    insert.setLong(1, one.seq());
                    insert.setString(2, signer.toString());
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    private List<ProvenAct> proven() {
        List<ProvenAct> proven = new ArrayList<>(acts.size());
        for (Act act : acts) {
            proven.add(new ProvenAct(act, proofsByAct.getOrDefault(act.digest(), List.of())));
        }
        return proven;
    }

    private @Nullable CharterView replay(String digest) {
        if (acts.stream().noneMatch(act -> act.digest().equals(digest))) {
            // It is trusted before it has come: that is how a node joins.
            LOG.debug("event=charter_awaited digest={}", digest);
            return null;
        }
        try {
            return new CharterView(Verification.of(proven(), digest, Instant.MAX, proofs, signers));
        } catch (MalformedCharter | MalformedLog e) {
            LOG.warn("event=charter_unusable reason=\"{}\"", e.getMessage());
            return null;
        }
    }
}
