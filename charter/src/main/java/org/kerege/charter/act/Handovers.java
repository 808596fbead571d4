package org.kerege.charter.act;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.Fields;

/// From one chair to the next: the programme, the items that the next one takes over, and the inventory that both sign. An
/// item that nobody accepted hinders the closing of the dossier, never the change of chair.
final class Handovers {

    private final AllianceState state;
    private final Entitlement entitled;

    Handovers(AllianceState state, Entitlement entitled) {
        this.state = state;
        this.entitled = entitled;
    }

    private void requirePreparing(Party party, Instant at) {
        if (!entitled.mayPrepare(party.member(), at)) {
            throw Refusal.notEntitled(party.member() + " neither chairs now nor chairs next");
        }
    }

    void programme(Act act, Fields content, Party party, Instant at) {
        requirePreparing(party, at);
        if (content.items("points", Content.MAX_ITEMS).isEmpty()) {
            throw Refusal.malformed("a programme has points");
        }
        state.programmes.add(
                act.content().deepCopy().put("act", act.digest()).put("member", party.member()));
    }

    /// Takes over one item, or several at once.
    void accept(Fields content, Party party, Instant at) {
        requirePreparing(party, at);
        List<String> items = new ArrayList<>();
        if (content.has("item")) {
            items.add(content.text("item"));
        }
        for (Fields.Item item : content.items("items", Content.MAX_ITEMS)) {
            items.add(item.value().asString(""));
        }
        Set<String> open =
                Dossier.of(state, at).items().stream()
                        .map(Dossier.Item::id)
                        .collect(Collectors.toSet());
        for (String item : items) {
            if (!open.contains(item)) {
                throw Refusal.malformed("the dossier has no item '" + item + "'");
            }
        }
        if (items.isEmpty()) {
            throw Refusal.malformed("it names the item that is accepted");
        }
        items.forEach(item -> state.accepted.put(item, party.member()));
    }

    /// One side signs the inventory of a handover; it is closed once both have signed the same.
    void close(Act act, Fields content, Party party) {
        Instant handover = Content.instant(content, "handover");
        Dossier dossier = Dossier.before(state, handover);
        @Nullable Instant passes = dossier.handover();
        if (!handover.equals(passes)) {
            throw Refusal.malformed("the chair does not pass at " + handover);
        }
        if (!party.member().equals(dossier.from()) && !party.member().equals(dossier.to())) {
            throw Refusal.notEntitled(
                    "the dossier passes from " + dossier.from() + " to " + dossier.to());
        }
        List<String> missing =
                dossier.items().stream()
                        .filter(item -> item.acceptedBy() == null)
                        .map(Dossier.Item::id)
                        .toList();
        if (!missing.isEmpty()) {
            throw Refusal.notEntitled(
                    missing.size() + " items are not accepted, such as " + missing.getFirst());
        }
        if (!content.text("inventory").equals(dossier.inventory())) {
            throw Refusal.malformed("the inventory is now " + dossier.inventory());
        }
        state.closures
                .computeIfAbsent(handover.toString(), _ -> new TreeMap<>())
                .put(party.member(), dossier.inventory());
    }
}
