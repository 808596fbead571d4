package org.kerege.charter.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A decision without a session: it is adopted when nobody has broken the silence. Silence speaks only for a member
/// that has received the proposal: no receipt, no consent. So that withholding a receipt is no veto either, a proposal
/// whose receipts are not complete goes to a session at a stated time.
///
/// Whoever receives the proposal late has the same time as the others: its silence is complete no earlier than
/// `notice` after its receipt. Until the proposal is adopted anyone may object.
///
/// @param opened when it was sent
/// @param deadline when silence is complete for those who received it in time; after `opened`
/// @param notice time that each member has from its receipt; not negative
/// @param toSession when it goes to a session if it is not adopted by then; not before `deadline`
/// @param members with a vote; at least one
/// @param receipts when each acknowledged to have received it
/// @param objections when each first objected
/// @param reservations of those who reserve their position without breaking the silence
public record SilenceProcedure(
        Instant opened,
        Instant deadline,
        Duration notice,
        Instant toSession,
        Set<String> members,
        Map<String, Instant> receipts,
        Map<String, Instant> objections,
        Set<String> reservations) {

    public SilenceProcedure {
        members = Set.copyOf(members);
        receipts = Map.copyOf(receipts);
        objections = Map.copyOf(objections);
        reservations = Set.copyOf(reservations);
        boolean inOrder =
                deadline.isAfter(opened) && !toSession.isBefore(deadline) && !notice.isNegative();
        if (!inOrder || members.isEmpty()) {
            throw new IllegalArgumentException(
                    "a silence procedure has members, and opens before its deadline, which is not"
                            + " after the time of its session");
        }
    }

    /// How the procedure stands.
    public sealed interface Status {

        /// Silence is not complete and not broken.
        ///
        /// @param withoutReceipt members for whom silence does not speak yet, by name
        record Running(Set<String> withoutReceipt) implements Status {}

        /// Nobody objected, and everybody had received it.
        ///
        /// @param at when silence was complete for the last member
        record Adopted(Instant at, Set<String> reservations) implements Status {}

        /// Somebody objected.
        ///
        /// @param at the first objection
        /// @param by who objected in time, by name
        record Broken(Instant at, Set<String> by) implements Status {}

        /// Receipts, or the time that late ones leave, were not complete.
        record PutToSession(Instant at, Set<String> withoutConsent) implements Status {}
    }

    /// How it stands at `now`, by what happened up to then.
    public Status at(Instant now) {
        Instant complete = complete(now);
        Instant ends = complete == null || complete.isAfter(toSession) ? toSession : complete;
        Instant broken = firstObjection(now, ends);
        if (broken != null) {
            return new Status.Broken(broken, objectors(now, ends));
        }
        if (now.isBefore(ends)) {
            return new Status.Running(withoutReceipt(now));
        }
        return complete != null && !complete.isAfter(toSession)
                ? new Status.Adopted(complete, new TreeSet<>(reservations))
                : new Status.PutToSession(toSession, withoutConsent());
    }

    /// When the silence of the last member is complete; null while a receipt is missing.
    private @Nullable Instant complete(Instant now) {
        Instant complete = deadline;
        for (String member : members) {
            Instant received = receipts.get(member);
            if (received == null || received.isAfter(now)) {
                return null;
            }
            Instant own = received.plus(notice);
            complete = own.isAfter(complete) ? own : complete;
        }
        return complete;
    }

    private @Nullable Instant firstObjection(Instant now, Instant ends) {
        return objections.entrySet().stream()
                .filter(one -> counts(one, now, ends))
                .map(Map.Entry::getValue)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private Set<String> objectors(Instant now, Instant ends) {
        Set<String> by = new TreeSet<>();
        objections.entrySet().stream()
                .filter(one -> counts(one, now, ends))
                .forEach(one -> by.add(one.getKey()));
        return by;
    }

    /// An objection counts when a member made it before the end: at the very instant of the end silence is complete.
    private boolean counts(Map.Entry<String, Instant> objection, Instant now, Instant ends) {
        Instant at = objection.getValue();
        return members.contains(objection.getKey())
                && !at.isBefore(opened)
                && !at.isAfter(now)
                && at.isBefore(ends);
    }

    private Set<String> withoutReceipt(Instant now) {
        Set<String> without = new TreeSet<>();
        for (String member : members) {
            Instant received = receipts.get(member);
            if (received == null || received.isAfter(now)) {
                without.add(member);
            }
        }
        return without;
    }

    private Set<String> withoutConsent() {
        Set<String> without = new TreeSet<>();
        for (String member : members) {
            Instant received = receipts.get(member);
            if (received == null || received.plus(notice).isAfter(toSession)) {
                without.add(member);
            }
        }
        return without;
    }
}
