package org.kerege.charter.act;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.Fields;
import org.kerege.tlog.VerifierKey;

/// The keys of members: added, rotated and revoked by themselves. The keys of whoever chairs are the council's matter: a
/// thief of one of them must not be able to make itself another (measures `replace-key` and `revoke-key`).
final class Keys {

    private final AllianceState state;

    Keys(AllianceState state) {
        this.state = state;
    }

    void add(Fields content, Party party, Instant at) {
        requireNotChair(party.member(), at);
        if (party.next() != null) {
            throw Refusal.notEntitled(
                    "the key "
                            + party.key().name()
                            + " committed itself to the key that replaces it, and adds no other");
        }
        bind(content, party.member(), at);
    }

    void rotate(Fields content, Party party, Instant at) {
        requireNotChair(party.member(), at);
        requireCommitted(Content.key(content), party);
        bind(content, party.member(), at);
        end(party.key().name(), party.member(), at);
    }

    private void bind(Fields content, String member, Instant at) {
        VerifierKey key = Content.key(content);
        Instant until = Content.optionalInstant(content, "until");
        if (until != null && !until.isAfter(at)) {
            throw Refusal.malformed("the key would end before it begins");
        }
        String proof = content.optionalText("proof");
        if (proof != null && !Possession.holds(proof, key, state.alliance(), member)) {
            throw Refusal.malformed("the proof is not a signature of the key " + key.name());
        }
        state.bind(new Party(key, member, null, Content.next(content), at, until));
    }

    /// Ends a key of a member from `at` on.
    void end(String name, String member, Instant at) {
        List<Party> parties = state.keys.getOrDefault(name, List.of());
        boolean own =
                parties.stream()
                        .anyMatch(party -> party.member().equals(member) && party.isValidAt(at));
        if (!own) {
            throw Refusal.notEntitled(member + " has no key " + name + " in force");
        }
        parties.replaceAll(party -> party.isValidAt(at) ? party.endedAt(at) : party);
    }

    private void requireNotChair(String member, Instant at) {
        if (member.equals(state.chair(at))) {
            throw Refusal.notEntitled(
                    member
                            + " chairs: its key is changed by the council, with a proposal of the"
                            + " measure replace-key that "
                            + state.councilThreshold()
                            + " members support by their keys before and after");
        }
    }

    /// Whoever steals a key cannot replace it where the next one was committed before.
    private static void requireCommitted(VerifierKey key, Party party) {
        if (party.next() != null && !party.next().equals(Author.commitment(key))) {
            throw Refusal.notEntitled(
                    "the key " + party.key().name() + " committed itself to another next key");
        }
    }

    /// The member whose own key, not that of a mandate, has this name now; null where nobody's has.
    @Nullable String ownerOf(String name, Instant at) {
        for (Party party : state.keys.getOrDefault(name, List.of())) {
            if (party.mandate() == null && party.isValidAt(at)) {
                return party.member();
            }
        }
        return null;
    }
}
