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
import org.kerege.gate.Tlp;
import org.kerege.node.agreement.Agreement;
import org.kerege.node.agreement.Agreements;
import org.kerege.node.agreement.Party;
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
///
/// An agreement with another organisation's node gives it the standing of its tier, with the ceiling agreed on; where a
/// charter is in force only to whom the acts admit. One that is suspended or over takes the standing away, but not from
/// a member by the charter.
final class SettledAlliance implements Alliance {

    private static final Logger LOG = LoggerFactory.getLogger(SettledAlliance.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final String own;
    private final Map<String, String> standings;
    private final Path file;
    private final Charter charter;
    private final Agreements agreements;
    private final Clock clock;
    private volatile State state;
    private volatile Named named;

    /// The names of the file and of agreements.
    ///
    /// @param file epoch of the file
    /// @param epoch of the agreements
    private record Named(long file, long epoch, Organisations organisations) {}

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
            String own,
            Map<String, String> standings,
            Path file,
            Charter charter,
            Agreements agreements,
            Clock clock) {
        this.own = own;
        this.standings = Map.copyOf(standings);
        this.file = file;
        this.charter = charter;
        this.agreements = agreements;
        this.clock = clock;
        this.state = load(1, clock.instant());
        this.named = new Named(state.epoch(), -1, state.organisations());
    }

    /// Looks at the file now, whenever it was looked at last.
    synchronized void lookAgainNow() {
        state = lookAgain(state, clock.instant());
    }

    Organisations organisations() {
        State now = current();
        long epoch = agreements.epoch();
        Named last = named;
        if (last.file() == now.epoch() && last.epoch() == epoch) {
            return last.organisations();
        }
        Map<String, StixId> identities = new HashMap<>();
        for (Agreement one : agreements.all()) {
            Party other = one.otherParty();
            if (other != null) {
                identities.put(one.other(), other.identity());
            }
        }
        identities.putAll(stated(now.contents()));
        Organisations both = new Organisations(identities);
        named = new Named(now.epoch(), epoch, both);
        return both;
    }

    SecondPerson secondPerson() {
        return current().contents().secondPerson();
    }

    @Override
    public long epoch() {
        return current().epoch() + charter.epoch() + agreements.epoch();
    }

    @Override
    public Roster at(Instant at) {
        MembersFile.Contents contents = current().contents();
        Organisations organisations = organisations();
        Map<StixId, StixId> identities = new HashMap<>();
        Map<StixId, Standing> held = new HashMap<>();
        Map<StixId, Set<StixId>> clients = new HashMap<>();
        StixId ownId = organisations.identity(own);
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
                clients.put(one.identity(), ids(organisations, one.clients()));
            }
        }
        if (acts != null && byActs) {
            acts.standingsAt(at)
                    .forEach((name, standing) ->
                            held.put(
                                    organisations.identity(name),
                                    Standing.valueOf(standing.toUpperCase(Locale.ROOT))));
            held.put(ownId, Standing.MEMBER);
            until = earlier(until, acts.nextChange(at));
        }
        Map<StixId, Tlp> agreed = new HashMap<>();
        for (Map.Entry<StixId, Agreement> one : agreements.deciding(at).entrySet()) {
            StixId other = one.getKey();
            Agreement agreement = one.getValue();
            agreed.put(other, agreement.terms().ceiling());
            Standing before = held.getOrDefault(other, Standing.STRANGER);
            held.put(other, standing(agreement, before, byActs, at));
        }
        until = earlier(until, agreements.nextChange(at));
        Map<StixId, Set<StixId>> groups = new HashMap<>();
        contents.groups().forEach((id, names) -> groups.put(id, ids(organisations, names)));
        return new Roster(
                ownId,
                identities,
                held,
                groups,
                clients,
                contents.community(),
                contents.circle(),
                contents.ceilings(),
                agreed,
                contents.gateways(),
                contents.encrypted(),
                contents.unstatedPap(),
                until);
    }

    /// @param before what the file or the acts make of the other side
    private static Standing standing(
            Agreement agreement, Standing before, boolean byActs, Instant at) {
        if (byActs && before == Standing.MEMBER) {
            return before;
        }
        if (agreement.stateAt(at) != Agreement.State.IN_FORCE) {
            return Standing.SUSPENDED;
        }
        Standing tier = agreement.terms().tier();
        return byActs && tier != Standing.EXPERT ? before : tier;
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
        return new State(contents, new Organisations(stated(contents)), epoch, looked, stamp);
    }

    private static Map<String, StixId> stated(MembersFile.Contents contents) {
        Map<String, StixId> identities = new HashMap<>();
        for (MembersFile.Organisation one : contents.organisations()) {
            identities.put(one.name(), one.identity());
        }
        return identities;
    }

    private @Nullable FileTime stamp() {
        try {
            return Files.exists(file) ? Files.getLastModifiedTime(file) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
