package org.kerege.charter.act;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.Fields;
import org.kerege.charter.MalformedCharter;
import org.kerege.stix.Json;
import org.kerege.tlog.MalformedLog;
import org.kerege.tlog.VerifierKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a decision does once it is adopted. A measure that cannot be carried out is noted in the decision and does not
/// hinder the others.
final class Measures {

    static final String SUSPEND = "suspend-member";
    static final String EXCLUDE = "withdraw-member";
    static final String REVOKE_KEY = "revoke-key";
    static final String REPLACE_KEY = "replace-key";

    /// What an office may be let sign for the chair.
    private static final Set<String> FOR_THE_CHAIR =
            Set.of(Kind.AGENDA, Kind.PRESENCE, Kind.RECORD);

    private final AllianceState state;
    private final Instant decided;
    private final String decision;

    Measures(AllianceState state, Instant decided, String decision) {
        this.state = state;
        this.decided = decided;
        this.decision = decision;
    }

    /// Carries out all measures of a proposal.
    ///
    /// @return for each of them, null or why it could not be carried out
    List<@Nullable String> carryOut(List<JsonNode> measures) {
        List<@Nullable String> failures = new ArrayList<>();
        for (JsonNode measure : measures) {
            try {
                carryOut(Fields.of(measure, ""), (ObjectNode) measure);
                failures.add(null);
            } catch (Refusal | MalformedCharter | MalformedLog e) {
                failures.add(e.getMessage());
            }
        }
        return failures;
    }

    private void carryOut(Fields measure, ObjectNode json) {
        switch (measure.text("kind")) {
            case "admit-member" -> admit(measure, json);
            case SUSPEND -> stand(measure, AllianceState.Standing.SUSPENDED, "suspension");
            case "readmit-member" -> stand(measure, AllianceState.Standing.MEMBER, "readmission");
            case EXCLUDE -> stand(measure, AllianceState.Standing.WITHDRAWN, "withdrawal");
            case "admit-observer" -> admit(measure.text("name"), "observer", state.observers);
            case "admit-partner" -> admit(measure.text("name"), "partner", state.partners);
            case "rotation" -> state.changeRotation(object(measure, json, "decision"), decided);
            case "appoint" -> appoint(measure, json);
            case "recall" -> recall(measure.text("office"));
            case "mandate" -> mandate(measure, json);
            case REVOKE_KEY -> revoke(measure.text("key"));
            case REPLACE_KEY -> replaceKey(measure);
            case "end-observer" -> dismiss(measure.text("name"), state.observers);
            case "end-partner" -> dismiss(measure.text("name"), state.partners);
            case "statement" -> state.statements.add(json.deepCopy().put("decision", decision));
            default ->
                    throw Refusal.malformed(
                            "measure '" + measure.text("kind") + "' is not known here");
        }
    }

    private static ObjectNode object(Fields measure, ObjectNode json, String name) {
        measure.object(name);
        return (ObjectNode) json.path(name);
    }

    private void admit(Fields measure, ObjectNode json) {
        String id = measure.text("member");
        if (state.members.containsKey(id)
                && state.members.get(id).standing() != AllianceState.Standing.WITHDRAWN) {
            throw Refusal.malformed("'" + id + "' is a member already");
        }
        VerifierKey key = Content.key(measure);
        String name = measure.optionalText("name");
        ObjectNode change = Json.mapper().createObjectNode().put("kind", "admission");
        if (json.path("names").isObject()) {
            ObjectNode admitted = change.putArray("members").addObject().put("id", id);
            admitted.set("names", json.path("names"));
        } else {
            change.put("member", id);
        }
        if (json.path("before").isString()) {
            change.put("before", json.path("before").stringValue());
        }
        Party party = new Party(key, id, null, null, decided, null);
        state.requireFree(party);
        state.changeRotation(change, decided);
        state.members.put(
                id,
                new AllianceState.Member(
                        id, name == null ? id : name, 1, AllianceState.Standing.MEMBER));
        state.noteStanding(id, "member", decided);
        state.bind(party);
    }

    private void admit(String name, String standing, Set<String> admitted) {
        if (state.members.containsKey(name) || !admitted.add(name)) {
            throw Refusal.malformed("'" + name + "' stands in the alliance already");
        }
        state.noteStanding(name, standing, decided);
    }

    private void dismiss(String name, Set<String> admitted) {
        if (!admitted.remove(name)) {
            throw Refusal.malformed("'" + name + "' is not admitted so");
        }
        state.noteStanding(name, "ended", decided);
    }

    private void stand(Fields measure, AllianceState.Standing standing, String change) {
        String id = measure.text("member");
        AllianceState.Member member = state.members.get(id);
        boolean belongs =
                member != null
                        && (member.standing() == AllianceState.Standing.MEMBER
                                || member.standing() == AllianceState.Standing.SUSPENDED);
        if (!belongs) {
            throw Refusal.malformed("'" + id + "' is not a member");
        }
        state.changeRotation(AllianceState.rotationChange(change, id), decided);
        state.stand(id, standing, decided);
    }

    private void appoint(Fields measure, ObjectNode json) {
        String office = measure.text("office");
        for (Fields.Item item : measure.items("may", FOR_THE_CHAIR.size())) {
            if (!FOR_THE_CHAIR.contains(item.value().asString(""))) {
                throw Refusal.malformed("an office may sign for the chair " + FOR_THE_CHAIR);
            }
        }
        if (measure.has("key")) {
            empower(measure);
        }
        state.offices.put(office, json.deepCopy().put("decision", decision));
    }

    private void mandate(Fields measure, ObjectNode json) {
        measure.text("title");
        MandateReport.requireWellFormed(json);
        empower(measure);
        state.mandates.put(decision, json.deepCopy().put("decision", decision));
    }

    /// Lets the key of a mandate or an office sign within its term.
    private void empower(Fields measure) {
        VerifierKey key = Content.key(measure);
        Instant from = later(Content.instant(measure, "from"), decided);
        Instant until = Content.instant(measure, "until");
        if (!until.isAfter(from)) {
            throw Refusal.malformed("the term ends before it begins");
        }
        String member = measure.text("member");
        if (!state.members.containsKey(member)) {
            throw Refusal.malformed("'" + member + "' is not a member");
        }
        state.bind(new Party(key, member, decision, null, from, until));
    }

    private void recall(String office) {
        ObjectNode held = state.offices.remove(office);
        if (held == null) {
            throw Refusal.malformed("the office '" + office + "' is not held");
        }
        if (held.path("key").isString()) {
            revoke(VerifierKey.parse(held.path("key").stringValue()).name());
        }
    }

    private void revoke(String name) {
        List<Party> parties = state.keys.get(name);
        if (parties == null) {
            throw Refusal.malformed("there is no key " + name);
        }
        parties.replaceAll(party -> party.isValidAt(decided) ? party.endedAt(decided) : party);
    }

    /// All own keys of a member end, and one takes their place.
    private void replaceKey(Fields measure) {
        String member = measure.text("member");
        if (!state.members.containsKey(member)) {
            throw Refusal.malformed("'" + member + "' is not a member");
        }
        Party fresh =
                new Party(Content.key(measure), member, null, Content.next(measure), decided, null);
        state.requireFree(fresh);
        for (List<Party> parties : state.keys.values()) {
            parties.replaceAll(party ->
                    party.member().equals(member)
                                    && party.mandate() == null
                                    && party.isValidAt(decided)
                            ? party.endedAt(decided)
                            : party);
        }
        state.bind(fresh);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
