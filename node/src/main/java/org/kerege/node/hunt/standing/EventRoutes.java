package org.kerege.node.hunt.standing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Problems;
import org.kerege.node.identity.Role;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Takes events from programs of the node's own organisation: lines of any format that the readers know, plain or gzip.
/// The answer follows the hunt and says what was read; kept events are on the disk by then.
@RestController
@RequestMapping(path = "/hunt", produces = MediaType.APPLICATION_JSON_VALUE)
final class EventRoutes {

    /// Most bytes of a request as it comes.
    static final long MAX_BYTES = 64L << 20;

    /// Most bytes of a request after expansion.
    static final long MAX_EXPANDED_BYTES = 512L << 20;

    private static final int AT_ONCE = 4;

    private final StandingHunt standing;
    private final Gate gate;
    private final Semaphore free = new Semaphore(AT_ONCE);

    EventRoutes(StandingHunt standing, Gate gate) {
        this.standing = standing;
        this.gate = gate;
    }

    /// What was read of a request.
    ///
    /// @param firstUnread the first lines that could not be read, with reasons
    record Taken(long events, long unmapped, long unread, long matched, List<String> firstUnread) {}

    @PostMapping("/events")
    @Callers(Role.ANALYST)
    ResponseEntity<?> take(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(defaultValue = "posted") String source,
            InputStream body) {
        if (!gate.isOwn(caller.organisation())) {
            return Problems.answer(403, "events are taken from the node's own organisation alone");
        }
        if (!source.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,39}")) {
            return Problems.answer(400, "'source' has up to 40 letters, digits, dots and hyphens");
        }
        if (!free.tryAcquire()) {
            return ResponseEntity.status(503).header("Retry-After", "1").build();
        }
        try {
            SourceState read = standing.hunt(source, expanded(new Bounded(body, MAX_BYTES)));
            return ResponseEntity.ok(
                    new Taken(
                            read.events(),
                            read.unmapped(),
                            read.unread(),
                            read.matched(),
                            read.lastUnread()));
        } catch (TooLarge e) {
            return Problems.answer(413, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Problems.answer(
                    400, "the events cannot be read to their end: " + e.getMessage());
        } finally {
            free.release();
        }
    }

    private static InputStream expanded(InputStream raw) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
        in.mark(2);
        boolean gzip = in.read() == 0x1F && in.read() == 0x8B;
        in.reset();
        return gzip ? new Bounded(new GZIPInputStream(in, 1 << 16), MAX_EXPANDED_BYTES) : in;
    }

    private static final class TooLarge extends IOException {
        TooLarge(long most) {
            super("at most " + most + " bytes; hand the rest over in another request");
        }
    }

    /// A stream that is not read beyond a number of bytes.
    private static final class Bounded extends InputStream {

        private final InputStream in;
        private final long most;
        private long read;

        Bounded(InputStream in, long most) {
            this.in = in;
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = in.read(into, offset, length);
            read += Math.max(0, count);
            if (read > most) {
                throw new TooLarge(most);
            }
            return count;
        }
    }

    /// How a source is doing.
    record Told(
            String name,
            long events,
            long unmapped,
            long unread,
            long matched,
            long notExamined,
            long lag,
            @Nullable String lastEvent,
            @Nullable String problem,
            List<String> lastUnread) {}

    @GetMapping("/sources")
    @Callers({Role.ANALYST, Role.ADMINISTRATOR, Role.AUDITOR})
    ResponseEntity<?> sources(@AuthenticationPrincipal Caller caller) {
        if (!gate.isOwn(caller.organisation())) {
            return Problems.answer(403, "sources are told in the node's own organisation alone");
        }
        return ResponseEntity.ok(
                standing.states().stream()
                        .map(one ->
                                new Told(
                                        one.name(),
                                        one.events(),
                                        one.unmapped(),
                                        one.unread(),
                                        one.matched(),
                                        one.notExamined(),
                                        one.lag(),
                                        one.lastEvent() == null
                                                ? null
                                                : String.valueOf(one.lastEvent()),
                                        one.problem(),
                                        one.lastUnread()))
                        .toList());
    }
}
