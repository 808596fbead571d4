package org.kerege.charter.rotation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// When which member may not hold the chair: suspended, or gone.
final class Exclusions {

    /// @param until exclusive; [Instant#MAX] for good
    record Interval(String member, Instant from, Instant until) {
        boolean covers(String other, Instant at) {
            return member.equals(other) && !at.isBefore(from) && at.isBefore(until);
        }
    }

    private final List<Interval> intervals = new ArrayList<>();

    Exclusions(List<Decided> decisions) {
        for (Decided decided : decisions) {
            switch (decided.change()) {
                case Change.Suspension(String member, Instant from, var until) ->
                        add(member, from, until == null ? Instant.MAX : until, decisions);
                case Change.Withdrawal(String member, Instant from) ->
                        add(member, from, Instant.MAX, decisions);
                default -> {
                    // The other kinds exclude nobody.
                }
            }
        }
    }

    private void add(String member, Instant from, Instant until, List<Decided> decisions) {
        Instant end = until;
        for (Decided decided : decisions) {
            Instant back =
                    switch (decided.change()) {
                        case Change.Readmission(String who, Instant at) when who.equals(member) ->
                                at;
                        case Change.Admission(Member who, Instant at, var _)
                                when who.id().equals(member) ->
                                at;
                        default -> Instant.MAX;
                    };
            if (back.isAfter(from) && back.isBefore(end)) {
                end = back;
            }
        }
        intervals.add(new Interval(member, from, end));
    }

    boolean excludes(String member, Instant at) {
        return intervals.stream().anyMatch(interval -> interval.covers(member, at));
    }

    List<Interval> intervals() {
        return intervals;
    }
}
