package org.kerege.node.gate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Channel;
import org.kerege.gate.Decision;
import org.kerege.gate.HeldObject;
import org.kerege.gate.Placement;
import org.kerege.gate.Purpose;
import org.kerege.gate.Recipient;
import org.kerege.gate.Roster;
import org.kerege.gate.Standing;
import org.kerege.gate.Terms;
import org.kerege.gate.View;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Who gets an object, by which path, and why, worked out by the gate itself: what it says here is what readers meet.
public final class Explanation {

    private final Gate gate;
    private final JdbcClient database;

    public Explanation(Gate gate, JdbcClient database) {
        this.gate = gate;
        this.database = database;
    }

    /// One version of the object in one collection.
    ///
    /// @param terms what decides, apart from who asks
    /// @param answers one for each recipient, by name
    public record Held(
            String collection, String version, Terms terms, String source, List<Answer> answers) {}

    /// What one organisation gets.
    ///
    /// @param before what it gets as things are, where something was supposed and that is another outcome or reason
    public record Answer(
            String organisation,
            Standing standing,
            Channel channel,
            Decision decision,
            @Nullable Decision before) {}

    private record Row(
            String collection,
            String version,
            Placement placement,
            @Nullable String defaultMarking,
            byte[] bytes) {}

    /// Explains an object.
    ///
    /// @param to name or identifier of one recipient, null for every organisation of the alliance
    /// @return its last version in each collection that has it; none when it is not held
    public List<Held> explain(StixId object, @Nullable String to, Channel channel, Instant at) {
        return explain(object, to, channel, at, Supposition.NOTHING);
    }

    /// The same under a supposition.
    public List<Held> explain(
            StixId object, @Nullable String to, Channel channel, Instant at, Supposition supposed) {
        org.kerege.gate.Gate rules = gate.supposing(supposed);
        Roster roster = gate.alliance().at(at);
        Roster then = supposed.of(gate.alliance(), gate.organisations()).at(at);
        List<StixId> recipients =
                to == null
                        ? then.standings().keySet().stream().sorted().toList()
                        : List.of(gate.organisations().identity(to));
        List<Held> explained = new ArrayList<>();
        for (Row row : rows(object, null)) {
            Placement placement =
                    supposed.markings() == null
                            ? row.placement()
                            : gate.placeUnder(
                                    rules,
                                    new HeldObject(
                                            supposed.of(StixObject.read(row.bytes())),
                                            row.placement(),
                                            gate.rules(row.defaultMarking())));
            Terms terms = rules.audienceTerms(placement.audience());
            List<Answer> answers = new ArrayList<>();
            for (StixId recipient : recipients) {
                Decision now =
                        gate.decide(row.placement(), view(gate.rules(), recipient, channel, at));
                Decision decision =
                        supposed.none()
                                ? now
                                : rules.decide(placement, view(rules, recipient, channel, at));
                answers.add(
                        new Answer(
                                to == null ? name(recipient, roster) : to,
                                then.standing(recipient),
                                channel,
                                decision,
                                decision.equals(now) ? null : now));
            }
            StixId source = terms.source();
            explained.add(
                    new Held(
                            row.collection(),
                            row.version(),
                            terms,
                            source == null ? "nobody" : name(source, roster),
                            answers));
        }
        return explained;
    }

    /// What one organisation gets, by the last version that it may have in each collection; none where it may have none.
    public List<Held> explainTo(StixId object, String organisation, Channel channel, Instant at) {
        Roster roster = gate.alliance().at(at);
        StixId recipient = gate.organisations().identity(organisation);
        View view = view(gate.rules(), recipient, channel, at);
        return rows(object, view).stream()
                .map(row ->
                        new Held(
                                row.collection(),
                                row.version(),
                                gate.terms(row.placement().audience()),
                                "",
                                List.of(
                                        new Answer(
                                                organisation,
                                                roster.standing(recipient),
                                                channel,
                                                gate.decide(row.placement(), view),
                                                null))))
                .toList();
    }

    private static View view(
            org.kerege.gate.Gate rules, StixId recipient, Channel channel, Instant at) {
        return rules.view(Recipient.organisation(recipient), channel, Purpose.DEFENCE, at);
    }

    /// What each organisation of the alliance would get of an object that is placed but not held yet.
    public List<Answer> foresee(Placement placement, Channel channel, Instant at) {
        Roster roster = gate.alliance().at(at);
        return roster.standings().keySet().stream()
                .sorted()
                .map(recipient ->
                        new Answer(
                                name(recipient, roster),
                                roster.standing(recipient),
                                channel,
                                gate.decide(placement, view(gate.rules(), recipient, channel, at)),
                                null))
                .toList();
    }

    private String name(StixId organisation, Roster roster) {
        return organisation.equals(roster.own())
                ? gate.own()
                : gate.organisations().name(organisation);
    }

    /// @param view whose versions alone are looked at; null for all
    private List<Row> rows(StixId object, @Nullable View view) {
        return database.sql(
                        """
                        select distinct on (c.number) c.title, a.version, a.audience, a.closure, c.default_marking, p.body
                        from addition a join collection c on c.number = a.collection
                            join ledger_payload p on p.seq = a.seq
                        where a.object_id = :object and a.reader is null
                          and (:all or a.audience = any(:audiences) and a.closure = any(:closures))
                        order by c.number, a.version desc, a.date_added desc\
                        """)
                .param("object", object.toString())
                .param("all", view == null)
                .param("audiences", view == null ? new int[0] : view.audiences())
                .param("closures", view == null ? new int[0] : view.closures())
                .query((row, _) ->
                        new Row(
                                row.getString(1),
                                row.getString(2),
                                new Placement(row.getInt(3), row.getInt(4)),
                                row.getString(5),
                                row.getBytes(6)))
                .list();
    }
}
