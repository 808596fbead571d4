package org.kerege.charter.rotation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives out one turn after the other: the order of members as it stands, who had the last turn, and which skips and
/// swaps are still to be used up. The state moves only forward in time.
final class Turns {

    private final List<Exchange> swaps = new ArrayList<>();
    private final List<Change.Skip> skips = new ArrayList<>();
    private final List<Change> structural = new ArrayList<>();
    private final Exclusions exclusions;

    private Order order;
    private Term term;
    private List<Member> members;
    private int nextStructural;

    /// Whose turn is next, after a new order; null when it follows from the last.
    private @Nullable String first;

    private @Nullable String last;

    private static final class Exchange {
        private final Change.Swap swap;
        private boolean oneGiven;
        private boolean otherGiven;

        Exchange(Change.Swap swap) {
            this.swap = swap;
        }

        String apply(String member, Instant at) {
            if (at.isBefore(swap.from())) {
                return member;
            }
            if (member.equals(swap.one()) && !oneGiven) {
                oneGiven = true;
                return swap.other();
            }
            if (member.equals(swap.other()) && !otherGiven) {
                otherGiven = true;
                return swap.one();
            }
            return member;
        }
    }

    Turns(RotationRules rules, List<Decided> decisions, Exclusions exclusions) {
        this.order = rules.order();
        this.term = rules.term();
        this.members = order.arrange(rules.members());
        this.first = rules.first();
        this.exclusions = exclusions;
        for (Decided decided : decisions) {
            switch (decided.change()) {
                case Change.Swap swap -> swaps.add(new Exchange(swap));
                case Change.Skip skip -> skips.add(skip);
                case Change.Admission admission -> structural.add(admission);
                case Change.NewRules newRules -> structural.add(newRules);
                default -> {
                    // The other kinds change terms or holders, not turns.
                }
            }
        }
        structural.sort(Comparator.comparing(Turns::from));
    }

    private static Instant from(Change change) {
        return switch (change) {
            case Change.Admission admission -> admission.from();
            case Change.NewRules newRules -> newRules.from();
            default -> throw new IllegalStateException("not a change of the order: " + change);
        };
    }

    /// The rule of length of a term that begins now.
    Term term() {
        return term;
    }

    boolean isChosen() {
        return order instanceof Order.Chosen;
    }

    /// Brings admissions and new rules into force up to `at`.
    void advance(Instant at) {
        while (nextStructural < structural.size()
                && !from(structural.get(nextStructural)).isAfter(at)) {
            switch (structural.get(nextStructural++)) {
                case Change.Admission(Member member, var _, var before) -> {
                    if (members.stream().noneMatch(one -> one.id().equals(member.id()))) {
                        members = order.admit(members, member, before);
                    }
                }
                case Change.NewRules(var _, Term newTerm, Change.NewOrder newOrder) -> {
                    if (newTerm != null) {
                        term = newTerm;
                    }
                    if (newOrder != null) {
                        reorder(newOrder);
                    }
                }
                case Change other ->
                        throw new IllegalStateException("not a change of the order: " + other);
            }
        }
    }

    private void reorder(Change.NewOrder newOrder) {
        order = newOrder.order();
        List<Member> listed = new ArrayList<>();
        for (String id : newOrder.listed()) {
            listed.add(
                    members.stream()
                            .filter(member -> member.id().equals(id))
                            .findFirst()
                            .orElseGet(() -> new Member(id)));
        }
        members = order.arrange(listed.isEmpty() ? members : listed);
        first = newOrder.first();
        last = null;
    }

    /// The member whose turn begins at `at`; null when none may take it. Members who are excluded at that time, or
    /// whose turn is skipped, are passed over.
    @Nullable String next(Instant at) {
        int start = position();
        for (int i = 0; i < members.size(); i++) {
            String candidate = members.get((start + i) % members.size()).id();
            last = candidate;
            first = null;
            String holder = candidate;
            for (Exchange exchange : swaps) {
                holder = exchange.apply(holder, at);
            }
            if (!isSkipped(holder, at) && !exclusions.excludes(holder, at)) {
                return holder;
            }
        }
        return null;
    }

    private int position() {
        if (first != null) {
            return Math.max(0, indexOf(first));
        }
        return last == null ? 0 : (indexOf(last) + 1) % members.size();
    }

    private int indexOf(String id) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isSkipped(String holder, Instant at) {
        for (int i = 0; i < skips.size(); i++) {
            Change.Skip skip = skips.get(i);
            if (skip.member().equals(holder) && !at.isBefore(skip.from())) {
                skips.remove(i);
                return true;
            }
        }
        return false;
    }
}
