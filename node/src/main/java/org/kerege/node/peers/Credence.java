package org.kerege.node.peers;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.node.agreement.Agreement;
import org.kerege.node.agreement.Agreements;
import org.kerege.node.agreement.Party;
import org.kerege.node.agreement.SignedObject;
import org.kerege.node.gate.Gate;
import org.kerege.stix.StixId;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What a recall, or an answer to one, is believed: whether it is its bringer's to say, by the keys that agreements pin,
/// and whose claims it speaks for.
final class Credence {

    private final Agreements agreements;
    private final Gate gate;
    private final JdbcClient database;

    Credence(Agreements agreements, Gate gate, JdbcClient database) {
        this.agreements = agreements;
        this.gate = gate;
        this.database = database;
    }

    /// Refuses an answer that its bringer cannot have given to our recall.
    ///
    /// @param before its last answer; null where this is the first
    void requireAnswer(Receipt receipt, Recall ours, @Nullable Receipt before) {
        if (!receipt.object().equals(ours.object())) {
            throw new RecallRefused("forged", "it answers for another object");
        }
        if (receipt.outcome() == Receipt.Outcome.NEVER_HELD) {
            throw new RecallRefused(
                    "contradicted",
                    "it says that it never held the object, and this ledger has the delivery to it");
        }
        if (before != null && !receipt.at().isAfter(before.at())) {
            throw new RecallRefused("replayed", "a later answer was taken before");
        }
        for (Receipt.Onward one : receipt.passedOn()) {
            requireBelow(one, receipt);
        }
    }

    /// An answer within an answer is its author's own; where its author is known here, by the key that is pinned here.
    private void requireBelow(Receipt.Onward onward, Receipt above) {
        Receipt answer = onward.answer();
        if (answer == null) {
            return;
        }
        Party known = agreements.knownParty(onward.identity()).orElse(null);
        if (known != null && !answer.source().isSignedBy(known.key())) {
            throw new RecallRefused(
                    "forged",
                    "the answer of "
                            + onward.organisation()
                            + " in it is not signed by "
                            + onward.organisation());
        }
        if (!answer.object().equals(above.object())) {
            throw new RecallRefused(
                    "forged",
                    "the answer of " + onward.organisation() + " is about another object");
        }
        answer.passedOn().forEach(below -> requireBelow(below, answer));
    }

    /// Refuses what is not signed by whoever brings it.
    ///
    /// @param what it is, in a word
    /// @throws RecallRefused when it is not
    static void requireBy(SignedObject object, Party party, String what) {
        if (!object.author().equals(party.identity()) || !object.isSignedBy(party.key())) {
            throw new RecallRefused(
                    "forged",
                    "the "
                            + what
                            + " is not signed by "
                            + party.organisation()
                            + ", or was changed after it was signed");
        }
    }

    /// Refuses a recall with a first one inside that is not of whom it says, where that one is known here.
    void requireOriginal(Recall recall) {
        Recall original = recall.original();
        if (original == null) {
            return;
        }
        Party known = agreements.knownParty(original.source().author()).orElse(null);
        if (known != null && !original.source().isSignedBy(known.key())) {
            throw new RecallRefused(
                    "forged",
                    "the recall of " + known.organisation() + " in it is not signed by it");
        }
    }

    /// Whose claims a recall concerns: everybody's where the creator says so and is known here, else its bringer's.
    @Nullable String sourceOf(Recall recall, Agreement from) {
        StixId first = recall.root().source().author();
        boolean proven = agreements.knownParty(first).isPresent();
        return proven && isCreator(first, recall.object()) ? null : from.other();
    }

    /// An object that names no creator has none that could speak for others than itself.
    private boolean isCreator(StixId organisation, StixId object) {
        List<String> creators =
                database.sql("select distinct creator from object_version where object_id = ?")
                        .param(object.toString())
                        .query((row, _) -> String.valueOf(row.getString(1)))
                        .list();
        return !creators.isEmpty()
                && creators.stream()
                        .allMatch(creator ->
                                creator.startsWith("identity--")
                                        && gate.isOf(StixId.parse(creator), organisation));
    }
}
