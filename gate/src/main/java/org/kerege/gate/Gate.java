package org.kerege.gate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Reason.Code;
import org.kerege.gate.Referents.Referent;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;

/// The one decision for every byte that leaves. At intake it places an object, giving it the number of its
/// *audience* (what its markings say, in which part we hold it, whose it is) and of its *closure* (what else its
/// reader must be allowed to know). A request asks for the recipient's [View], whose numbers select what may go
/// out at the speed of an index. Who is in an audience is worked out anew when the alliance or the hour
/// changes; no object is touched for it.
///
/// Safe from many threads. It never looks at a clock.
public final class Gate {

    private static final int KEPT_VIEWS = 1_000;

    private final Alliance alliance;
    private final Markings markings;
    private final Numbers numbers;
    private final Map<ViewKey, View> views =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<ViewKey, View> eldest) {
                    return size() > KEPT_VIEWS;
                }
            };

    private record ViewKey(Recipient recipient, Channel channel, Purpose purpose, int placed) {}

    /// @param markings finds the marking-definitions held
    /// @param audienceNumbers keeps the numbers of audiences over restarts
    /// @param closureNumbers likewise of closures
    public Gate(
            Alliance alliance,
            Markings markings,
            Interning audienceNumbers,
            Interning closureNumbers) {
        this.alliance = alliance;
        this.markings = markings;
        this.numbers = new Numbers(audienceNumbers, closureNumbers);
    }

    /// Places an object that is taken in, or placed again because a marking of it arrived.
    ///
    /// @param at instant of the intake
    public Placement place(Intake intake, Referents referents, Instant at) {
        return place(List.of(intake), referents, at).getFirst();
    }

    /// Places objects that are taken in together; they may refer to each other in any order.
    ///
    /// @param held what was held before
    /// @return a placement for each, in order
    public List<Placement> place(List<Intake> intakes, Referents held, Instant at) {
        Roster roster = alliance.at(at);
        Markings known = withArriving(intakes);
        Map<StixId, Referent> arriving = new HashMap<>();
        List<Weighed> weighed = new ArrayList<>(intakes.size());
        for (Intake intake : intakes) {
            Weighed one = weigh(intake, known, roster);
            weighed.add(one);
            arriving.merge(
                    intake.object().id(),
                    withVersions(one, one.open() ? null : held.find(intake.object().id())),
                    (before, now) ->
                            new Referent(now.audience(), now.references(), before.audiences()));
        }
        Referents all =
                id -> {
                    Referent referent = arriving.get(id);
                    return referent == null ? held.find(id) : referent;
                };
        return weighed.stream()
                .map(one ->
                        new Placement(
                                one.audience(), numbers.closure(one.closure(all, numbers::anyOf))))
                .toList();
    }

    /// What arrives beside the versions that were held before.
    private static Referent withVersions(Weighed arriving, @Nullable Referent held) {
        return new Referent(
                arriving.audience(),
                arriving.references(),
                held == null ? Set.of() : held.audiences());
    }

    private Markings withArriving(List<Intake> intakes) {
        Map<StixId, StixObject> arriving = new HashMap<>();
        for (Intake intake : intakes) {
            if (intake.object().type().equals("marking-definition")) {
                arriving.put(intake.object().id(), intake.object());
            }
        }
        return new Markings(
                        id -> {
                            StixObject held = markings.held().apply(id);
                            return held == null ? arriving.get(id) : held;
                        })
                .lookedUpOnce();
    }

    /// An object of which everything but what it refers to has been looked at.
    private record Weighed(
            int audience,
            @Nullable StixId author,
            References references,
            boolean open,
            NavigableSet<Integer> parts) {

        Closure closure(Referents referents, ToIntFunction<NavigableSet<Integer>> anyOf) {
            return open
                    ? new Closure(true, author, new TreeSet<>(), List.of(), List.of(), parts)
                    : Closing.of(references, author, referents, anyOf, parts);
        }
    }

    private Weighed weigh(Intake intake, Markings known, Roster roster) {
        Marked marked = Marked.read(intake.object(), known, intake.collection().unmarked());
        return weigh(
                intake.references(),
                marked,
                terms(intake, marked.whole(), roster),
                intake.collection());
    }

    private Weighed weigh(
            References references, Marked marked, Terms terms, CollectionRules collection) {
        NavigableSet<Integer> parts = new TreeSet<>();
        for (Label part : marked.parts().keySet()) {
            parts.add(audience(new Terms(part.join(terms.label()), terms.role(), terms.source())));
        }
        return new Weighed(
                audience(terms),
                terms.role() == Role.ORIGINATOR ? terms.source() : null,
                references,
                collection.openReferences(),
                parts);
    }

    /// Places held objects again because a marking or an object that they stand on arrived or changed. In which part
    /// each is held, whose it is and a review once recorded stay as they were.
    ///
    /// @return a placement for each, in order
    public List<Placement> placeAgain(List<HeldObject> objects, Referents referents) {
        Markings known = markings.lookedUpOnce();
        return objects.stream().map(one -> placeAgain(one, known, referents)).toList();
    }

    /// Places held objects that name a person, now that people have recorded why they may leave.
    ///
    /// @return a placement for each, in order
    public List<Placement> placeReviewed(
            List<HeldObject> objects, PersonReview review, Referents referents) {
        Markings known = markings.lookedUpOnce();
        Label reviewed = Label.within(new Window(null, review.reviewBy()));
        return objects.stream()
                .map(one -> placeAgain(one, known, reviewed.join(heldBack(one)), referents))
                .toList();
    }

    /// Places held objects again, either behind the wait for a second person or free of it.
    ///
    /// @return a placement for each, in order
    public List<Placement> placeHeldBack(
            List<HeldObject> objects, boolean heldBack, Referents referents) {
        Markings known = markings.lookedUpOnce();
        Label held = heldBack ? Label.of(Fault.UNCONFIRMED) : Label.NONE;
        return objects.stream()
                .map(one -> placeAgain(one, known, ofPersons(one).join(held), referents))
                .toList();
    }

    /// What an object's markings say, with the default of its collection where they do not say who may have it.
    public Label marked(StixObject object, CollectionRules collection) {
        return Marked.read(object, markings, collection.unmarked()).whole();
    }

    /// Whether objects of this audience wait for a second person to confirm their release.
    public boolean isHeldBack(int audience) {
        return audienceTerms(audience).label().faults().contains(Fault.UNCONFIRMED);
    }

    /// Numbers of all audiences with a fault of that kind, ascending.
    public int[] audiencesWith(Fault.Kind kind) {
        return numbers.audiencesWith(kind);
    }

    private Placement placeAgain(HeldObject one, Markings known, Referents referents) {
        return placeAgain(one, known, ofPersons(one).join(heldBack(one)), referents);
    }

    private Label heldBack(HeldObject one) {
        return isHeldBack(one.placement().audience()) ? Label.of(Fault.UNCONFIRMED) : Label.NONE;
    }

    /// What a review of the persons it names, or the lack of one, says of an object that is held.
    private Label ofPersons(HeldObject one) {
        Label kept = Label.NONE;
        if (!one.collection().personsCleared() && NamedPersons.in(one.object())) {
            Label before = audienceTerms(one.placement().audience()).label();
            Fault waits = waitsForReview(one.object());
            kept =
                    before.faults().contains(waits)
                            ? Label.of(waits)
                            : Label.within(new Window(null, before.window().closes()));
        }
        return kept;
    }

    private Placement placeAgain(HeldObject one, Markings known, Label kept, Referents referents) {
        Terms before = audienceTerms(one.placement().audience());
        Marked marked = Marked.read(one.object(), known, one.collection().unmarked());
        Terms terms = new Terms(marked.whole().join(kept), before.role(), before.source());
        Weighed weighed = weigh(References.of(one.object()), marked, terms, one.collection());
        return new Placement(
                weighed.audience(), numbers.closure(weighed.closure(referents, numbers::anyOf)));
    }

    /// The placement whose readers are those of both: a reader who had an object before a change and may have it
    /// after.
    public Placement both(Placement one, Placement other) {
        Terms terms = audienceTerms(one.audience());
        Label label = terms.label().join(audienceTerms(other.audience()).label());
        return new Placement(
                audience(new Terms(label, terms.role(), terms.source())),
                numbers.closure(
                        numbers.closure(one.closure()).and(numbers.closure(other.closure()))));
    }

    private Terms terms(Intake intake, Label marked, Roster roster) {
        StixObject object = intake.object();
        StixId bringer = roster.organisationOf(intake.from());
        StixId creator = object.createdBy();
        StixId source = creator == null ? bringer : roster.organisationOf(creator);
        boolean firstHand = source.equals(bringer);
        Role role = firstHand && intake.deposited() ? Role.ORIGINATOR : Role.RELAY;
        Label label = marked;
        if (!intake.collection().personsCleared() && NamedPersons.in(object)) {
            label = label.join(reviewed(object, intake.review()));
        }
        if (intake.heldBack()) {
            label = label.join(Label.of(Fault.UNCONFIRMED));
        }
        Integer earlier = intake.earlier();
        if (earlier != null && !firstHand) {
            // Whoever is not the creator cannot loosen what the creator said.
            label = label.join(audienceTerms(earlier).label());
        }
        return new Terms(label, role, source);
    }

    private static Label reviewed(StixObject object, @Nullable PersonReview review) {
        return review == null
                ? Label.of(waitsForReview(object))
                : Label.within(new Window(null, review.reviewBy()));
    }

    private static Fault waitsForReview(StixObject object) {
        return new Fault(Fault.Kind.PERSON_NOT_REVIEWED, object.type());
    }

    /// What a recipient may have over a channel for a purpose at an instant.
    public View view(Recipient recipient, Channel channel, Purpose purpose, Instant at) {
        synchronized (this) {
            ViewKey key = new ViewKey(recipient, channel, purpose, numbers.count());
            View kept = views.get(key);
            long epoch = alliance.epoch();
            if (kept != null && kept.policyEpoch() == epoch && holds(kept, at)) {
                return kept;
            }
            View made =
                    makeView(new Release(alliance.at(at), recipient, channel, purpose, at), epoch);
            views.put(key, made);
            return made;
        }
    }

    private static boolean holds(View view, Instant at) {
        Instant until = view.validUntil();
        return !at.isBefore(view.from()) && (until == null || at.isBefore(until));
    }

    private View makeView(Release release, long epoch) {
        Numbers.Given given = numbers.given();
        BitSet admitted = new BitSet();
        BitSet known = new BitSet();
        Instant at = release.at();
        Instant until = release.roster().until();
        for (int number = 1; number <= given.lastAudience(); number++) {
            Terms terms = given.audiences().get(number);
            if (terms != null) {
                admitted.set(number, release.decide(terms).released());
                known.set(number, admitted.get(number) || isOwn(release, terms));
                until = Window.earlier(until, terms.label().window().nextChange(at));
            } else {
                // Its members were numbered before.
                known.set(number, numbers.members(number).stream().anyMatch(known::get));
            }
        }
        BitSet passable = new BitSet();
        BitSet reducing = new BitSet();
        for (int number = 1; number <= given.lastClosure(); number++) {
            Closure closure = given.closures().get(number);
            if (closure != null) {
                Closure.Passage passage =
                        closure.passage(writes(release, closure), known::get, admitted::get);
                passable.set(number, passage != Closure.Passage.NONE);
                reducing.set(number, passage == Closure.Passage.REDUCED);
            }
        }
        return new View(
                release,
                admitted,
                known,
                passable,
                reducing,
                given.lastAudience(),
                given.lastClosure(),
                epoch,
                until);
    }

    /// Whether the gate has given no number since the view was made. An object that is held while this is true is one
    /// that the view has judged; numbers are given before the objects that carry them are recorded.
    public boolean knowsAll(View view) {
        return view.numbersGiven() == numbers.count();
    }

    /// What a recipient may have under a view that it might not have under an earlier one.
    public Sight.Opened opened(View now, Sight before) {
        BitSet admitted = Sight.added(now.admitted(), before.audiences(), before.audienceCount());
        BitSet passable = Sight.added(now.passable(), before.closures(), before.closureCount());
        BitSet learnt = Sight.added(now.known(), before.known(), before.audienceCount());
        learnt.or(admitted);
        int[] fuller =
                before.reducing().stream()
                        .filter(number -> now.passable().get(number))
                        .filter(number -> numbers.closure(number).mentionsAny(learnt))
                        .toArray();
        return new Sight.Opened(admitted.stream().toArray(), passable.stream().toArray(), fuller);
    }

    private static boolean isOwn(Release release, Terms terms) {
        return terms.source() != null && terms.source().equals(release.recipient().organisation());
    }

    /// Who holds or wrote an object knows what it refers to.
    private static boolean writes(Release release, Closure closure) {
        StixId organisation = release.recipient().organisation();
        return organisation != null
                && (organisation.equals(release.roster().own())
                        || organisation.equals(closure.author()));
    }

    /// What becomes of an object of this placement, with the reason.
    public Decision decide(Placement placement, View view) {
        Terms terms = audienceTerms(placement.audience());
        Decision whole = view.release().decide(terms);
        if (!whole.released()) {
            return whole;
        }
        if (!view.releases(placement)) {
            return Decision.withhold(Reason.of(Code.REFERS_TO_WITHHELD));
        }
        return view.reduces(placement.closure())
                ? Decision.reduce(Reason.of(Code.PARTS_HIDDEN, "because", whole.reason().code()))
                : whole;
    }

    /// The form in which an object that the view releases goes out: itself, or without what is hidden.
    ///
    /// @throws IllegalArgumentException when the view withholds it
    public StixObject form(StixObject object, Placement placement, View view, Referents referents) {
        if (!view.releases(placement)) {
            throw new IllegalArgumentException(object.id() + " is withheld");
        }
        if (!view.reduces(placement.closure())) {
            return object;
        }
        Terms terms = audienceTerms(placement.audience());
        Closure closure = numbers.closure(placement.closure());
        Marked marked = Marked.read(object, markings, Label.NONE);
        Set<Place> hidden =
                marked.placesWhere(label ->
                        !view.release()
                                .decide(
                                        new Terms(
                                                label.join(terms.label()),
                                                terms.role(),
                                                terms.source()))
                                .released());
        boolean shut = !closure.open() && !writes(view.release(), closure);
        return TearLine.cut(object, hidden, shut ? id -> !knows(view, id, referents) : _ -> false);
    }

    private boolean knows(View view, StixId id, Referents referents) {
        return Closing.demand(id, referents, numbers::anyOf).metBy(view::knows);
    }

    /// Whether an action may be taken with an object of this audience, at the moment of acting.
    public boolean mayAct(Action action, int audience, Instant at) {
        return audienceTerms(audience).label().permits(action, at, alliance.at(at).unstatedPap());
    }

    /// What an audience number stands for.
    ///
    /// @throws IllegalArgumentException when the gate never gave it
    public Terms audienceTerms(int audience) {
        return numbers.terms(audience);
    }

    /// Numbers of the closures that stand on nothing, ascending: what an object of such a closure refers to never moves
    /// it.
    public int[] openClosures() {
        return numbers.openClosures();
    }

    /// The number of the audience of these terms.
    public int audience(Terms terms) {
        return numbers.audience(terms);
    }
}
