package org.kerege.node.peers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.Json;
import org.kerege.stix.Timestamp;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A recall with everybody it concerns, as pages and commands show it.
///
/// @param bringer who brought it; null for our own
/// @param passesOn whether it passes on what somebody brought
/// @param copies to whom it went, by name; those below stand after whoever had passed the object on to them
/// @param open names of those who owe an answer, each with the way to it
public record RecallSheet(
        String recall,
        String object,
        String cause,
        String why,
        @Nullable String bringer,
        boolean passesOn,
        Instant at,
        Instant answerBy,
        boolean overdue,
        @Nullable String ownOutcome,
        List<Copy> copies,
        List<String> open) {

    private static final int MOST = 500;

    /// One copy.
    ///
    /// @param depth 0 for our own recipients, 1 for theirs, and so on
    /// @param outcome what was answered; null while nothing was; `taxii` for a reader without a node, who cannot answer
    /// @param note the ground under which it is kept, or why it stays open
    public record Copy(
            int depth,
            String organisation,
            @Nullable String outcome,
            @Nullable String note,
            @Nullable Instant since) {}

    /// The latest recalls.
    static List<RecallSheet> all(RecallBook book, Instant now) {
        return book.latest(MOST).stream().map(one -> of(book, one, now)).toList();
    }

    static RecallSheet of(RecallBook book, RecallBook.Entered entered, Instant now) {
        Recall recall = entered.recall();
        List<Copy> copies = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (RecallBook.Copy copy : book.copies(recall.id())) {
            Receipt answer = copy.answer();
            if (answer != null) {
                add(copies, 0, copy.organisation(), answer);
                answer.open().forEach(name -> open.add(copy.organisation() + " > " + name));
            } else {
                copies.add(
                        new Copy(
                                0,
                                copy.organisation(),
                                copy.answers() ? null : "taxii",
                                copy.note(),
                                null));
                if (copy.answers()) {
                    open.add(copy.organisation());
                }
            }
        }
        Receipt own = entered.answer();
        return new RecallSheet(
                recall.id().toString(),
                recall.object().toString(),
                recall.cause().word(),
                recall.why(),
                entered.bringer(),
                entered.passesOn() != null,
                entered.recorded(),
                recall.answerBy(),
                !open.isEmpty() && now.isAfter(recall.answerBy()),
                own == null ? null : own.outcome().word(),
                List.copyOf(copies),
                List.copyOf(open));
    }

    private static void add(List<Copy> copies, int depth, String organisation, Receipt answer) {
        copies.add(
                new Copy(depth, organisation, answer.outcome().word(), kept(answer), answer.at()));
        for (Receipt.Onward one : answer.passedOn()) {
            Receipt below = one.answer();
            if (below == null) {
                copies.add(new Copy(depth + 1, one.organisation(), null, null, null));
            } else {
                add(copies, depth + 1, one.organisation(), below);
            }
        }
    }

    private static @Nullable String kept(Receipt answer) {
        Instant until = answer.until();
        return answer.ground() == null
                ? null
                : answer.ground() + (until == null ? "" : ", until " + Timestamp.format(until));
    }

    ObjectNode json() {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("recall", recall).put("object", object).put("cause", cause).put("why", why);
        Views.putText(json, "brought_by", bringer);
        json.put("passes_on", passesOn).put("at", Timestamp.format(at));
        json.put("answer_by", Timestamp.format(answerBy)).put("overdue", overdue);
        Views.putText(json, "own_outcome", ownOutcome);
        ArrayNode list = json.putArray("copies");
        for (Copy copy : copies) {
            ObjectNode one =
                    list.addObject()
                            .put("depth", copy.depth())
                            .put("organisation", copy.organisation());
            Views.putText(one, "outcome", copy.outcome());
            Views.putText(one, "note", copy.note());
            Views.putTime(one, "since", copy.since());
        }
        open.forEach(json.putArray("open")::add);
        return json;
    }
}
