package org.kerege.node.server;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Constants;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// HTTP/1.1 whose patience ends. Tomcat bounds the silence between two bytes, so that a client which sends one byte
/// now and then holds its connection for ever, and enough of them hold all connections. Here a request's head is
/// there within [#HEAD], and its body within [#BODY] and a second more for each [#BODY_BYTES_PER_SECOND] received;
/// whoever is slower is hung up on. Answers are not timed: to make one may take long, to write one is bounded by Tomcat.
public final class PatientHttp11 extends Http11NioProtocol {

    /// Time for the request line and the headers, from their first byte on.
    public static final Duration HEAD = Duration.ofSeconds(30);

    /// Time that every body has, from the first byte of the request on.
    public static final Duration BODY = Duration.ofSeconds(60);

    /// Slowest that a longer body may come: 64 kbit/s.
    public static final int BODY_BYTES_PER_SECOND = 8 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(PatientHttp11.class);
    private static final Duration ROUND = Duration.ofSeconds(2);

    /// What Tomcat gives as the beginning of a request of which no byte has come.
    private static final long NOT_BEGUN = -1;

    private final Duration head;
    private final Duration body;
    private final Duration round;

    /// Tomcat keeps some processors for use again and forgets others.
    private final Set<Watched> watched =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private @Nullable ScheduledFuture<?> rounds;

    /// The form that Tomcat makes by itself.
    public PatientHttp11() {
        this(HEAD, BODY, ROUND);
    }

    /// @param head time for a head, as [#HEAD]
    /// @param body time for a body, as [#BODY]
    /// @param round how often connections are looked at
    PatientHttp11(Duration head, Duration body, Duration round) {
        this.head = head;
        this.body = body;
        this.round = round;
    }

    @Override
    public void start() throws Exception {
        super.start();
        rounds =
                getUtilityExecutor()
                        .scheduleWithFixedDelay(
                                this::hangUpOnSlow,
                                round.toMillis(),
                                round.toMillis(),
                                TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        ScheduledFuture<?> running = rounds;
        if (running != null) {
            running.cancel(false);
        }
        super.stop();
    }

    @Override
    protected Processor createProcessor() {
        Watched processor = new Watched();
        watched.add(processor);
        return processor;
    }

    private void hangUpOnSlow() {
        List<Watched> all;
        synchronized (watched) {
            all = List.copyOf(watched);
        }
        int slow = 0;
        for (Watched one : all) {
            if (isTooSlow(one.getRequest()) && one.hangUp()) {
                slow++;
            }
        }
        if (slow > 0) {
            LOG.warn("event=slow_clients_cut connections={}", slow);
        }
    }

    /// What Tomcat reads the requests of a connection with, one connection after the other.
    private final class Watched extends Http11Processor {

        Watched() {
            super(PatientHttp11.this, PatientHttp11.this.getAdapter());
        }

        boolean hangUp() {
            SocketWrapperBase<?> connection = getSocketWrapper();
            if (connection == null) {
                return false;
            }
            connection.close();
            return true;
        }
    }

    private boolean isTooSlow(Request request) {
        long begin = request.getStartTimeNanos();
        if (begin == NOT_BEGUN) {
            return false;
        }
        long allowed =
                switch (request.getRequestProcessor().getStage()) {
                    case Constants.STAGE_PREPARE,
                            Constants.STAGE_SERVICE,
                            Constants.STAGE_ENDINPUT,
                            Constants.STAGE_ENDOUTPUT ->
                            hasWholeBody(request) ? Long.MAX_VALUE : allowedForBody(request);
                    default -> head.toNanos();
                };
        // Another thread may have gone on to the next request meanwhile; then this one was no slow
        // one.
        return System.nanoTime() - begin > allowed && request.getStartTimeNanos() == begin;
    }

    private static boolean hasWholeBody(Request request) {
        AtomicBoolean whole = new AtomicBoolean();
        request.action(ActionCode.REQUEST_BODY_FULLY_READ, whole);
        return whole.get();
    }

    private long allowedForBody(Request request) {
        return body.toNanos()
                + TimeUnit.SECONDS.toNanos(request.getBytesRead() / BODY_BYTES_PER_SECOND);
    }
}
