package org.kerege.node.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Channel;
import org.kerege.node.exchange.search.Reader;
import org.kerege.node.exchange.search.SearchQuery;
import org.kerege.node.exchange.search.VisibleObject;
import org.kerege.node.exchange.search.VisibleObjects;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Role;
import org.kerege.node.identity.Session;
import org.kerege.node.identity.Sessions;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Tells an open page that something has come which its reader may have: server-sent events (HTML, §9.2) named `news` with how many.
/// What is withheld makes none. A stream ends with its session, which it does not keep alive, after ten minutes (the
/// browser opens another), when its account opens too many, and before the node stops. One virtual thread serves each.
@Controller
@Callers(Role.READER)
final class LiveChanges implements SmartLifecycle {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration LOOKS_EVERY = Duration.ofSeconds(2);
    private static final int MOST = 200;
    private static final int MOST_OF_ACCOUNT = 4;
    private static final int MOST_COUNTED = 20;

    private final VisibleObjects objects;
    private final Sessions sessions;
    private final Clock clock;

    /// Streams by account, oldest first; guarded by itself, like `open` and `running`.
    private final Map<String, Deque<CountDownLatch>> streams = new HashMap<>();

    private int open;
    private boolean running;

    LiveChanges(VisibleObjects objects, Sessions sessions, Clock clock) {
        this.objects = objects;
        this.sessions = sessions;
        this.clock = clock;
    }

    /// @param seconds after which the stream ends, at most 600
    @GetMapping("/desk/live")
    void follow(
            @RequestParam(defaultValue = "600") long seconds,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Session session = Session.ofSignedIn(request);
        CountDownLatch ended = begin(session.account());
        if (ended == null) {
            // No content tells a browser not to come back.
            response.setStatus(204);
            return;
        }
        try {
            response.setContentType("text/event-stream;charset=UTF-8");
            response.setHeader("X-Accel-Buffering", "no");
            Instant end = clock.instant().plusSeconds(Math.clamp(seconds, 0, LONGEST.toSeconds()));
            follow(session, end, ended, response.getOutputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(session.account(), ended);
        }
    }

    private void follow(Session session, Instant end, CountDownLatch ended, OutputStream out)
            throws IOException, InterruptedException {
        long seen = newest(session.caller(), 0).seq();
        send(out, "retry: 5000\n\n");
        while (clock.instant().isBefore(end)
                && !ended.await(LOOKS_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            Caller caller = sessions.caller(session);
            if (caller == null || !caller.is(Role.READER)) {
                return;
            }
            News news = newest(caller, seen);
            // A line that is no event shows whether the browser is still there.
            send(out, news.count() == 0 ? ":\n\n" : "event: news\ndata: " + news.count() + "\n\n");
            seen = Math.max(seen, news.seq());
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /// What has come.
    ///
    /// @param count at most 20
    /// @param seq of the newest object that the reader may have
    private record News(int count, long seq) {}

    private News newest(Caller caller, long seen) {
        Reader reader = objects.reader(caller, Channel.WEB);
        List<Long> newest =
                objects
                        .find(
                                reader,
                                SearchQuery.addedAfter(null),
                                Long.MAX_VALUE,
                                seen == 0 ? 1 : MOST_COUNTED)
                        .stream()
                        .map(VisibleObject::seq)
                        .toList();
        return new News(
                (int) newest.stream().filter(seq -> seq > seen).count(),
                newest.isEmpty() ? seen : newest.getFirst());
    }

    private @Nullable CountDownLatch begin(String account) {
        synchronized (streams) {
            if (!running || open >= MOST) {
                return null;
            }
            Deque<CountDownLatch> own = streams.computeIfAbsent(account, _ -> new ArrayDeque<>());
            if (own.size() >= MOST_OF_ACCOUNT) {
                own.getFirst().countDown();
            }
            CountDownLatch fresh = new CountDownLatch(1);
            own.addLast(fresh);
            open++;
            return fresh;
        }
    }

    private void end(String account, CountDownLatch stream) {
        synchronized (streams) {
            open--;
            Deque<CountDownLatch> own = streams.getOrDefault(account, new ArrayDeque<>());
            own.remove(stream);
            if (own.isEmpty()) {
                streams.remove(account);
            }
        }
    }

    @Override
    public void start() {
        synchronized (streams) {
            running = true;
        }
    }

    /// Comes before the server waits for requests that are under way.
    @Override
    public void stop() {
        synchronized (streams) {
            running = false;
            streams.values().forEach(own -> own.forEach(CountDownLatch::countDown));
        }
    }

    @Override
    public boolean isRunning() {
        synchronized (streams) {
            return running;
        }
    }
}
