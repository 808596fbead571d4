package org.kerege.node.council;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.act.Misbehaviour;
import org.kerege.charter.act.Verdict;
import org.kerege.charter.alliance.Verification;
import org.kerege.charter.alliance.VerificationReport;
import org.kerege.gate.Channel;
import org.kerege.node.charter.CharterView;
import org.kerege.node.desk.Shown;
import org.kerege.node.identity.Caller;

/// An act that has no effect, as a page shows it: kept all the same, since it may be evidence.
///
/// @param verdict `refused`, `waiting`, `pending` or `unknown-kind`
/// @param why in one clause of a sentence; empty where there is nothing to say
/// @param evidence whether it and another act of its number are both signed by its key
public record OddAct(
        String kind,
        String key,
        long number,
        String digest,
        String at,
        String verdict,
        String why,
        boolean evidence) {

    static List<OddAct> of(
            CharterView view, Caller caller, Channel channel, CharterReaders readers) {
        Set<String> twice = new HashSet<>();
        for (Misbehaviour one : view.misbehaviours()) {
            twice.add(one.one().digest());
            twice.add(one.other().digest());
        }
        List<Verification.Finding> odd =
                view.acts().reversed().stream()
                        .filter(finding ->
                                !(finding.verdict() instanceof Verdict.InForce)
                                        || twice.contains(finding.act().digest()))
                        .limit(CharterSheet.MOST)
                        .toList();
        return readers.visible(caller, channel, odd).stream()
                .map(finding -> of(finding, twice.contains(finding.act().digest())))
                .toList();
    }

    private static OddAct of(Verification.Finding finding, boolean evidence) {
        Instant witnessed = finding.witnessed();
        @Nullable String why = VerificationReport.why(finding.verdict());
        return new OddAct(
                Shown.text(finding.act().kind()),
                Shown.text(finding.act().key()),
                finding.act().number(),
                finding.act().digest(),
                witnessed == null ? "" : witnessed.toString(),
                VerificationReport.verdict(finding.verdict()),
                why == null ? "" : Shown.text(why),
                evidence);
    }
}
