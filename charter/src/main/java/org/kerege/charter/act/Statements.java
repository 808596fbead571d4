package org.kerege.charter.act;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.kerege.charter.Fields;
import tools.jackson.databind.node.ObjectNode;

/// Statements of several members, and what each member did at home about what they decided.
final class Statements {

    private static final String SIGNED = "signed";
    private static final String ISSUED = "issued";

    private final AllianceState state;

    Statements(AllianceState state) {
        this.state = state;
    }

    /// Lays a statement before the members that it names, or states it for the member that signs where it names none. It
    /// is issued once each of them has signed it.
    void state(Act act, Fields content, Party party, Instant at) {
        content.text("title");
        Set<String> parties = new TreeSet<>();
        for (Fields.Item item : content.items("parties", Content.MAX_ITEMS)) {
            String member = item.value().asString("");
            if (!state.members.containsKey(member)) {
                throw Refusal.malformed(item.pointer() + ": '" + member + "' is not a member");
            }
            parties.add(member);
        }
        String authentic = content.optionalText("authentic");
        if (authentic != null && content.object("texts").optionalText(authentic) == null) {
            throw Refusal.malformed("there is no text in the authentic language " + authentic);
        }
        parties.add(party.member());
        ObjectNode statement =
                act.content().deepCopy().put("act", act.digest()).put("member", party.member());
        parties.forEach(statement.putArray("parties")::add);
        statement.putObject(SIGNED);
        state.statements.add(statement);
        sign(statement, party, at);
    }

    void join(Fields content, Party party, Instant at) {
        String digest = content.text("statement");
        ObjectNode statement =
                state.statements.stream()
                        .filter(one -> one.path("act").asString("").equals(digest))
                        .findFirst()
                        .orElseThrow(() -> Refusal.malformed("there is no such statement"));
        for (var member : statement.path("parties")) {
            if (member.asString("").equals(party.member())) {
                sign(statement, party, at);
                return;
            }
        }
        throw Refusal.notEntitled("the statement is not of " + party.member());
    }

    private static void sign(ObjectNode statement, Party party, Instant at) {
        ObjectNode signed = (ObjectNode) statement.path(SIGNED);
        if (signed.has(party.member())) {
            throw Refusal.malformed(party.member() + " has signed the statement already");
        }
        signed.put(party.member(), at.toString());
        statement.put(
                ISSUED, signed.size() == statement.path("parties").size() ? at.toString() : null);
    }

    void followUp(Act act, Fields content, Party party) {
        String decision = content.text("decision");
        content.items("evidence", Content.MAX_ITEMS);
        boolean adopted =
                state.decisions.stream()
                        .anyMatch(one ->
                                one.path("act").asString("").equals(decision)
                                        && one.path("result").asString("").equals("adopted"));
        if (!adopted) {
            throw Refusal.malformed("there is no such decision in force");
        }
        if (!List.of(SIGNED, "notified", "ratified", "reserved", "implemented")
                .contains(content.text("status"))) {
            throw Refusal.malformed(
                    "a status is signed, notified, ratified, reserved or implemented");
        }
        state.followUps
                .computeIfAbsent(decision, _ -> new TreeMap<>())
                .put(party.member(), act.content().deepCopy().put("act", act.digest()));
    }
}
