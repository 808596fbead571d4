package org.kerege.node.council;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.act.Act;
import org.kerege.charter.act.Kind;
import org.kerege.charter.act.Verdict;
import org.kerege.charter.alliance.Verification;
import org.kerege.gate.Channel;
import org.kerege.node.charter.CharterView;
import org.kerege.node.desk.Entry;
import org.kerege.node.desk.Giving;
import org.kerege.node.exchange.search.VisibleObject;
import org.kerege.node.exchange.search.VisibleObjects;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Role;

/// Who may see the charter on the desk, and what of it: readers of the alliance's members, each what the gate releases of
/// the acts that an item stands on.
final class CharterReaders {

    private final Gate gate;
    private final VisibleObjects objects;
    private final Giving giving;
    private final Clock clock;

    CharterReaders(Gate gate, VisibleObjects objects, Giving giving, Clock clock) {
        this.gate = gate;
        this.objects = objects;
        this.giving = giving;
        this.clock = clock;
    }

    /// Whether the pages are there at all for a caller: a reader of this node's organisation or of a member.
    boolean mayRead(Caller caller, @Nullable CharterView view) {
        String organisation = caller.organisation();
        return caller.is(Role.READER)
                && (gate.isOwn(organisation)
                        || (view != null
                                && "member"
                                        .equals(
                                                view.standingsAt(clock.instant())
                                                        .get(organisation))));
    }

    /// Of these acts, by digest, those that go to the caller over a channel with all that is built on them: a session
    /// with its agenda, credentials and record, a proposal with its votes. What goes to another organisation is recorded
    /// as given.
    Set<String> released(Caller caller, Channel channel, CharterView view, Set<String> asked) {
        Map<String, List<String>> standsOn = new TreeMap<>();
        for (Verification.Finding finding : view.acts()) {
            if (finding.verdict() instanceof Verdict.InForce) {
                Act act = finding.act();
                for (String item : itemsOf(act)) {
                    if (asked.contains(item)) {
                        standsOn.computeIfAbsent(item, _ -> new ArrayList<>())
                                .add(act.id().toString());
                    }
                }
            }
        }
        Set<String> wanted = new HashSet<>();
        standsOn.values().forEach(wanted::addAll);
        List<VisibleObject> visible = objects.objects(objects.reader(caller, channel), wanted);
        Set<String> ids = new HashSet<>();
        visible.forEach(object -> ids.add(object.id()));
        standsOn.values().removeIf(acts -> !ids.containsAll(acts));
        giving.record(caller, visible.stream().map(Entry::of).toList());
        return Set.copyOf(standsOn.keySet());
    }

    /// Of these acts those that go to the caller, whatever became of them. What goes to another organisation is recorded
    /// as given.
    List<Verification.Finding> visible(
            Caller caller, Channel channel, List<Verification.Finding> findings) {
        Set<String> wanted = new HashSet<>();
        findings.forEach(finding -> wanted.add(finding.act().id().toString()));
        List<VisibleObject> found = objects.objects(objects.reader(caller, channel), wanted);
        Set<String> ids = new HashSet<>();
        found.forEach(object -> ids.add(object.id()));
        giving.record(caller, found.stream().map(Entry::of).toList());
        return findings.stream()
                .filter(finding -> ids.contains(finding.act().id().toString()))
                .toList();
    }

    private static Set<String> itemsOf(Act act) {
        Set<String> items = new HashSet<>();
        items.add(act.digest());
        items.add(act.content().path("proposal").asString(""));
        if (!act.kind().equals(Kind.DECISION)) {
            items.add(act.content().path("session").asString(""));
        }
        return items;
    }
}
