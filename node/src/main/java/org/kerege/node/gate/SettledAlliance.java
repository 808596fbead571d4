package org.kerege.node.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Alliance;
import org.kerege.gate.Roster;
import org.kerege.gate.Standing;
import org.kerege.node.charter.Charter;
import org.kerege.node.charter.CharterView;
import org.kerege.stix.StixId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The alliance as `members.yaml` in the node's data folder settles it, else as the settings do. The file is looked at
/// again at most once a second; a change holds from the next request on. A file that cannot be read after a change
/// leaves what held before in force, and the log says so.
///
/// Where a charter is in force, its acts say who is a member, an observer or a partner, and the file no longer does; the
/// file goes on to say what words mean, which identifiers organisations use, whom they serve, and who is an expert.
final class SettledAlliance implements Alliance {

    private static final Logger LOG = LoggerFactory.getLogger(SettledAlliance.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final String own;
    private final Map<String, String> standings;
    private final Path file;
    private final Charter charter;
    private final Clock clock;
    private volatile State state;

    /// @param looked when the file was looked at last
    /// @param stamp its time of change then, null when there was none
    private record State(
            MembersFile.Contents contents,
            Organisations organisations,
            long epoch,
            Instant looked,
            @Nullable FileTime stamp) {}

    /// @param own name of this node's organisation
    /// @throws IllegalArgumentException when the file says something that it cannot say
    SettledAlliance(
            String own, Map<String, String> standings, Path file, Charter charter, Clock clock) {
        this.own = own;
        this.standings = Map.copyOf(standings);
        this.file = file;
        this.charter = charter;
        this.clock = clock;
        this.state = load(1, clock.instant());
    }

    /// Looks at the file now, whenever it was looked at last.
    synchronized void lookAgainNow() {
        state = lookAgain(state, clock.instant());
    }

    Organisations organisations() {
        return current().organisations();
    }

    SecondPerson secondPerson() {
        return current().contents().secondPerson();
    }

    @Override
    public long epoch() {
        return current().epoch() + charter.epoch();
    }

    @Override
    public Roster at(Instant at) {
        State now = current();
        MembersFile.Contents contents = now.contents();
        Map<StixId, StixId> identities = new HashMap<>();
        Map<StixId, Standing> held = new HashMap<>();
        Map<StixId, Set<StixId>> clients = new HashMap<>();
        StixId ownId = now.organisations().identity(own);
        held.put(ownId, Standing.MEMBER);
        CharterView acts = charter.view();
        boolean byActs = acts != null && acts.inForce() != null;
        Instant until = null;
        for (MembersFile.Organisation one : contents.organisations()) {
            until = earlier(until, after(one.from(), at));
            until = earlier(until, after(one.until(), at));
            one.also().forEach(other -> identities.put(other, one.identity()));
            if (holds(one, at)) {
                if (!byActs || one.standing() == Standing.EXPERT) {
                    held.put(one.identity(), one.standing());
                }
                clients.put(one.identity(), ids(now.organisations(), one.clients()));
            }
        }
        if (acts != null && byActs) {
            acts.standingsAt(at)
                    .forEach((name, standing) ->
                            held.put(
                                    now.organisations().identity(name),
                                    Standing.valueOf(standing.toUpperCase(Locale.ROOT))));
            held.put(ownId, Standing.MEMBER);
            until = earlier(until, acts.nextChange(at));
        }
        Map<StixId, Set<StixId>> groups = new HashMap<>();
        contents.groups().forEach((id, names) -> groups.put(id, ids(now.organisations(), names)));
        return new Roster(
                ownId,
                identities,
                held,
                groups,
                clients,
                contents.community(),
                contents.circle(),
                contents.ceilings(),
                contents.gateways(),
                contents.encrypted(),
                contents.unstatedPap(),
                until);
    }

    private static boolean holds(MembersFile.Organisation one, Instant at) {
        Instant from = one.from();
        Instant until = one.until();
        return (from == null || !at.isBefore(from)) && (until == null || at.isBefore(until));
    }

    private static @Nullable Instant after(@Nullable Instant bound, Instant at) {
        return bound != null && bound.isAfter(at) ? bound : null;
    }

    private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isBefore(b) ? a : b;
    }

    private static Set<StixId> ids(Organisations organisations, Set<String> names) {
        return names.stream().map(organisations::identity).collect(Collectors.toSet());
    }

    private State current() {
        State now = state;
        Instant instant = clock.instant();
        if (instant.isBefore(now.looked().plus(LOOK_AGAIN))) {
            return now;
        }
        synchronized (this) {
            if (!instant.isBefore(state.looked().plus(LOOK_AGAIN))) {
                state = lookAgain(state, instant);
            }
            return state;
        }
    }

    private State lookAgain(State before, Instant instant) {
        try {
            if (Objects.equals(stamp(), before.stamp())) {
                return new State(
                        before.contents(),
                        before.organisations(),
                        before.epoch(),
                        instant,
                        before.stamp());
            }
            State loaded = load(before.epoch() + 1, instant);
            LOG.info("event=members_changed epoch={}", loaded.epoch());
            return loaded;
        } catch (IllegalArgumentException | UncheckedIOException e) {
            LOG.error("event=members_unreadable reason=\"{}\"", e.getMessage());
            return new State(
                    before.contents(),
                    before.organisations(),
                    before.epoch(),
                    instant,
                    before.stamp());
        }
    }

    private State load(long epoch, Instant looked) {
        FileTime stamp = stamp();
        MembersFile.Contents contents;
        try {
            contents = stamp == null ? MembersFile.without(standings) : MembersFile.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, StixId> identities = new HashMap<>();
        for (MembersFile.Organisation one : contents.organisations()) {
            identities.put(one.name(), one.identity());
        }
        return new State(contents, new Organisations(identities), epoch, looked, stamp);
    }

    private @Nullable FileTime stamp() {
        try {
            return Files.exists(file) ? Files.getLastModifiedTime(file) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
