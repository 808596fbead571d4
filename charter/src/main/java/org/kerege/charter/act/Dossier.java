package org.kerege.charter.act;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.rotation.Tenure;
import org.kerege.stix.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What one chair hands to the next, from the records: what is open, what runs, what is due, the keys and the
/// programme. The next chair may read it and accept its items before the handover; an item that is not accepted hinders
/// the closing of the dossier and never the change of chair.
///
/// @param from who chairs at the time asked, null for nobody
/// @param to who chairs next by what is known, null for nobody
/// @param handover when the chair passes, null when no end is known
public record Dossier(
        @Nullable String from, @Nullable String to, @Nullable Instant handover, List<Item> items) {

    public Dossier {
        items = List.copyOf(items);
    }

    /// One thing to be taken over.
    ///
    /// @param id by which an `item-accepted` act names it
    /// @param acceptedBy the member that accepted it, null while nobody did
    public record Item(String id, String what, @Nullable String acceptedBy) {}

    /// The dossier as the records stand.
    ///
    /// @param at for whose term it is asked
    public static Dossier of(AllianceState state, Instant at) {
        Tenure now = state.rotation().chairAt(at);
        Instant end = now.until();
        String next = end == null ? null : state.rotation().chairAt(end).member();
        List<Item> items = new ArrayList<>();
        for (Proposal proposal : state.proposals.values()) {
            if (end != null && !proposal.made.isBefore(end)) {
                continue;
            }
            boolean open = proposal.result == null || proposal.result.equals(Proposal.TO_SESSION);
            if (open) {
                Proposal.Silence silence = proposal.silence;
                String what =
                        proposal.result != null
                                ? "put to a session: "
                                : silence != null
                                        ? "silence runs until " + silence.deadline() + ": "
                                        : "open: ";
                items.add(item(state, "proposal:" + proposal.digest, what + proposal.title));
            }
        }
        for (Session session : state.sessions.values()) {
            boolean before = end == null || session.convened.isBefore(end);
            if (session.closedBy == null && before) {
                String title = session.content.path("title").asString("");
                items.add(item(state, "session:" + session.digest, "session not closed: " + title));
            }
        }
        for (ObjectNode decision : FollowUpReport.overdueOrDue(state)) {
            items.add(
                    item(
                            state,
                            "follow-up:" + decision.path("act").asString(""),
                            "to be carried out at home by "
                                    + decision.path("due").asString("")
                                    + ": "
                                    + decision.path("title").asString("")));
        }
        state.mandates.forEach((mandate, json) -> {
            for (LocalDate due : MandateReport.undelivered(state, mandate, json)) {
                items.add(
                        item(
                                state,
                                "report:" + mandate + ":" + due,
                                "report of " + json.path("title").asString("") + ", due " + due));
            }
        });
        state.keys.forEach((name, parties) ->
                parties.stream()
                        .filter(party -> party.isValidAt(at))
                        .filter(party -> party.member().equals(next))
                        .forEach(party ->
                                items.add(
                                        item(
                                                state,
                                                "key:" + name,
                                                "key of the next chair: " + name))));
        for (JsonNode programme : state.programmes) {
            if (programme.path("member").asString("").equals(next)) {
                String act = programme.path("act").asString("");
                items.add(item(state, "programme:" + act, "programme of " + next));
            }
        }
        return new Dossier(now.member(), next, end, items);
    }

    private static Item item(AllianceState state, String id, String what) {
        return new Item(id, what, state.accepted.get(id));
    }

    /// The dossier of the handover at an instant.
    static Dossier before(AllianceState state, Instant handover) {
        return of(state, handover.minusNanos(1));
    }

    /// SHA-256 of the items' identifiers, a line each in order: what both sides of a handover sign.
    public String inventory() {
        StringBuilder lines = new StringBuilder();
        items.stream().map(Item::id).sorted().forEach(id -> lines.append(id).append('\n'));
        return Act.sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// Whether every item has been accepted.
    public boolean isComplete() {
        return items.stream().allMatch(item -> item.acceptedBy() != null);
    }

    /// `{"from", "to", "handover", "complete", "items": [{"id", "what", "accepted_by"}]}`.
    public ObjectNode json() {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("from", from).put("to", to);
        json.put("handover", handover == null ? null : handover.toString());
        json.put("complete", isComplete()).put("inventory", inventory());
        var list = json.putArray("items");
        for (Item item : items) {
            list.addObject()
                    .put("id", item.id())
                    .put("what", item.what())
                    .put("accepted_by", item.acceptedBy());
        }
        return json;
    }
}
