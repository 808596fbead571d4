package org.kerege.node.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.act.Act;
import org.kerege.charter.act.Kind;
import org.kerege.charter.alliance.SampleStory;
import org.kerege.gate.Channel;
import org.kerege.gate.Party;
import org.kerege.gate.ReleaseMarking;
import org.kerege.gate.Standing;
import org.kerege.gate.Tlp;
import org.kerege.gate.Window;
import org.kerege.node.agreement.AgreementRefused;
import org.kerege.node.agreement.Paper;
import org.kerege.node.agreement.Terms;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.Query;
import org.kerege.node.exchange.ReadObjects;
import org.kerege.node.exchange.Source;
import org.kerege.node.gate.Gate;
import org.kerege.node.peers.Dialogue;
import org.kerege.node.peers.RecallOrder;
import org.kerege.node.peers.RecallSheet;
import org.kerege.node.peers.Recalls;
import org.kerege.node.peers.Rounds;
import org.kerege.stix.BundleReader;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.kerege.stix.Timestamp;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A partner organisation's node joins by a decision of the council, sees what is TLP:GREEN and what is released to it,
/// and nothing else. One indicator is recalled, and every copy is answered for. The agreement ends, and the partner's next
/// request is refused with the reason.
final class PartnerStory {

    private static final String PARTNER = "CIS";
    private static final List<String> PRESENT =
            List.of("Armenia", "Belarus", "Kyrgyzstan", "Russia", "Tajikistan");
    private static final String AMBER = org.kerege.stix.marking.Tlp.AMBER_2.id().toString();

    private final PrintWriter out;
    private final StoryClock clock;
    private final SampleStory story;
    private boolean asExpected = true;

    /// @param story the alliance's acts so far, to go on with
    PartnerStory(PrintWriter out, StoryClock clock, SampleStory story) {
        this.out = out;
        this.clock = clock;
        this.story = story;
    }

    /// Tells the story.
    ///
    /// @param chair office of the member that chairs
    /// @param member office of another member
    /// @return whether everything was as it had to be
    boolean tell(Office chair, Office member, Path stores)
            throws IOException, InterruptedException {
        out.println("\n7. A partner joins, sees what it may, and is recalled from:");
        try (Office partner = Office.open(PARTNER, stores.resolve("partner"), clock)) {
            List.of(chair, member, partner).forEach(Office::indicators);
            String early = refusal(() -> invite(chair, PARTNER, Standing.PARTNER, null));
            check("before the council decides, an invitation is refused: " + early, early != null);
            Act decision = admit(chair);
            member.pullFrom(chair);
            UUID agreement = agree(chair, partner, Standing.PARTNER, decision.digest());
            agree(chair, member, Standing.MEMBER, story.founding().digest());
            exchange(chair, member, partner, agreement);
        }
        out.flush();
        return asExpected;
    }

    /// The council meets and decides by its rule.
    private Act admit(Office chair) {
        Instant opens = clock.instant().plus(Duration.ofDays(30));
        Act session =
                act(
                        "Kyrgyzstan",
                        Kind.CONVENE,
                        content()
                                .put("title", "Session on the dialogue with partners")
                                .put("place", "Bishkek")
                                .put("starts", opens.toString()));
        ObjectNode agenda = content().put("session", session.digest());
        agenda.putArray("items").add("Admission of " + PARTNER + " as a partner");
        chair.take(List.of(session, act("Kyrgyzstan", Kind.AGENDA, agenda, session)));
        chair.witness();

        clock.set(opens);
        List<Act> opening = new ArrayList<>();
        for (String each : PRESENT) {
            ObjectNode credentials = content().put("session", session.digest());
            credentials.put("until", opens.plus(Duration.ofDays(1)).toString());
            opening.add(act(each, Kind.CREDENTIALS, credentials, session));
        }
        ObjectNode presence = content().put("session", session.digest());
        PRESENT.forEach(presence.putArray("present")::add);
        presence.putArray("absent").add("Kazakhstan");
        opening.add(act("Kyrgyzstan", Kind.PRESENCE, presence, session));
        ObjectNode admission =
                content().put("title", PARTNER + " becomes a partner").put("matter", "substance");
        admission
                .putArray("measures")
                .addObject()
                .put("kind", "admit-partner")
                .put("name", PARTNER);
        Act proposal = act("Kyrgyzstan", Kind.PROPOSE, admission, session);
        opening.add(proposal);
        chair.take(opening);
        chair.witness();

        clock.set(opens.plus(Duration.ofHours(1)));
        List<Act> votes = new ArrayList<>();
        for (String each : PRESENT) {
            ObjectNode vote = content().put("proposal", proposal.digest()).put("position", "for");
            votes.add(act(each, Kind.VOTE, vote, proposal));
        }
        chair.take(votes);
        chair.witness();

        clock.set(opens.plus(Duration.ofHours(3)));
        ObjectNode closing =
                content().put("session", session.digest()).put("proposal", proposal.digest());
        ArrayNode listed = closing.putArray("votes");
        votes.forEach(vote -> listed.add(vote.digest()));
        List<Act> follows = new ArrayList<>(votes);
        follows.add(proposal);
        Act decision = act("Kyrgyzstan", Kind.DECISION, closing, follows.toArray(Act[]::new));
        chair.take(List.of(decision));
        chair.witness();
        clock.set(clock.instant().plusSeconds(60));
        String standing = chair.charter().standingsAt(clock.instant()).get(PARTNER);
        check("the council admits " + PARTNER + " as " + standing, "partner".equals(standing));
        return decision;
    }

    private Act act(String member, String kind, ObjectNode content, Act... follows) {
        List<String> digests = new ArrayList<>();
        for (Act follow : follows) {
            digests.add(follow.digest());
        }
        return story.author(member)
                .sign(kind, story.founding().digest(), digests, content, clock.instant());
    }

    private Paper.Invitation invite(Office from, String to, Standing tier, @Nullable String act) {
        Terms terms = new Terms(tier, Tlp.GREEN, "mutual warning", clock.instant(), null);
        return from.part(Dialogue.class)
                .invite(to, terms, side(from, act), Duration.ofDays(30), "demo");
    }

    private static Dialogue.OwnSide side(Office of, @Nullable String act) {
        return new Dialogue.OwnSide(List.of(Office.INDICATORS), of.address(), act);
    }

    /// Both papers go over by hand.
    private UUID agree(Office from, Office to, Standing tier, String act) {
        Paper.Invitation invitation = invite(from, to.member(), tier, act);
        String theirAct = tier == Standing.MEMBER ? act : null;
        Paper answer =
                Objects.requireNonNull(
                        to.part(Dialogue.class)
                                .take(invitation, side(to, theirAct), null, "demo")
                                .answer());
        from.part(Dialogue.class).take(answer, side(from, null), null, "demo");
        return invitation.agreement();
    }

    private void exchange(Office chair, Office member, Office partner, UUID agreement)
            throws InterruptedException {
        StixId identity = chair.part(Gate.class).organisations().identity(PARTNER);
        StixObject release =
                ReleaseMarking.write(
                        new StixId("marking-definition", UUID.randomUUID()),
                        clock.instant(),
                        List.of(new Party.Organisation(identity)),
                        false,
                        Window.ALWAYS,
                        null);
        StixObject green = indicator("198.51.100.7", Member.GREEN);
        StixObject amber = indicator("198.51.100.8", AMBER);
        StixObject released = indicator("198.51.100.9", release.id().toString());
        take(chair, release, green, amber, released);
        member.part(Rounds.class).goRound();
        partner.part(Rounds.class).goRound();
        check("the member has what is TLP:GREEN", holds(member, green));
        check(
                PARTNER + " has what is TLP:GREEN and what is released to it, and nothing else",
                holds(partner, green) && holds(partner, released) && !holds(partner, amber));

        chair.part(RecallOrder.class).withdraw(green.id(), "the address was reassigned", "demo");
        chair.part(Rounds.class).goRound();
        check(
                "a recalled indicator is gone from all three nodes",
                !holds(chair, green) && !holds(member, green) && !holds(partner, green));
        RecallSheet sheet = chair.part(Recalls.class).sheets().getFirst();
        for (RecallSheet.Copy copy : sheet.copies()) {
            out.println("      %-10s answers: %s".formatted(copy.organisation(), copy.outcome()));
        }
        check(
                "every copy is answered for, nobody owes an answer",
                sheet.copies().size() == 2 && sheet.open().isEmpty());

        chair.part(Dialogue.class)
                .change(agreement, Paper.Deed.END, null, "the programme is over", "demo");
        String refused = partner.part(Rounds.class).tryPull(agreement);
        check(
                PARTNER + "'s next pull is refused: " + refused,
                refused != null && refused.contains("the programme is over"));
    }

    private StixObject indicator(String address, String marking) {
        String now = Timestamp.format(clock.instant());
        ObjectNode json = content();
        json.put("type", "indicator").put("spec_version", "2.1");
        json.put("id", "indicator--" + UUID.randomUUID());
        json.put("created", now).put("modified", now);
        json.put("name", "Address of a command server");
        json.put("pattern", "[ipv4-addr:value = '" + address + "']").put("pattern_type", "stix");
        json.put("valid_from", now);
        json.putArray("indicator_types").add("malicious-activity");
        json.putArray("object_marking_refs").add(marking);
        return StixObject.of(json);
    }

    private static void take(Office office, StixObject... objects) {
        List<BundleReader.Item> items = new ArrayList<>();
        for (StixObject object : objects) {
            items.add(new BundleReader.Item.Read(items.size(), object));
        }
        var refused =
                office.part(Intake.class)
                        .admit(
                                office.indicators(),
                                new Source(office.member(), "desk", "demo"),
                                items)
                        .refused();
        if (!refused.isEmpty()) {
            throw new IllegalStateException("our own object is refused: " + refused.getFirst());
        }
    }

    private static boolean holds(Office office, StixObject object) {
        return !office.part(ReadObjects.class)
                .entries(
                        office.indicators(),
                        office.part(Gate.class).view(office.member(), Channel.COMMAND_LINE),
                        Query.ALL.withId(object.id().toString()),
                        null,
                        1)
                .items()
                .isEmpty();
    }

    private static @Nullable String refusal(Runnable deed) {
        try {
            deed.run();
            return null;
        } catch (AgreementRefused e) {
            return e.getMessage();
        }
    }

    private void check(String what, boolean met) {
        asExpected &= met;
        out.println("   " + what + (met ? "" : "   NOT AS EXPECTED"));
    }

    private static ObjectNode content() {
        return Json.mapper().createObjectNode();
    }
}
