package org.kerege.node.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.kerege.charter.act.Act;
import org.kerege.charter.act.Author;
import org.kerege.charter.act.Kind;
import org.kerege.charter.act.Misbehaviour;
import org.kerege.charter.act.Verdict;
import org.kerege.charter.alliance.SampleStory;
import org.kerege.stix.Json;
import org.kerege.tlog.KeyType;
import org.kerege.tlog.SigningKey;
import tools.jackson.databind.node.ObjectNode;

/// The chair passes at a shifted clock. Three offices run nodes that witness one another; nothing is scheduled, nobody
/// presses a button. The former chair, whose key still signs, is refused by each of them, also by the one that was off
/// the network and only read the acts later.
final class HandoverStory {

    private static final Instant T = SampleStory.HANDOVER;
    private static final Duration A_MOMENT = Duration.ofSeconds(10);

    private final PrintWriter out;
    private final StoryClock clock = new StoryClock(T.minus(Duration.ofDays(400)));
    private boolean asExpected = true;

    HandoverStory(PrintWriter out) {
        this.out = out;
    }

    /// Tells the story.
    ///
    /// @param stores folder for the nodes' data
    /// @return whether each act met what it had to, on each node
    boolean tell(Path stores) throws IOException, InterruptedException {
        try (Office kazakhstan = Office.open("Kazakhstan", stores.resolve("kz"), clock);
                Office kyrgyzstan = Office.open("Kyrgyzstan", stores.resolve("kg"), clock);
                Office belarus = Office.open("Belarus", stores.resolve("by"), clock)) {
            tell(stores, kazakhstan, kyrgyzstan, belarus);
        }
        return asExpected;
    }

    private void tell(Path stores, Office kazakhstan, Office kyrgyzstan, Office belarus)
            throws IOException, InterruptedException {
        List<Office> offices = List.of(kazakhstan, kyrgyzstan, belarus);
        Map<String, SigningKey> keys = new LinkedHashMap<>();
        for (String member : SampleStory.MEMBERS) {
            String name = member.toLowerCase(Locale.ROOT) + ".example/charter";
            keys.put(member, SigningKey.generate(name, KeyType.LOG, new SecureRandom()));
        }
        SampleStory story = new SampleStory(keys, policy(offices));
        prepare(story, kazakhstan, List.of(kyrgyzstan, belarus));

        clock.set(T.minus(A_MOMENT));
        Act inTime = convene(story, "Kazakhstan", "The last session of this chair");
        kazakhstan.take(List.of(inTime));
        kazakhstan.witness();
        expect(kazakhstan, inTime, true);
        kyrgyzstan.pullFrom(kazakhstan);

        belarus.leave();
        out.println("   Belarus's node goes off the network. The clock passes " + T + ".");
        clock.set(T.plus(A_MOMENT));
        Author former = story.author("Kazakhstan");
        Act late = convene(story, "Kazakhstan", "A session too late");
        Act backDated =
                former.sign(
                        Kind.CONVENE,
                        story.founding().digest(),
                        List.of(),
                        title("A session that claims to be of last week"),
                        T.minus(Duration.ofDays(7)));
        kazakhstan.take(List.of(late, backDated, inTime));
        kazakhstan.witness();
        clock.set(T.plus(A_MOMENT.multipliedBy(2)));
        Act forked =
                new Author(
                                Objects.requireNonNull(keys.get("Kazakhstan")),
                                story.steps().getLast().acts().getFirst())
                        .sign(
                                Kind.CONVENE,
                                story.founding().digest(),
                                List.of(),
                                title("Another act of the last session's number"),
                                T.minus(A_MOMENT));
        kazakhstan.take(List.of(forked));
        kazakhstan.witness();
        Act next = convene(story, "Kyrgyzstan", "The first session of the next chair");
        kyrgyzstan.take(List.of(next));
        kyrgyzstan.witness();
        kyrgyzstan.pullFrom(kazakhstan);
        kazakhstan.pullFrom(kyrgyzstan);

        belarus.comeBack();
        out.println("   Belarus's node comes back and reads what it missed.");
        belarus.pullFrom(kyrgyzstan);
        for (Office office : offices) {
            expect(office, inTime, true);
            for (Act refused : List.of(late, backDated, forked)) {
                expect(office, refused, false);
            }
            expect(office, next, true);
        }
        compare(offices);
        asExpected &= new PartnerStory(out, clock, story).tell(kyrgyzstan, belarus, stores);
    }

    /// The sample's acts, from its founding to the announcement of the next programme.
    private void prepare(SampleStory story, Office first, List<Office> others)
            throws IOException, InterruptedException {
        first.trust(story.founding().digest());
        for (Office office : others) {
            office.trust(story.founding().digest());
        }
        for (SampleStory.Step step : story.steps()) {
            clock.set(step.at());
            first.take(step.acts());
            for (Office office : others) {
                office.pullFrom(first);
            }
            first.witness();
        }
        for (Office office : others) {
            office.pullFrom(first);
        }
        out.println(
                "   %d acts from the founding to the next chair's programme, each witnessed by two of three nodes."
                        .formatted(first.charter().acts().size()));
    }

    private static String policy(List<Office> offices) {
        StringBuilder text = new StringBuilder();
        for (Office office : offices) {
            text.append("log ").append(office.log().verifier()).append('\n');
        }
        List<String> names = new ArrayList<>();
        for (Office office : offices) {
            names.add(office.member());
            text.append("witness ")
                    .append(office.member())
                    .append(' ')
                    .append(office.log().witnessVerifier())
                    .append(' ')
                    .append(office.witnessAddress())
                    .append('\n');
        }
        text.append("group offices 2 ").append(String.join(" ", names));
        return text.append("\nquorum offices\n").toString();
    }

    private Act convene(SampleStory story, String member, String title) {
        return story.author(member)
                .sign(
                        Kind.CONVENE,
                        story.founding().digest(),
                        List.of(),
                        title(title),
                        clock.instant());
    }

    private static ObjectNode title(String title) {
        return Json.mapper().createObjectNode().put("title", title);
    }

    private void expect(Office office, Act act, boolean accepted) {
        Verdict verdict = office.verdict(act);
        boolean met =
                accepted ? verdict instanceof Verdict.InForce : verdict instanceof Verdict.Refused;
        asExpected &= met;
        out.println(
                "   %-10s %s: %s%s"
                        .formatted(
                                office.member(),
                                act.content().path("title").asString(""),
                                said(verdict),
                                met ? "" : "   NOT AS EXPECTED"));
    }

    private static String said(Verdict verdict) {
        return switch (verdict) {
            case Verdict.InForce(Instant since) -> "in force since " + since;
            case Verdict.Refused(var _, var _, String why) -> "refused: " + why;
            case Verdict.UnknownKind _ -> "kept without effect";
            case Verdict.Pending _ -> "pending";
            case Verdict.Waiting(String why) -> "waiting: " + why;
        };
    }

    private void compare(List<Office> offices) {
        String digest = offices.getFirst().charter().stateDigest();
        for (Office office : offices) {
            boolean same = office.charter().stateDigest().equals(digest);
            asExpected &= same;
            out.println(
                    "   %-10s chair %s, state %s%s"
                            .formatted(
                                    office.member(),
                                    office.charter().chairAt(clock.instant()).member(),
                                    office.charter().stateDigest().substring(0, 16),
                                    same ? "" : "   NOT THE SAME STATE"));
        }
        List<Misbehaviour> evidence = offices.getLast().charter().misbehaviours();
        evidence.forEach(one ->
                out.println(
                        "   Evidence: "
                                + one.key()
                                + " signed two acts of number "
                                + one.number()
                                + "."));
        asExpected &= !evidence.isEmpty();
    }
}
