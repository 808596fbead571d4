package org.kerege.node.gate;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Action;
import org.kerege.gate.Channel;
import org.kerege.gate.CollectionRules;
import org.kerege.gate.Decision;
import org.kerege.gate.Fault;
import org.kerege.gate.HeldObject;
import org.kerege.gate.Intake;
import org.kerege.gate.Label;
import org.kerege.gate.Markings;
import org.kerege.gate.PersonReview;
import org.kerege.gate.Placement;
import org.kerege.gate.Purpose;
import org.kerege.gate.Recipient;
import org.kerege.gate.References;
import org.kerege.gate.Roster;
import org.kerege.gate.Sight;
import org.kerege.gate.Terms;
import org.kerege.gate.Tlp;
import org.kerege.gate.View;
import org.kerege.node.agreement.Agreements;
import org.kerege.node.charter.Charter;
import org.kerege.node.ledger.StoreUnavailable;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.kerege.stix.marking.Tlp.Level;
import org.springframework.jdbc.core.simple.JdbcClient;

/// This node's gate: the one decision for every byte that leaves, over what the node holds and the alliance it is in.
/// The rules are those of [org.kerege.gate.Gate]; here they meet names, collections and the store.
public final class Gate {

    private final SettledAlliance alliance;
    private final String own;
    private final Markings markings;
    private final DataSource database;
    private final Clock clock;
    private final org.kerege.gate.Gate rules;
    private final StoredNumbers audienceNumbers;
    private final StoredNumbers closureNumbers;

    /// The gate of the organisation `own`, over its alliance and its store.
    ///
    /// @param aside the same store by connections that nobody waits for: numbers and markings are looked up while a
    ///     connection of `database` is held, and were they taken from the same pool, many at once would each hold one
    ///     and wait for another
    Gate(SettledAlliance alliance, String own, DataSource database, DataSource aside, Clock clock) {
        this.alliance = alliance;
        this.own = own;
        this.database = database;
        this.clock = clock;
        JdbcClient client = JdbcClient.create(aside);
        this.markings = new Markings(new HeldMarkings(client)::find);
        this.audienceNumbers = new StoredNumbers(client, "audience");
        this.closureNumbers = new StoredNumbers(client, "closure");
        this.rules = new org.kerege.gate.Gate(alliance, markings, audienceNumbers, closureNumbers);
    }

    /// The gate over a store that is open, for a command that works on it.
    ///
    /// @param database opens a connection whenever one is asked for
    /// @param members the file `members.yaml`, which need not be there
    public static Gate over(
            DataSource database,
            String own,
            Map<String, String> standings,
            Path members,
            Clock clock) {
        return new Gate(
                new SettledAlliance(
                        own,
                        standings,
                        members,
                        new Charter(database, members.resolveSibling(Charter.FOUNDING)),
                        new Agreements(database),
                        clock),
                own,
                database,
                database,
                clock);
    }

    /// Where the gate placed objects that came together.
    ///
    /// @param placements one for each, in order
    /// @param references what each refers to, in order
    /// @param firstHand whether their bringer is the creator that each names, in order
    /// @param standOn what they refer to or are marked with, themselves aside
    /// @param asOf number of the last entry of the ledger before the gate looked; -1 when there was none. What was
    ///     recorded later may have been overlooked
    public record Placed(
            List<Placement> placements,
            List<References> references,
            List<Boolean> firstHand,
            Set<StixId> standOn,
            long asOf) {}

    /// Places objects that one organisation brings to one collection.
    ///
    /// @param deposited whether they were put here by their bringer; otherwise they were pulled from it
    public Placed place(
            List<StixObject> objects,
            String organisation,
            boolean deposited,
            Destination destination) {
        StixId from = alliance.organisations().identity(organisation);
        CollectionRules collection = rules(destination.defaultMarking());
        SecondPerson second =
                deposited && isOwn(organisation) ? alliance.secondPerson() : SecondPerson.NEVER;
        return withReferents(referents -> {
            Set<StixId> coming = new HashSet<>();
            Set<StixId> targets = new HashSet<>();
            List<References> references = objects.stream().map(References::of).toList();
            for (int i = 0; i < objects.size(); i++) {
                coming.add(objects.get(i).id());
                targets.addAll(references.get(i).all());
                targets.addAll(objects.get(i).markings());
            }
            long asOf = referents.lastEntry();
            Map<StixId, Integer> earlier = referents.audiences(coming);
            targets.removeAll(coming);
            if (!collection.openReferences()) {
                Set<StixId> all = new HashSet<>(targets);
                all.addAll(coming);
                referents.prepareDeep(all);
            }
            List<Intake> intakes = new ArrayList<>(objects.size());
            for (int i = 0; i < objects.size(); i++) {
                StixObject object = objects.get(i);
                Intake intake =
                        new Intake(
                                object,
                                references.get(i),
                                from,
                                deposited,
                                collection,
                                null,
                                asks(second, object, collection, destination),
                                null);
                Integer before = earlier.get(object.id());
                intakes.add(before == null ? intake : intake.after(before));
            }
            Instant now = clock.instant();
            Roster roster = alliance.at(now);
            List<Boolean> firstHand =
                    objects.stream().map(object -> isCreator(from, object, roster)).toList();
            return new Placed(
                    rules.place(intakes, referents, now), references, firstHand, targets, asOf);
        });
    }

    private boolean asks(
            SecondPerson second,
            StixObject object,
            CollectionRules collection,
            Destination destination) {
        return !second.rules().isEmpty()
                && second.asks(object, rules.marked(object, collection), destination.names());
    }

    private static boolean isCreator(StixId organisation, StixObject object, Roster roster) {
        StixId creator = object.createdBy();
        return creator != null && roster.organisationOf(creator).equals(organisation);
    }

    /// Numbers of the closures that stand on nothing: what an object of such a closure refers to never moves it.
    public int[] openClosures() {
        return rules.openClosures();
    }

    /// Where objects belong now that something they stand on has arrived: one placement for each, in order.
    public List<Placement> placeAgain(List<HeldObject> objects, Connection connection) {
        return rules.placeAgain(objects, referentsOf(objects, connection));
    }

    /// Where objects that name a person belong now that a review is recorded: one placement for each, in order.
    public List<Placement> placeReviewed(
            List<HeldObject> objects, PersonReview review, Connection connection) {
        return rules.placeReviewed(objects, review, referentsOf(objects, connection));
    }

    /// Where objects belong, either behind the wait for a second person or free of it: one placement for each, in order.
    public List<Placement> placeHeldBack(
            List<HeldObject> objects, boolean heldBack, Connection connection) {
        return rules.placeHeldBack(objects, heldBack, referentsOf(objects, connection));
    }

    /// The level of TLP that a text names, with or without its prefix and in either case; null when it names none.
    public static @Nullable Level level(String text) {
        Tlp tlp = Tlp.read(text.regionMatches(true, 0, "TLP:", 0, 4) ? text.substring(4) : text);
        return tlp == null ? null : Level.valueOf(tlp.name());
    }

    /// Whether this node can read that marking.
    public boolean knows(StixId marking) {
        return markings.label(marking).faults().isEmpty();
    }

    /// Numbers of the audiences with a fault of that kind.
    public int[] audiencesWith(Fault.Kind kind) {
        return rules.audiencesWith(kind);
    }

    /// Name of an organisation for people.
    public String nameOf(StixId organisation) {
        return organisations().identity(own).equals(organisation)
                ? own
                : organisations().name(organisation);
    }

    /// Whether objects of that audience wait for a second person to confirm their release.
    public boolean isHeldBack(int audience) {
        return rules.isHeldBack(audience);
    }

    /// Numbers of the audiences whose objects wait for a second person to confirm their release.
    public int[] heldBack() {
        return rules.audiencesWith(Fault.Kind.NOT_CONFIRMED);
    }

    private static HeldReferents referentsOf(List<HeldObject> objects, Connection connection) {
        HeldReferents referents = new HeldReferents(connection);
        Set<StixId> targets = new HashSet<>();
        objects.forEach(one -> targets.addAll(References.of(one.object()).all()));
        referents.prepareDeep(targets);
        return referents;
    }

    /// The placement whose readers are those of both.
    public Placement both(Placement one, Placement other) {
        return rules.both(one, other);
    }

    /// What an organisation's machine may have over a channel now.
    public View view(String organisation, Channel channel) {
        return view(organisation, null, channel, Purpose.DEFENCE, clock.instant());
    }

    /// What somebody may have.
    ///
    /// @param person identity of the person that asks, null for a machine or an unknown one
    public View view(
            String organisation,
            @Nullable StixId person,
            Channel channel,
            Purpose purpose,
            Instant at) {
        StixId identity = alliance.organisations().identity(organisation);
        return rules.view(new Recipient(identity, person), channel, purpose, at);
    }

    /// Whether no number was given since the view was made, so that it judges whatever is held while this is true.
    public boolean knowsAll(View view) {
        return rules.knowsAll(view);
    }

    /// What a recipient may have under a view that it might not have under an earlier one.
    public Sight.Opened opened(View now, Sight before) {
        return rules.opened(now, before);
    }

    /// The bytes in which an object that the view releases goes out: as received, or of its reduced version.
    public byte[] form(byte[] received, Placement placement, View view) {
        if (!view.reduces(placement.closure())) {
            return received;
        }
        return withReferents(referents ->
                rules.form(StixObject.read(received), placement, view, referents).bytes());
    }

    /// What becomes of an object for whoever the view is for, with the reason.
    public Decision decide(Placement placement, View view) {
        return rules.decide(placement, view);
    }

    /// Whether an action may be taken with an object of this audience, now.
    public boolean mayAct(Action action, int audience) {
        return rules.mayAct(action, audience, clock.instant());
    }

    /// What decides who may have objects of an audience, apart from who asks.
    public Terms terms(int audience) {
        return rules.audienceTerms(audience);
    }

    /// Whether that is the organisation of this node.
    public boolean isOwn(String organisation) {
        return organisation.equals(own);
    }

    /// Name of the organisation of this node.
    public String own() {
        return own;
    }

    /// Whether an identity is an organisation's own or another that it uses, now.
    public boolean isOf(StixId identity, StixId organisation) {
        return alliance.at(clock.instant()).organisationOf(identity).equals(organisation);
    }

    /// Names and identifiers of organisations.
    public Organisations organisations() {
        return alliance.organisations();
    }

    /// The rules under a supposition, over numbers of which nothing is kept.
    org.kerege.gate.Gate supposing(Supposition supposed) {
        return supposed.none()
                ? rules
                : new org.kerege.gate.Gate(
                        supposed.of(alliance, organisations()),
                        markings,
                        Supposition.passing(audienceNumbers),
                        Supposition.passing(closureNumbers));
    }

    /// Where a held object would belong under other rules.
    Placement placeUnder(org.kerege.gate.Gate others, HeldObject object) {
        Set<StixId> targets = References.of(object.object()).all();
        return withReferents(referents -> {
            referents.prepareDeep(targets);
            return others.placeAgain(List.of(object), referents).getFirst();
        });
    }

    SettledAlliance alliance() {
        return alliance;
    }

    org.kerege.gate.Gate rules() {
        return rules;
    }

    /// The rules of a collection. One whose default is TLP:CLEAR is of public content, and its references with it.
    public CollectionRules rules(@Nullable String defaultMarking) {
        if (defaultMarking == null) {
            return CollectionRules.STRICT;
        }
        Label unmarked = markings.label(StixId.parse(defaultMarking));
        return new CollectionRules(unmarked, unmarked.tlp() == Tlp.CLEAR, false);
    }

    private <T> T withReferents(Function<HeldReferents, T> use) {
        try (Connection connection = database.getConnection()) {
            return use.apply(new HeldReferents(connection));
        } catch (SQLException e) {
            throw new StoreUnavailable("the store cannot be read now", e);
        }
    }
}
