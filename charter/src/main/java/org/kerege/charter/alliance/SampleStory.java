package org.kerege.charter.alliance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.kerege.charter.act.Act;
import org.kerege.charter.act.Author;
import org.kerege.charter.act.Kind;
import org.kerege.charter.rotation.RotationFile;
import org.kerege.stix.Json;
import org.kerege.tlog.SigningKey;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The acts of the sample alliance, wherever they are logged and witnessed: six members found it; five attend the
/// council's session in Astana of 24 November 2024, decide on the next chair, and the next chair announces its
/// programme. The absence is recorded and counted; what it means is not for a program to say.
public final class SampleStory {

    /// The members, in the order of their names.
    public static final List<String> MEMBERS =
            List.of("Armenia", "Belarus", "Kazakhstan", "Kyrgyzstan", "Russia", "Tajikistan");

    /// When the chair passes: 1 January 2025, 00:00 in Bishkek.
    public static final Instant HANDOVER = Instant.parse("2024-12-31T18:00:00Z");

    private static final List<String> PRESENT =
            List.of("Belarus", "Kazakhstan", "Kyrgyzstan", "Russia", "Tajikistan");
    private static final String DEPOSITARY = "Kazakhstan";

    private static final Instant FOUNDED = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant CONVENED = Instant.parse("2024-11-01T06:00:00Z");
    private static final Instant SESSION = Instant.parse("2024-11-24T05:00:00Z");
    private static final Instant VOTED = Instant.parse("2024-11-24T06:00:00Z");
    private static final Instant CLOSED = Instant.parse("2024-11-24T09:00:00Z");

    private static final List<String> PROGRAMME =
            List.of(
                    "Peacekeeping capacity, with a special representative",
                    "Practice of joint training",
                    "Countering the misuse of information technologies",
                    "Collaboration in operations",
                    "Dialogue with partner organisations",
                    "Cybersecurity conference in 2025",
                    "Experts and youth");

    /// Acts that are witnessed together, at one time.
    public record Step(Instant at, List<Act> acts) {
        public Step {
            acts = List.copyOf(acts);
        }
    }

    private final Map<String, Author> authors = new LinkedHashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final Act founding;

    /// Signs the story.
    ///
    /// @param keys of the members by name
    /// @param policy whose cosignatures give an act its time; see C2SP tlog-policy
    public SampleStory(Map<String, SigningKey> keys, String policy) {
        for (String member : MEMBERS) {
            authors.put(member, new Author(Objects.requireNonNull(keys.get(member)), null));
        }
        this.founding = author(DEPOSITARY).found(charter(keys, policy), FOUNDED);
        found();
        hold();
    }

    /// The founding act.
    public Act founding() {
        return founding;
    }

    /// What was signed, in order.
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    /// Who signs for a member, to go on with the story.
    public Author author(String member) {
        return Objects.requireNonNull(authors.get(member), member);
    }

    private static ObjectNode charter(Map<String, SigningKey> keys, String policy) {
        ObjectNode charter = resource(SampleStory.class, "sample.json");
        for (var member : charter.path("members")) {
            SigningKey key = Objects.requireNonNull(keys.get(member.path("id").asString()));
            ((ObjectNode) member).put("key", key.verifier().toString());
        }
        charter.set("rotation", resource(RotationFile.class, "sample-alliance.json"));
        return charter.put("witnesses", policy);
    }

    private static ObjectNode resource(Class<?> beside, String name) {
        try (var in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its file " + name);
            }
            return (ObjectNode) Json.mapper().readTree(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void found() {
        List<Act> signed = new ArrayList<>(List.of(founding));
        for (String member : MEMBERS) {
            if (!member.equals(DEPOSITARY)) {
                signed.add(act(member, Kind.SIGN_CHARTER, content(), FOUNDED));
            }
        }
        steps.add(new Step(FOUNDED, signed));
    }

    private void hold() {
        Act session =
                act(
                        "Kazakhstan",
                        Kind.CONVENE,
                        content()
                                .put("title", "Session of the council")
                                .put("place", "Astana")
                                .put("starts", SESSION.toString()),
                        CONVENED);
        ObjectNode agenda = content().put("session", session.digest());
        agenda.putArray("items")
                .add("Implementation of the tasks of the present chair")
                .add("The next chair and its term")
                .add("Programme of the next chair");
        Act itemised = act("Kazakhstan", Kind.AGENDA, agenda, CONVENED, session);
        steps.add(new Step(CONVENED, List.of(session, itemised)));
        List<Act> held = new ArrayList<>(List.of(itemised));

        List<Act> opening = new ArrayList<>();
        for (String member : PRESENT) {
            ObjectNode credentials = content().put("session", session.digest());
            credentials.put("until", "2024-11-25T00:00:00Z");
            opening.add(act(member, Kind.CREDENTIALS, credentials, SESSION, session));
        }
        ObjectNode presence = content().put("session", session.digest());
        PRESENT.forEach(presence.putArray("present")::add);
        presence.putArray("absent").add("Armenia");
        opening.add(act("Kazakhstan", Kind.PRESENCE, presence, SESSION, session));
        held.addAll(opening);
        Act proposal = act("Kazakhstan", Kind.PROPOSE, nextChair(), SESSION, session);
        opening.add(proposal);
        steps.add(new Step(SESSION, opening));

        List<Act> votes = new ArrayList<>();
        for (String member : PRESENT) {
            ObjectNode vote = content().put("proposal", proposal.digest()).put("position", "for");
            votes.add(act(member, Kind.VOTE, vote, VOTED, proposal));
        }
        steps.add(new Step(VOTED, votes));
        close(session, held, proposal, votes);
    }

    private void close(Act session, List<Act> held, Act proposal, List<Act> votes) {
        ObjectNode closing =
                content().put("session", session.digest()).put("proposal", proposal.digest());
        ArrayNode listed = closing.putArray("votes");
        votes.forEach(vote -> listed.add(vote.digest()));
        List<Act> follows = new ArrayList<>(votes);
        follows.add(proposal);
        Act decision =
                act("Kazakhstan", Kind.DECISION, closing, CLOSED, follows.toArray(Act[]::new));
        Act minutes =
                act(
                        "Kazakhstan",
                        Kind.RECORD,
                        content()
                                .put("session", session.digest())
                                .put(
                                        "text",
                                        "Five members were present. The council took its decision"
                                                + " on the next chair."),
                        CLOSED,
                        decision);
        held.addAll(List.of(decision, minutes));
        ObjectNode end = content().put("session", session.digest());
        ArrayNode set = end.putArray("acts");
        held.forEach(one -> set.add(one.digest()));
        Act ended = act("Kazakhstan", Kind.SESSION_CLOSED, end, CLOSED, minutes);
        ObjectNode programme = content().put("term", "2025");
        PROGRAMME.forEach(programme.putArray("points")::add);
        Act announced = act("Kyrgyzstan", Kind.PROGRAMME, programme, CLOSED, decision);
        steps.add(new Step(CLOSED, List.of(decision, minutes, ended, announced)));
    }

    private static ObjectNode nextChair() {
        ObjectNode proposal =
                content()
                        .put(
                                "title",
                                "Kyrgyzstan takes the chair from 1 January 2025, 00:00 in Bishkek");
        proposal.put("matter", "substance");
        proposal.putArray("measures")
                .addObject()
                .put("kind", "statement")
                .put("title", "The chair passes by the order of the charter")
                .put("member", "Kyrgyzstan")
                .put("from", HANDOVER.toString());
        return proposal;
    }

    private Act act(String member, String kind, ObjectNode content, Instant at, Act... follows) {
        List<String> digests = new ArrayList<>();
        for (Act follow : follows) {
            digests.add(follow.digest());
        }
        return author(member).sign(kind, founding.digest(), digests, content, at);
    }

    private static ObjectNode content() {
        return Json.mapper().createObjectNode();
    }
}
