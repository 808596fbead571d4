package org.kerege.node.gate;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.StixObject;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The one decision for every byte that leaves. What decides is interned as an audience when an object is taken in;
/// a reader's view is the list of audiences that include it, so that a query shows nothing else.
public final class Gate {

    private static final int NO_REFERENCES = 0;

    private final String ownOrganisation;
    private final JdbcClient database;
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();

    public Gate(String ownOrganisation, JdbcClient database) {
        this.ownOrganisation = ownOrganisation;
        this.database = database;
        database.sql("select number, key from audience")
                .query((row, _) -> Map.entry(row.getString(2), row.getInt(1)))
                .list()
                .forEach(entry -> numbers.put(entry.getKey(), entry.getValue()));
    }

    /// The number of an object's audience.
    ///
    /// @param origin organisation that handed the object to this node
    /// @param defaultMarking of its collection, for an object that carries none; null keeps it in the house
    public int audience(StixObject object, String origin, @Nullable String defaultMarking) {
        TreeSet<String> markings = new TreeSet<>();
        object.json()
                .path("object_marking_refs")
                .forEach(marking -> markings.add(marking.asString("unreadable")));
        object.json()
                .path("granular_markings")
                .forEach(marking ->
                        markings.add(marking.path("marking_ref").asString("unreadable")));
        if (Tlp.byId(object.id().toString()).isPresent()) {
            markings.add(object.id().toString());
        }
        if (markings.isEmpty() && defaultMarking != null) {
            markings.add(defaultMarking);
        }
        return numbers.computeIfAbsent(new Audience(origin, markings).key(), this::intern);
    }

    /// The number of what an object refers to.
    public int closure(StixObject object) {
        return NO_REFERENCES;
    }

    /// What a recipient may see at an instant.
    public View view(Recipient recipient, Instant at) {
        int[] audiences =
                numbers.entrySet().stream()
                        .filter(entry ->
                                decide(Audience.parse(entry.getKey()), recipient).released())
                        .flatMapToInt(entry -> IntStream.of(entry.getValue()))
                        .sorted()
                        .toArray();
        return new View(false, audiences, new int[] {NO_REFERENCES}, numbers.size(), Instant.MAX);
    }

    /// Whether a recipient may have objects of an audience, and why.
    public Decision decide(Audience audience, Recipient recipient) {
        if (recipient.standing() == Recipient.Standing.OWN) {
            return new Decision(true, "It stays in its own organisation.");
        }
        if (audience.origin().equals(recipient.organisation())) {
            return new Decision(true, "It came from " + recipient.organisation() + " itself.");
        }
        List<Optional<Tlp>> levels = audience.markings().stream().map(Tlp::byId).toList();
        if (levels.isEmpty()) {
            return new Decision(false, "It carries no marking, and its collection has no default.");
        }
        if (levels.stream().anyMatch(Optional::isEmpty)) {
            return new Decision(false, "It carries a marking that this node does not know.");
        }
        Tlp strictest =
                levels.stream().map(Optional::orElseThrow).max(Tlp::compareTo).orElseThrow();
        boolean relayed = !audience.origin().equals(ownOrganisation);
        return switch (strictest) {
            case CLEAR -> new Decision(true, "TLP:CLEAR may go to anyone.");
            case GREEN -> inCommunity(recipient);
            case AMBER, AMBER_STRICT -> amber(recipient, relayed);
            case RED ->
                    new Decision(false, "TLP:RED is for named persons; this node names none here.");
        };
    }

    private static Decision inCommunity(Recipient recipient) {
        boolean community = recipient.standing() != Recipient.Standing.STRANGER;
        return community
                ? new Decision(true, "TLP:GREEN may go to the alliance's community.")
                : new Decision(false, "TLP:GREEN stays in the alliance's community.");
    }

    private static Decision amber(Recipient recipient, boolean relayed) {
        if (relayed) {
            return new Decision(
                    false, "TLP:AMBER goes no further than the organisation that received it.");
        }
        return recipient.standing() == Recipient.Standing.MEMBER
                ? new Decision(true, "TLP:AMBER may go to a member that needs it.")
                : new Decision(false, "TLP:AMBER goes to members alone.");
    }

    private int intern(String key) {
        database.sql("insert into audience (key) values (?) on conflict do nothing")
                .param(key)
                .update();
        return database.sql("select number from audience where key = ?")
                .param(key)
                .query(Integer.class)
                .single();
    }
}
