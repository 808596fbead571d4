package org.kerege.charter.rotation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One decision that departs from the rule or changes it.
public sealed interface Change {

    /// Two members exchange their next turns that begin at or after `from`. The rounds after are not touched.
    record Swap(String one, String other, Instant from) implements Change {}

    /// The member's next turn that begins at or after `from` falls out; all that follow move up.
    record Skip(String member, Instant from) implements Change {}

    /// The term that contains `during` ends at `until`, later or earlier than by the rule.
    record Extension(Instant during, Instant until) implements Change {}

    /// The term that contains or begins at `at` is given to `member`, where the order is [Order.Chosen].
    record Choice(String member, Instant at) implements Change {}

    /// The term that runs until a decision ends at `at`.
    record HandOver(Instant at) implements Change {}

    /// The chair is empty from `from` until `until`; null is the end of the term.
    record Vacancy(Instant from, @Nullable Instant until) implements Change {}

    /// `member` holds the chair for another from `from` until `until`; null is the end of the term.
    record Interim(String member, Instant from, @Nullable Instant until) implements Change {}

    /// `member` takes over what is left of the term at `from`.
    record Replacement(String member, Instant from) implements Change {}

    /// `member` gives up the term that it holds at `from`; the rest is vacant unless another decision fills it.
    record Resignation(String member, Instant from) implements Change {}

    /// `member` may not hold the chair from `from` until `until`; null is until readmitted. A term that it holds
    /// becomes vacant; a term that would begin for it falls to the next.
    record Suspension(String member, Instant from, @Nullable Instant until) implements Change {}

    /// `member` is suspended no longer.
    record Readmission(String member, Instant from) implements Change {}

    /// `member` leaves for good.
    record Withdrawal(String member, Instant from) implements Change {}

    /// A member joins the order.
    ///
    /// @param before where a listed order puts it; null for last
    record Admission(Member member, Instant from, @Nullable String before) implements Change {}

    /// Terms that begin at or after `from` follow another rule; what is null stays.
    ///
    /// @param order with the new list of ids in `listed`, in which `first` has the next turn
    record NewRules(Instant from, @Nullable Term term, @Nullable NewOrder order)
            implements Change {}

    /// Another order of the members.
    record NewOrder(Order order, List<String> listed, String first) {
        public NewOrder {
            listed = List.copyOf(listed);
        }
    }
}
