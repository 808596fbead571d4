package org.kerege.node.witness;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.kerege.node.charter.Charter;
import org.kerege.node.charter.CharterView;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.tlog.Hash;
import org.kerege.tlog.MalformedLog;
import org.kerege.tlog.SignedNote;
import org.kerege.tlog.TilePath;
import org.kerege.tlog.Witness;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The ledger's heads, tiles and proofs, and this node as a witness. Heads and proofs tell how much the ledger holds: they
/// go to members of the alliance alone, who witness it. Sources: C2SP tlog-tiles, tlog-witness.
@RestController
@RequestMapping("/log")
final class WitnessRoutes {

    private static final MediaType SIZE = MediaType.parseMediaType("text/x.tlog.size");
    private static final Duration A_YEAR = Duration.ofDays(365);

    private final LedgerLog log;
    private final Watch watch;
    private final Charter charter;
    private final Gate gate;
    private final Clock clock;

    WitnessRoutes(LedgerLog log, Watch watch, Charter charter, Gate gate, Clock clock) {
        this.log = log;
        this.watch = watch;
        this.charter = charter;
        this.gate = gate;
        this.clock = clock;
    }

    /// Cosigns another log's head. Whoever asks need not say who it is: the head is signed by its log or refused.
    @PostMapping("/witness/add-checkpoint")
    @Callers(anyone = true)
    ResponseEntity<String> addCheckpoint(InputStream body) throws IOException {
        byte[] read = body.readNBytes(CosignRequest.MAX_BYTES + 1);
        if (read.length > CosignRequest.MAX_BYTES) {
            return text(413, "a request has at most " + CosignRequest.MAX_BYTES + " bytes");
        }
        try {
            CosignRequest request = CosignRequest.parse(new String(read, StandardCharsets.UTF_8));
            return answer(watch.addCheckpoint(request));
        } catch (MalformedLog e) {
            return text(400, String.valueOf(e.getMessage()));
        }
    }

    private static ResponseEntity<String> answer(Witness.Answer answer) {
        return switch (answer) {
            case Witness.Answer.Cosigned(var cosignature) -> text(200, cosignature + "\n");
            case Witness.Answer.UnknownLog _ -> text(404, "this log is not watched here");
            case Witness.Answer.NotSigned _ -> text(403, "the head is not signed by its log");
            case Witness.Answer.WrongSize _ -> text(400, "the old size is larger than the new");
            case Witness.Answer.Stale(long size) ->
                    ResponseEntity.status(409).contentType(SIZE).body(size + "\n");
            case Witness.Answer.Inconsistent(String why, var _) -> text(422, why);
        };
    }

    @GetMapping("/checkpoint")
    @Callers
    ResponseEntity<?> checkpoint(@AuthenticationPrincipal Caller caller) {
        return forMembers(
                caller,
                () ->
                        log.head()
                                .map(SignedNote::toString)
                                .map(head -> text(200, head))
                                .orElseGet(() -> text(404, "no head has been signed yet")));
    }

    /// A tile of hashes. Full tiles never change.
    @GetMapping("/tile/**")
    @Callers
    ResponseEntity<?> tile(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        String path = request.getRequestURI().substring("/log/".length());
        return forMembers(
                caller,
                () -> {
                    TilePath tile = TilePath.parse(path);
                    requireShown(tile.end());
                    return ResponseEntity.ok()
                            .contentType(MediaType.APPLICATION_OCTET_STREAM)
                            .cacheControl(
                                    tile.isFull()
                                            ? CacheControl.maxAge(A_YEAR).cachePrivate().immutable()
                                            : CacheControl.noCache())
                            .body(tile.hashes(log.tree()));
                });
    }

    /// That an entry is in the tree of `size` entries: one hash a line, from the entry's sibling upward.
    @GetMapping("/proof/inclusion")
    @Callers
    ResponseEntity<?> inclusion(
            @AuthenticationPrincipal Caller caller,
            @RequestParam long index,
            @RequestParam long size) {
        return forMembers(
                caller,
                () -> {
                    requireShown(size);
                    return lines(log.tree().inclusionProof(index, size));
                });
    }

    /// That the tree of `from` entries is the beginning of that of `to` entries.
    @GetMapping("/proof/consistency")
    @Callers
    ResponseEntity<?> consistency(
            @AuthenticationPrincipal Caller caller,
            @RequestParam long from,
            @RequestParam long to) {
        return forMembers(
                caller,
                () -> {
                    requireShown(to);
                    return lines(log.tree().consistencyProof(from, to));
                });
    }

    /// What is beyond the last head would tell how many entries there are to the entry.
    private void requireShown(long size) {
        if (size > log.shownSize()) {
            throw new IndexOutOfBoundsException("beyond the last head");
        }
    }

    private ResponseEntity<?> forMembers(Caller caller, Supplier<ResponseEntity<?>> answer) {
        if (!isMember(caller.organisation())) {
            return text(403, "heads and proofs go to members of the alliance");
        }
        try {
            return answer.get();
        } catch (MalformedLog | IndexOutOfBoundsException e) {
            return text(404, "the log has no such tile or proof");
        }
    }

    private boolean isMember(String organisation) {
        CharterView view = charter.view();
        return gate.isOwn(organisation)
                || (view != null
                        && "member".equals(view.standingsAt(clock.instant()).get(organisation)));
    }

    private static ResponseEntity<String> lines(List<Hash> hashes) {
        return text(200, hashes.stream().map(hash -> hash + "\n").collect(Collectors.joining()));
    }

    private static ResponseEntity<String> text(int status, String text) {
        return ResponseEntity.status(status)
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .body(text);
    }
}
