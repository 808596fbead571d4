package org.kerege.node.agreement;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixId;
import org.kerege.stix.Timestamp;
import org.kerege.tlog.SigningKey;
import org.kerege.tlog.VerifierKey;
import tools.jackson.databind.node.ObjectNode;

/// One step in the life of an agreement, signed by the side that takes it and entered in both sides' ledgers.
public sealed interface Paper {

    /// The STIX type of these papers.
    String TYPE = "peer-agreement";

    /// What was signed.
    SignedObject source();

    /// Which agreement it belongs to.
    UUID agreement();

    /// One side proposes.
    ///
    /// @param invited name of the organisation for which it is meant
    /// @param answerBy first instant at which it can no longer be accepted
    /// @param act digest of the council's act that admits the other side; null where there is none
    record Invitation(
            SignedObject source,
            UUID agreement,
            Party party,
            String invited,
            Terms terms,
            Instant answerBy,
            @Nullable String act)
            implements Paper {}

    /// The other side agrees.
    ///
    /// @param invitation digest of what it agrees to
    record Acceptance(
            SignedObject source,
            UUID agreement,
            Party party,
            String invitation,
            @Nullable String act)
            implements Paper {}

    /// A side ends the agreement, or suspends and resumes it.
    ///
    /// @param at from when it holds; not before the paper was made
    record Change(SignedObject source, UUID agreement, Deed deed, Instant at, String why)
            implements Paper {}

    /// A side signs with another key from now on.
    ///
    /// @param key the new key, which signs the paper
    /// @param before signature of the key it replaces, over the new key's text; null where that one is lost
    record Rotation(SignedObject source, UUID agreement, VerifierKey key, @Nullable String before)
            implements Paper {}

    /// What a [Change] does.
    enum Deed {
        SUSPEND,
        RESUME,
        END;

        /// The word that papers, commands and pages use.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Reads a paper; whether it is signed by whom it has to be is for [Agreement] to say.
    ///
    /// @throws MalformedStix when it is none
    static Paper read(SignedObject source) {
        UUID agreement = uuid(source.text("agreement"));
        String step = source.text("step");
        return switch (step) {
            case "invite" ->
                    new Invitation(
                            source,
                            agreement,
                            party(source),
                            source.text("invited"),
                            Terms.read(source),
                            source.instant("answer_by"),
                            source.optionalText("act"));
            case "accept" ->
                    new Acceptance(
                            source,
                            agreement,
                            party(source),
                            source.text("invitation"),
                            source.optionalText("act"));
            case "suspend", "resume", "end" ->
                    new Change(
                            source,
                            agreement,
                            Deed.valueOf(step.toUpperCase(Locale.ROOT)),
                            source.instant("at"),
                            source.text("why"));
            case "rotate" ->
                    new Rotation(
                            source,
                            agreement,
                            Party.key(source.text("key")),
                            source.optionalText("before"));
            default -> throw new MalformedStix("/step", "a step of an agreement", "is " + step);
        };
    }

    /// Reads a paper from UTF-8.
    ///
    /// @throws MalformedStix when it is none
    static Paper read(byte[] utf8) {
        return read(SignedObject.read(utf8, Set.of(TYPE)));
    }

    private static Party party(SignedObject source) {
        Party party = Party.read(source.json().path("party"));
        if (!party.identity().equals(source.author())) {
            throw new MalformedStix(
                    "/created_by_ref", "is the identity of the party", "is another one");
        }
        return party;
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedStix("/agreement", "a UUID", "is " + text);
        }
    }

    /// Signs an invitation.
    static Invitation invite(
            SigningKey key,
            Party own,
            String invited,
            Terms terms,
            Instant answerBy,
            @Nullable String act,
            Instant at) {
        UUID agreement = UUID.randomUUID();
        ObjectNode content = content("invite", agreement).put("invited", invited);
        own.writeTo(content.putObject("party"));
        terms.writeTo(content);
        content.put("answer_by", Timestamp.format(answerBy));
        putAct(content, act);
        return (Invitation) signed(key, own.identity(), at, content);
    }

    /// Signs the acceptance of an invitation.
    static Acceptance accept(
            SigningKey key, Party own, Invitation invitation, @Nullable String act, Instant at) {
        ObjectNode content =
                content("accept", invitation.agreement())
                        .put("invitation", invitation.source().digest());
        own.writeTo(content.putObject("party"));
        putAct(content, act);
        return (Acceptance) signed(key, own.identity(), at, content);
    }

    /// Signs a change.
    static Change change(
            SigningKey key,
            StixId own,
            UUID agreement,
            Deed deed,
            Instant effective,
            String why,
            Instant at) {
        ObjectNode content =
                content(deed.word(), agreement)
                        .put("at", Timestamp.format(effective))
                        .put("why", why);
        return (Change) signed(key, own, at, content);
    }

    /// Signs a change of key, with the new key and, where it is still there, the one before.
    static Rotation rotate(
            SigningKey key, @Nullable SigningKey before, StixId own, UUID agreement, Instant at) {
        String text = key.verifier().toString();
        ObjectNode content = content("rotate", agreement).put("key", text);
        if (before != null) {
            content.put("before", KeyHandover.sign(before, agreement, text));
        }
        return (Rotation) signed(key, own, at, content);
    }

    private static Paper signed(SigningKey key, StixId own, Instant at, ObjectNode content) {
        return read(SignedObject.sign(key, SignedObject.newId(TYPE), own, at, at, content));
    }

    private static ObjectNode content(String step, UUID agreement) {
        return Json.mapper()
                .createObjectNode()
                .put("agreement", agreement.toString())
                .put("step", step);
    }

    private static void putAct(ObjectNode content, @Nullable String act) {
        if (act != null) {
            content.put("act", act);
        }
    }
}
