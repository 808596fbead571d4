package org.kerege.charter.act;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.rule.Matter;
import org.kerege.charter.rule.Position;
import org.kerege.charter.rule.SilenceProcedure;
import tools.jackson.databind.JsonNode;

/// A proposal from its making to its end.
final class Proposal {

    /// A vote as it stands.
    record Vote(String act, Position position) {}

    /// A silence procedure's times.
    record Silence(Instant opened, Instant deadline, Duration notice, Instant toSession) {}

    final String digest;
    final String member;
    final String title;
    final Matter matter;
    final List<JsonNode> measures = new ArrayList<>();

    /// The last vote of each member.
    final Map<String, Vote> votes = new TreeMap<>();

    final Map<String, String> reservations = new TreeMap<>();
    final Map<String, Instant> receipts = new TreeMap<>();
    final Map<String, Instant> objections = new TreeMap<>();
    @Nullable Silence silence;

    /// By when members carry it out at home; null where it says nothing.
    @Nullable LocalDate due;

    /// How it ended: `adopted`, `rejected`, `broken`, `put-to-session`; null while it is open.
    @Nullable String result;

    Proposal(String digest, String member, String title, Matter matter) {
        this.digest = digest;
        this.member = member;
        this.title = title;
        this.matter = matter;
    }

    /// Whether a measure takes a member's vote from it.
    static boolean concernsStanding(JsonNode measure) {
        String kind = measure.path("kind").asString("");
        return kind.equals(Measures.SUSPEND) || kind.equals(Measures.EXCLUDE);
    }

    /// The member whose suspension or exclusion is proposed; null where nobody's is.
    @Nullable String concerned() {
        return measures.stream()
                .filter(Proposal::concernsStanding)
                .map(measure -> measure.path("member").asString(""))
                .findFirst()
                .orElse(null);
    }

    SilenceProcedure procedure(Set<String> members) {
        Silence times = silence;
        if (times == null) {
            throw Refusal.malformed("no silence procedure was opened on this proposal");
        }
        return new SilenceProcedure(
                times.opened(),
                times.deadline(),
                times.notice(),
                times.toSession(),
                members,
                receipts,
                objections,
                reservations.keySet());
    }
}
