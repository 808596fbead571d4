package org.kerege.charter.alliance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
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
import org.kerege.charter.rotation.RotationFile;
import org.kerege.stix.Json;
import org.kerege.tlog.KeyType;
import org.kerege.tlog.SigningKey;
import org.kerege.tlog.VerifierKey;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The sample alliance: six members, the council's session in Astana of 24 November 2024 attended by five, the decision
/// on the next chair, and the programme of that chair. The absence is recorded and counted; what it means is not for a
/// program to say. Keys are made anew each time, and all lie in the folder, so that one person can play every part.
public final class SampleAlliance {

    private static final List<String> MEMBERS =
            List.of("Armenia", "Belarus", "Kazakhstan", "Kyrgyzstan", "Russia", "Tajikistan");

    private static final List<String> PRESENT =
            List.of("Belarus", "Kazakhstan", "Kyrgyzstan", "Russia", "Tajikistan");

    private static final String DEPOSITARY = "Kazakhstan";

    private static final Instant FOUNDED = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant CONVENED = Instant.parse("2024-11-01T06:00:00Z");
    private static final Instant SESSION = Instant.parse("2024-11-24T05:00:00Z");
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

    private final AllianceFolder folder;
    private final Map<String, Author> authors = new LinkedHashMap<>();
    private final Act founding;

    private SampleAlliance(AllianceFolder folder, Map<String, SigningKey> keys, ObjectNode charter)
            throws IOException {
        this.folder = folder;
        for (String member : MEMBERS) {
            authors.put(member, new Author(Objects.requireNonNull(keys.get(member)), null));
        }
        this.founding = author(DEPOSITARY).found(charter, FOUNDED);
    }

    /// Creates the alliance in a folder where none is.
    ///
    /// @return the digest of the founding act, by which others know that it is this one
    public static String create(Path folder) throws IOException {
        SecureRandom random = new SecureRandom();
        Map<String, SigningKey> members = new LinkedHashMap<>();
        Map<String, VerifierKey> witnesses = new LinkedHashMap<>();
        List<SigningKey> keys = new ArrayList<>();
        SigningKey log = SigningKey.generate("alliance.example/log", KeyType.LOG, random);
        keys.add(log);
        for (String member : MEMBERS) {
            String host = member.toLowerCase(Locale.ROOT) + ".example";
            SigningKey key = SigningKey.generate(host + "/charter", KeyType.LOG, random);
            SigningKey witness =
                    SigningKey.generate(host + "/witness", KeyType.COSIGNATURE, random);
            members.put(member, key);
            witnesses.put(member, witness.verifier());
            keys.add(key);
            keys.add(witness);
        }
        SigningKey outside =
                SigningKey.generate("outside.example/witness", KeyType.COSIGNATURE, random);
        keys.add(outside);
        witnesses.put("outside", outside.verifier());

        ObjectNode charter = template();
        for (var member : charter.path("members")) {
            SigningKey key = Objects.requireNonNull(members.get(member.path("id").asString()));
            ((ObjectNode) member).put("key", key.verifier().toString());
        }
        charter.set("rotation", rotation());
        charter.put("witnesses", policy(log.verifier(), witnesses));
        SampleAlliance sample =
                new SampleAlliance(AllianceFolder.create(folder, keys), members, charter);
        sample.sign();
        sample.hold();
        return sample.founding.digest();
    }

    /// Four of seven witnesses: the six members and one from outside.
    private static String policy(VerifierKey log, Map<String, VerifierKey> witnesses) {
        StringBuilder text = new StringBuilder("log ").append(log).append('\n');
        witnesses.forEach((name, key) ->
                text.append("witness ").append(name).append(' ').append(key).append('\n'));
        text.append("group witnesses 4 ").append(String.join(" ", witnesses.keySet()));
        return text.append("\nquorum witnesses\n").toString();
    }

    private static ObjectNode template() {
        return resource(SampleAlliance.class, "sample.json");
    }

    private static ObjectNode rotation() {
        return resource(RotationFile.class, "sample-alliance.json");
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

    private void sign() throws IOException {
        List<Act> signed = new ArrayList<>(List.of(founding));
        for (String member : MEMBERS) {
            if (!member.equals(DEPOSITARY)) {
                signed.add(act(member, Kind.SIGN_CHARTER, content(), FOUNDED));
            }
        }
        folder.append(signed, FOUNDED);
    }

    private void hold() throws IOException {
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
        folder.append(List.of(session, itemised), CONVENED);

        List<Act> opening = new ArrayList<>();
        for (String member : PRESENT) {
            opening.add(
                    act(
                            member,
                            Kind.CREDENTIALS,
                            content()
                                    .put("session", session.digest())
                                    .put("until", "2024-11-25T00:00:00Z"),
                            SESSION,
                            session));
        }
        ObjectNode presence = content().put("session", session.digest());
        PRESENT.forEach(presence.putArray("present")::add);
        presence.putArray("absent").add("Armenia");
        opening.add(act("Kazakhstan", Kind.PRESENCE, presence, SESSION, session));
        Act proposal = act("Kazakhstan", Kind.PROPOSE, nextChair(), SESSION, session);
        opening.add(proposal);
        folder.append(opening, SESSION);

        List<Act> votes = new ArrayList<>();
        for (String member : PRESENT) {
            votes.add(
                    act(
                            member,
                            Kind.VOTE,
                            content().put("proposal", proposal.digest()).put("position", "for"),
                            SESSION.plusSeconds(3_600),
                            proposal));
        }
        folder.append(votes, SESSION.plusSeconds(3_600));
        close(session, proposal, votes);
    }

    private void close(Act session, Act proposal, List<Act> votes) throws IOException {
        ObjectNode closing =
                content().put("session", session.digest()).put("proposal", proposal.digest());
        ArrayNode listed = closing.putArray("votes");
        votes.forEach(vote -> listed.add(vote.digest()));
        List<Act> follows = new ArrayList<>(votes);
        follows.add(proposal);
        Act decision =
                act("Kazakhstan", Kind.DECISION, closing, CLOSED, follows.toArray(Act[]::new));
        ObjectNode programme = content().put("term", "2025");
        ArrayNode points = programme.putArray("points");
        PROGRAMME.forEach(points::add);
        Act announced = act("Kyrgyzstan", Kind.PROGRAMME, programme, CLOSED, decision);
        folder.append(List.of(decision, announced), CLOSED);
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
                .put("from", "2024-12-31T18:00:00Z");
        return proposal;
    }

    private Act act(String member, String kind, ObjectNode content, Instant at, Act... follows) {
        List<String> digests = new ArrayList<>();
        for (Act follow : follows) {
            digests.add(follow.digest());
        }
        return author(member).sign(kind, founding.digest(), digests, content, at);
    }

    private Author author(String member) {
        return Objects.requireNonNull(authors.get(member));
    }

    private static ObjectNode content() {
        return Json.mapper().createObjectNode();
    }
}
