package org.kerege.node.charter;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.act.AllianceState;
import org.kerege.charter.act.Dossier;
import org.kerege.charter.act.FollowUpReport;
import org.kerege.charter.act.MandateReport;
import org.kerege.charter.act.Misbehaviour;
import org.kerege.charter.alliance.Verification;
import org.kerege.charter.rotation.Tenure;
import org.kerege.tlog.VerifierKey;
import org.kerege.tlog.WitnessPolicy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The charter as it stood when the store was looked at; it does not change any more. Documents are as `charter show
/// --json` prints them (`docs/charter.md`); they are copies.
public final class CharterView {

    private final Verification verification;
    private final AllianceState state;
    private final ObjectNode json;
    private final String digest;

    CharterView(Verification verification) {
        this.verification = verification;
        this.state = verification.replay().state();
        this.json = state.json();
        this.digest = state.digest();
    }

    /// A member as it stands.
    ///
    /// @param standing `invited`, `member`, `suspended` or `withdrawn`
    public record Member(String id, String name, long weight, String standing) {}

    /// Digest of the founding act.
    public String founding() {
        return verification.charter().digest();
    }

    /// Whether the founding act has its time; before it nobody chairs and nothing is decided.
    public boolean isFounded() {
        return state.isFounded();
    }

    /// Since when the charter is in force; null while signatures of founders are missing.
    public @Nullable Instant inForce() {
        return state.inForce();
    }

    /// Digest of the state: equal on every node that has the same acts and proofs.
    public String stateDigest() {
        return digest;
    }

    /// Who holds the chair, by all that is known.
    ///
    /// @throws IllegalStateException when no charter was adopted
    public Tenure chairAt(Instant at) {
        return state.rotation().chairAt(at);
    }

    /// Who held the chair, by what had been decided up to `knownAt`.
    public Tenure chairAt(Instant at, Instant knownAt) {
        return state.rotation().chairAt(at, knownAt);
    }

    /// The tenures that touch the time from `from` to `to`, in order and whole.
    public List<Tenure> terms(Instant from, Instant to) {
        return state.rotation().chairs(from, to, Instant.MAX);
    }

    /// Time zone of the handover.
    public ZoneId zone() {
        return state.rotation().rules().handover().zone();
    }

    /// Members in the order of their identifiers.
    public List<Member> members() {
        List<Member> members = new ArrayList<>();
        json.path("members")
                .properties()
                .forEach(member ->
                        members.add(
                                new Member(
                                        member.getKey(),
                                        member.getValue().path("name").asString(""),
                                        member.getValue().path("weight").asLong(),
                                        member.getValue().path("standing").asString(""))));
        return members;
    }

    /// Sessions with agenda, credentials and record of presence, oldest first.
    public List<ObjectNode> sessions() {
        return list("sessions");
    }

    /// Proposals with their votes as they stand, oldest first.
    public List<ObjectNode> proposals() {
        return list("proposals");
    }

    /// Decisions with result, trace and what became of their measures, oldest first.
    public List<ObjectNode> decisions() {
        return list("decisions");
    }

    /// Programmes of chairs, oldest first.
    public List<ObjectNode> programmes() {
        return list("programmes");
    }

    /// Statements, oldest first.
    public List<ObjectNode> statements() {
        return list("statements");
    }

    /// Offices by name.
    public ObjectNode offices() {
        return json.withObject("/offices").deepCopy();
    }

    /// What members did at home about each decision, with what is overdue; see [FollowUpReport].
    public ObjectNode followUpReport(Instant at) {
        return FollowUpReport.of(state, at);
    }

    /// The report of each mandate, every figure with the acts that it counts.
    public ObjectNode mandateReports(Instant at) {
        return MandateReport.all(state, at);
    }

    /// What the chair at `at` hands to the next.
    public Dossier dossier(Instant at) {
        return Dossier.of(state, at);
    }

    /// The whole state.
    public ObjectNode state() {
        return json.deepCopy();
    }

    /// Each act with its time, its witnesses and what became of it, in the order in which they came.
    public List<Verification.Finding> acts() {
        return verification.findings();
    }

    /// Who signed two different acts of one number.
    public List<Misbehaviour> misbehaviours() {
        return verification.misbehaviours();
    }

    /// All of the above as a document or in words.
    public Verification verification() {
        return verification;
    }

    /// Whose cosignatures give an act its time, by the founding act.
    public WitnessPolicy policy() {
        return WitnessPolicy.parse(verification.charter().content().path("witnesses").asString(""));
    }

    /// The witnesses of the policy by name.
    public Map<String, VerifierKey> witnesses() {
        return policy().witnesses();
    }

    /// Every change of how an organisation stands, oldest first.
    public List<AllianceState.Since> standings() {
        return state.standings();
    }

    /// How organisations stand at an instant: `member`, `observer`, `partner` or `suspended`; who has withdrawn or has not
    /// signed is not among them.
    public Map<String, String> standingsAt(Instant at) {
        Map<String, String> standings = new LinkedHashMap<>();
        for (AllianceState.Since one : state.standings()) {
            if (!one.at().isAfter(at)) {
                standings.put(one.organisation(), one.standing());
            }
        }
        standings.values().retainAll(Set.of("member", "observer", "partner", "suspended"));
        return standings;
    }

    /// When the answer of [#standingsAt] changes next after `at`; null for never, by what is known.
    public @Nullable Instant nextChange(Instant at) {
        return state.standings().stream()
                .map(AllianceState.Since::at)
                .filter(change -> change.isAfter(at))
                .min(Instant::compareTo)
                .orElse(null);
    }

    private List<ObjectNode> list(String name) {
        List<ObjectNode> items = new ArrayList<>();
        for (JsonNode item : json.path(name)) {
            items.add((ObjectNode) item.deepCopy());
        }
        return items;
    }
}
