package org.kerege.node.witness;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.kerege.tlog.Checkpoint;
import org.kerege.tlog.Hash;
import org.kerege.tlog.MalformedLog;
import org.kerege.tlog.NoteSignature;
import org.kerege.tlog.SignedNote;
import org.kerege.tlog.TreeNodes;
import org.kerege.tlog.VerifierKey;
import org.kerege.tlog.Witness;
import org.kerege.tlog.WitnessPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// This node's ledger as a log that it signs and others witness. A head is stored before anyone is shown it, so that no
/// crash makes the node sign two; a store that has fewer entries than a head it signed signs nothing more. Thread-safe.
public final class LedgerLog implements AutoCloseable {

    /// Heads are signed at sizes that are a multiple of this alone.
    public static final int BATCH = 64;

    private static final Logger LOG = LoggerFactory.getLogger(LedgerLog.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MAX_ANSWER_BYTES = 64 << 10;
    private static final int CONFLICT = 409;

    private final LogKeys keys;
    private final LedgerTree tree;
    private final Watch own;
    private final JdbcClient database;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /// Size of the last head that each witness cosigned, as far as it is known.
    private final Map<String, Long> cosigned = new ConcurrentHashMap<>();

    LedgerLog(LogKeys keys, LedgerTree tree, Watch own, JdbcClient database) {
        this.keys = keys;
        this.tree = tree;
        this.own = own;
        this.database = database;
    }

    /// The key by which others know this log; its name is the log's.
    public VerifierKey verifier() {
        return keys.log().verifier();
    }

    /// The key by which this node witnesses.
    public VerifierKey witnessVerifier() {
        return keys.witness().verifier();
    }

    /// The tree over the ledger.
    public TreeNodes tree() {
        tree.advance();
        return tree;
    }

    /// The last head that this node signed, with the cosignatures that it has.
    public Optional<SignedNote> head() {
        return database.sql("select note from ledger_head order by size desc limit 1")
                .query((row, _) -> SignedNote.parse(row.getString(1)))
                .optional();
    }

    /// How many entries the last signed head has; whoever may see heads sees nothing beyond it.
    public long shownSize() {
        return head().map(note -> Checkpoint.parse(note.text()).size()).orElse(0L);
    }

    /// Signs a head over the batches that are full and asks the witnesses of a policy that have not cosigned it yet.
    ///
    /// @return the head with the cosignatures that were given
    /// @throws IllegalStateException when the ledger has fewer entries than a head that this node signed
    public synchronized SignedNote cosign(WitnessPolicy policy) {
        SignedNote note = sign();
        List<NoteSignature> gathered = new ArrayList<>();
        try (ExecutorService asked = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<NoteSignature>>> answers = new ArrayList<>();
            policy.witnesses()
                    .forEach((name, key) -> {
                        if (note.signatures().stream().noneMatch(one -> one.isOf(key))) {
                            String address = policy.addresses().get(name);
                            answers.add(asked.submit(() -> ask(key, address, note)));
                        }
                    });
            for (Future<List<NoteSignature>> answer : answers) {
                gathered.addAll(answer.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a witness could not be asked", e.getCause());
        }
        SignedNote seen = note.with(gathered);
        store(Checkpoint.parse(seen.text()).size(), seen);
        return seen;
    }

    private SignedNote sign() {
        long entries = tree.advance();
        long size = entries / BATCH * BATCH;
        SignedNote last = head().orElse(null);
        if (last != null) {
            Checkpoint before = Checkpoint.parse(last.text());
            if (before.size() > entries || !tree.root(before.size()).equals(before.root())) {
                throw new IllegalStateException(
                        "the ledger does not continue the head of size "
                                + before.size()
                                + " that this node signed");
            }
            if (before.size() >= size) {
                return last;
            }
        }
        Checkpoint now = new Checkpoint(verifier().name(), size, tree.root(size));
        SignedNote note = now.signedBy(keys.log());
        store(size, note);
        return note;
    }

    private void store(long size, SignedNote note) {
        database.sql(
                        """
                        insert into ledger_head (size, note) values (?, ?)
                        on conflict (size) do update set note = excluded.note\
                        """)
                .param(size)
                .param(note.toString())
                .update();
    }

    private List<NoteSignature> ask(
            VerifierKey witness, @Nullable String address, SignedNote note) {
        try {
            if (witness.equals(witnessVerifier())) {
                return askOwn(note);
            }
            return address == null ? List.of() : askOther(witness, address, note);
        } catch (IOException | MalformedLog | IllegalArgumentException e) {
            LOG.debug(
                    "event=witness_silent witness={} reason=\"{}\"", witness.name(), e.toString());
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private List<NoteSignature> askOwn(SignedNote note) {
        Witness.Answer answer = own.addCheckpoint(request(witnessVerifier().name(), note));
        if (answer instanceof Witness.Answer.Stale(long size)) {
            cosigned.put(witnessVerifier().name(), size);
            answer = own.addCheckpoint(request(witnessVerifier().name(), note));
        }
        return answer instanceof Witness.Answer.Cosigned(NoteSignature signature)
                ? given(witnessVerifier(), note, List.of(signature))
                : List.of();
    }

    private List<NoteSignature> askOther(VerifierKey witness, String address, SignedNote note)
            throws IOException, InterruptedException {
        URI uri = URI.create(address.replaceAll("/+$", "") + "/add-checkpoint");
        HttpResponse<InputStream> answer = post(uri, request(witness.name(), note));
        String text = text(answer);
        if (answer.statusCode() == CONFLICT && text.strip().matches("\\d{1,18}")) {
            cosigned.put(witness.name(), Long.parseLong(text.strip()));
            answer = post(uri, request(witness.name(), note));
            text = text(answer);
        }
        if (answer.statusCode() != 200) {
            throw new IOException(uri + " answers " + answer.statusCode());
        }
        return given(witness, note, text.lines().map(NoteSignature::parse).toList());
    }

    private HttpResponse<InputStream> post(URI uri, CosignRequest request)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri)
                        .timeout(PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    private static String text(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            return new String(body.readNBytes(MAX_ANSWER_BYTES), StandardCharsets.UTF_8);
        }
    }

    /// Of the signatures that came, those of the witness that hold.
    private List<NoteSignature> given(
            VerifierKey witness, SignedNote note, List<NoteSignature> signatures) {
        List<NoteSignature> good =
                signatures.stream().filter(one -> one.verifies(note.text(), witness)).toList();
        if (!good.isEmpty()) {
            cosigned.put(witness.name(), Checkpoint.parse(note.text()).size());
        }
        return good;
    }

    private CosignRequest request(String witness, SignedNote note) {
        long size = Checkpoint.parse(note.text()).size();
        long old = Math.min(size, cosigned.getOrDefault(witness, 0L));
        List<Hash> proof = tree.consistencyProof(old, size);
        return new CosignRequest(old, proof, note);
    }

    @Override
    public void close() {
        http.close();
    }
}
