package org.kerege.node.peers;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.kerege.node.agreement.Agreement;
import org.kerege.node.agreement.Agreements;
import org.kerege.node.agreement.Party;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.kerege.taxii.client.TaxiiFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Keeps this node in step with each peer that has an address, on a thread of its own: first mail, so that recalls come
/// before anything else, then what the peer gives. A peer that fails delays nobody but itself; one whose answers cannot be
/// used is quarantined with the reason, and mail alone is exchanged with it.
public final class Rounds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final Duration PAUSE = Duration.ofSeconds(20);
    private static final Duration BETWEEN_WAKES = Duration.ofMillis(200);
    private static final Duration FIRST_PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);
    private static final int MOST_DOUBLINGS = 10;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);
    private static final Duration LOOK_FOR_NEW = Duration.ofSeconds(2);

    private final Agreements agreements;
    private final Post post;
    private final HttpWire wire;
    private final PeerPull pull;
    private final PeerStates states;
    private final Recalls recalls;
    private final Clock clock;
    private final Map<UUID, Semaphore> wakes = new ConcurrentHashMap<>();
    private final Map<UUID, ReentrantLock> turns = new ConcurrentHashMap<>();
    private final Map<UUID, Thread> listeners = new ConcurrentHashMap<>();
    private final Map<UUID, Thread> threads = new ConcurrentHashMap<>();
    private @Nullable Thread supervisor;

    Rounds(
            Agreements agreements,
            Mailbox mailbox,
            Post post,
            HttpWire wire,
            PeerPull pull,
            PeerStates states,
            Recalls recalls,
            Clock clock) {
        this.agreements = agreements;
        this.post = post;
        this.wire = wire;
        this.pull = pull;
        this.states = states;
        this.recalls = recalls;
        this.clock = clock;
        mailbox.watch(this::wake);
    }

    /// Begins the rounds. A node that goes on from a backup first has its mail, before anything is served: what was
    /// recalled since the backup was made is taken off first.
    void start() throws InterruptedException {
        if (states.isRestored()) {
            states.skipLostNumbers();
            for (Agreement one : agreements.all()) {
                if (isCalled(one)) {
                    mailOnly(one);
                }
            }
            states.caughtUp();
        }
        supervisor = Thread.ofVirtual().name("peers").start(this::supervise);
    }

    private void supervise() {
        try {
            while (true) {
                try {
                    for (Agreement one : agreements.all()) {
                        if (isCalled(one)) {
                            threads.compute(one.agreement(), running(this::begin));
                            listeners.compute(one.agreement(), running(this::listen));
                        }
                    }
                    recalls.endHolds();
                } catch (RuntimeException e) {
                    // Whatever the store or one agreement met, the others are looked after again.
                    LOG.warn("event=peers_wait reason=\"{}\"", e.getMessage());
                }
                Thread.sleep(LOOK_FOR_NEW);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// One thread for an agreement: the one that runs, or another where there is none or it has ended on a fault.
    private static BiFunction<UUID, @Nullable Thread, Thread> running(
            Function<UUID, Thread> begin) {
        return (agreement, thread) ->
                thread != null && thread.isAlive() ? thread : begin.apply(agreement);
    }

    private void mailOnly(Agreement agreement) throws InterruptedException {
        Party other = agreement.otherParty();
        try {
            post.exchange(agreement, wire);
        } catch (IOException | RuntimeException e) {
            if (other != null) {
                failed(agreement, other, e);
            }
        }
    }

    private static boolean isCalled(Agreement agreement) {
        Party other = agreement.otherParty();
        return agreement.acceptance() != null && other != null && other.address() != null;
    }

    private Thread begin(UUID agreement) {
        Semaphore wake = wakes.computeIfAbsent(agreement, _ -> new Semaphore(0));
        return Thread.ofVirtual().name("peer-" + agreement).start(() -> repeat(agreement, wake));
    }

    private Thread listen(UUID agreement) {
        Semaphore wake = wakes.computeIfAbsent(agreement, _ -> new Semaphore(0));
        return Thread.ofVirtual()
                .name("peer-listens-" + agreement)
                .start(() -> listen(agreement, wake));
    }

    /// Has the other side hold a request, and wakes the round when it is answered.
    private void listen(UUID id, Semaphore wake) {
        try {
            while (true) {
                Agreement agreement = agreements.find(id).orElseThrow();
                Party other = Objects.requireNonNull(agreement.otherParty());
                boolean listens =
                        agreement.stateAt(clock.instant()) == Agreement.State.IN_FORCE
                                && states.quarantine(other.identity()) == null
                                && states.failures(other.identity()) == 0;
                Duration pause = listens ? BETWEEN_WAKES : PAUSE;
                try {
                    if (listens && wire.hold(agreement, since(other)).path("new").asBoolean()) {
                        wake.release();
                    }
                } catch (IOException | RuntimeException e) {
                    // The round itself will meet the same, and keeps it.
                    LOG.debug("event=peer_not_heard peer=\"{}\"", agreement.other(), e);
                    pause = PAUSE;
                }
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ObjectNode since(Party other) {
        ObjectNode question = Json.mapper().createObjectNode();
        ObjectNode since = question.putObject("since");
        for (String alias : other.gives()) {
            Instant reached = states.pulled(other.identity(), alias).reached();
            if (reached != null) {
                since.put(alias, reached.toString());
            }
        }
        return question;
    }

    private void repeat(UUID id, Semaphore wake) {
        try {
            while (true) {
                Agreement agreement = agreements.find(id).orElseThrow();
                boolean good = runOnce(agreement);
                Duration pause = good ? PAUSE : afterFailures(agreement);
                if (wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration afterFailures(Agreement agreement) {
        Party other = agreement.otherParty();
        int failures = other == null ? 1 : states.failures(other.identity());
        Duration pause =
                FIRST_PAUSE_AFTER_FAILURE.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /// Goes round once with every peer, now.
    public void goRound() throws InterruptedException {
        for (Agreement one : agreements.all()) {
            if (isCalled(one)) {
                runOnce(one);
            }
        }
    }

    /// Reads what a peer gives, whatever the papers here say of the agreement.
    ///
    /// @return why it did not go; null where it did
    public @Nullable String tryPull(UUID agreement) throws InterruptedException {
        try {
            pull.run(agreements.find(agreement).orElseThrow());
            return null;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /// Goes round once with a peer and keeps how it ended.
    ///
    /// @return whether it went well
    boolean runOnce(Agreement agreement) throws InterruptedException {
        ReentrantLock turn = turns.computeIfAbsent(agreement.agreement(), _ -> new ReentrantLock());
        turn.lockInterruptibly();
        try {
            return goWith(agreement);
        } finally {
            turn.unlock();
        }
    }

    private boolean goWith(Agreement agreement) throws InterruptedException {
        Party other = agreement.otherParty();
        if (other == null) {
            return true;
        }
        try {
            post.exchange(agreement, wire);
            Agreement now = agreements.find(agreement.agreement()).orElse(agreement);
            if (now.stateAt(clock.instant()) == Agreement.State.IN_FORCE
                    && states.quarantine(other.identity()) == null) {
                pull.run(now);
                states.good(other.identity());
            }
            return true;
        } catch (TaxiiFailure e) {
            if (e.kind() == TaxiiFailure.Kind.UNUSABLE) {
                states.quarantine(other.identity(), String.valueOf(e.getMessage()));
            }
            failed(agreement, other, e);
        } catch (IOException | RuntimeException e) {
            failed(agreement, other, e);
        }
        return false;
    }

    private void failed(Agreement agreement, Party other, Exception why) {
        String message =
                why.getMessage() == null
                        ? other.address() + " cannot be reached"
                        : why.getMessage();
        LOG.warn("event=peer_failed peer=\"{}\" reason=\"{}\"", agreement.other(), message);
        states.failed(other.identity(), message);
    }

    /// Begins the next round with a peer now.
    private void wake(StixId peer) {
        Instant now = clock.instant();
        agreements
                .with(peer, now)
                .ifPresent(one ->
                        wakes.computeIfAbsent(one.agreement(), _ -> new Semaphore(0)).release());
    }

    /// Goes on no more rounds.
    void stop() {
        if (supervisor != null) {
            supervisor.interrupt();
        }
        threads.values().forEach(Thread::interrupt);
        listeners.values().forEach(Thread::interrupt);
        try {
            for (Thread thread : threads.values()) {
                thread.join(Duration.ofSeconds(10));
            }
            for (Thread thread : listeners.values()) {
                thread.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
        wire.close();
    }
}
