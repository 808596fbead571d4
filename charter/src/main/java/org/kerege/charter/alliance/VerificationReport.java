package org.kerege.charter.alliance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.act.AllianceState;
import org.kerege.charter.act.Misbehaviour;
import org.kerege.charter.act.Verdict;
import org.kerege.charter.rotation.Tenure;
import org.kerege.stix.Json;
import org.kerege.tlog.Checkpoint;
import org.kerege.tlog.SplitView;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A verification in words and as JSON.
public final class VerificationReport {

    private final Verification verification;
    private final Instant at;

    /// @param at the instant for which the chair and what is in force are asked
    public VerificationReport(Verification verification, Instant at) {
        this.verification = verification;
        this.at = at;
    }

    /// Whether every act is authentic and none is refused or without its proofs.
    public boolean isClean() {
        return verification.misbehaviours().isEmpty()
                && verification.splitViews().isEmpty()
                && verification.findings().stream()
                        .allMatch(finding ->
                                finding.proofFailures().isEmpty()
                                        && (finding.verdict() instanceof Verdict.InForce
                                                || finding.verdict()
                                                        instanceof Verdict.UnknownKind));
    }

    /// `{"charter", "state", "at", "chair", "clean", "acts": […], "misbehaviour": […],
    /// "split_views": […]}`.
    public ObjectNode json() {
        AllianceState state = verification.replay().state();
        ObjectNode json = Json.mapper().createObjectNode();
        if (state.isFounded()) {
            json.put("charter", state.alliance());
            json.put("state", state.digest());
            json.put("at", at.toString());
            json.set("chair", chair(state.rotation().chairAt(at)));
        }
        json.put("clean", isClean());
        ArrayNode acts = json.putArray("acts");
        verification.findings().forEach(finding -> acts.add(json(finding)));
        ArrayNode evidence = json.putArray("misbehaviour");
        for (Misbehaviour one : verification.misbehaviours()) {
            ObjectNode item = evidence.addObject();
            item.put("key", one.key()).put("number", one.number());
            item.putArray("acts").add(one.one().json()).add(one.other().json());
        }
        ArrayNode split = json.putArray("split_views");
        verification.splitViews().forEach(one -> split.add(splitView(one)));
        return json;
    }

    /// Evidence that a log showed two histories: `{"log", "smaller", "larger", "root", "proof": [hash]}`, the heads as
    /// signed notes, `root` what the larger has in place of the smaller's.
    public static ObjectNode splitView(SplitView evidence) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("log", Checkpoint.parse(evidence.smaller().text()).origin());
        json.put("smaller", evidence.smaller().toString());
        json.put("larger", evidence.larger().toString());
        json.put("root", evidence.smallerRootInLarger().toString());
        ArrayNode proof = json.putArray("proof");
        evidence.proof().forEach(hash -> proof.add(hash.toString()));
        return json;
    }

    /// What is evidence against somebody, a line each.
    public List<String> evidence() {
        List<String> lines = new ArrayList<>();
        for (Misbehaviour one : verification.misbehaviours()) {
            lines.add(
                    "EVIDENCE: %s signed two acts of number %d: %s and %s"
                            .formatted(
                                    one.key(),
                                    one.number(),
                                    one.one().digest(),
                                    one.other().digest()));
        }
        for (SplitView one : verification.splitViews()) {
            Checkpoint head = Checkpoint.parse(one.smaller().text());
            lines.add(
                    "EVIDENCE: the log %s signed two histories of %d entries"
                            .formatted(head.origin(), head.size()));
        }
        return lines;
    }

    /// A tenure as JSON: `{"member", "from", "until", "basis"}`; `member` is null for a vacancy, `from` before the first
    /// term, `until` where no end is known.
    public static ObjectNode chair(Tenure tenure) {
        Instant until = tenure.until();
        return Json.mapper()
                .createObjectNode()
                .put("member", tenure.member())
                .put("from", tenure.from().equals(Instant.MIN) ? null : tenure.from().toString())
                .put("until", until == null ? null : until.toString())
                .put("basis", word(tenure.basis()));
    }

    private ObjectNode json(Verification.Finding finding) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("id", finding.act().id().toString()).put("digest", finding.act().digest());
        json.put("kind", finding.act().kind()).put("key", finding.act().key());
        json.put("number", finding.act().number());
        json.put("authentic", finding.isAuthentic());
        json.put("verdict", verdict(finding.verdict()));
        String why = why(finding.verdict());
        if (why != null) {
            json.put("why", why);
        }
        json.put("in_force", finding.isInForceAt(at));
        Instant witnessed = finding.witnessed();
        json.put("witnessed", witnessed == null ? null : witnessed.toString());
        ObjectNode witnesses = json.putObject("witnesses");
        finding.witnesses().forEach((name, when) -> witnesses.put(name, when.toString()));
        if (!finding.proofFailures().isEmpty()) {
            ArrayNode failures = json.putArray("proof_failures");
            finding.proofFailures().forEach(failures::add);
        }
        return json;
    }

    /// One line for an act.
    public String line(Verification.Finding finding) {
        Instant witnessed = finding.witnessed();
        String why = why(finding.verdict());
        return "%-20s  %-28s %3d  %-18s %s, %d witnesses%s%s"
                .formatted(
                        witnessed == null ? "pending" : witnessed,
                        finding.act().key(),
                        finding.act().number(),
                        finding.act().kind(),
                        verdict(finding.verdict()),
                        finding.witnesses().size(),
                        why == null ? "" : ": " + why,
                        finding.proofFailures().isEmpty() ? "" : " " + finding.proofFailures());
    }

    /// A verdict in one word, as documents have it.
    public static String verdict(Verdict verdict) {
        return switch (verdict) {
            case Verdict.InForce _ -> "in-force";
            case Verdict.UnknownKind _ -> "unknown-kind";
            case Verdict.Pending _ -> "pending";
            case Verdict.Waiting _ -> "waiting";
            case Verdict.Refused _ -> "refused";
        };
    }

    /// Why an act has no effect; null where there is nothing to say.
    public static @Nullable String why(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Refused(var _, var reason, String why) -> word(reason) + ": " + why;
            case Verdict.Waiting(String why) -> why;
            default -> null;
        };
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
