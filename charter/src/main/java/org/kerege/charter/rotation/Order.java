package org.kerege.charter.rotation;

import java.text.Collator;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// In which order the members take their turns, round after round.
public sealed interface Order {

    /// As the rule pack lists them. A member admitted later stands before the one that its admission names, or last.
    record Listed() implements Order {}

    /// By their names in one language, sorted as that language sorts.
    record Alphabetical(String language) implements Order {}

    /// By day of accession, those of one day as listed.
    record Accession() implements Order {}

    /// No order: each term is given by a decision, and is vacant without one.
    record Chosen() implements Order {}

    /// The members in the order of their turns.
    default List<Member> arrange(List<Member> listed) {
        List<Member> arranged = new ArrayList<>(listed);
        switch (this) {
            case Listed() -> {}
            case Chosen() -> {}
            case Accession() -> arranged.sort(Comparator.comparing(Order::joined));
            case Alphabetical(String language) -> {
                Collator collator = Collator.getInstance(Locale.forLanguageTag(language));
                arranged.sort(
                        Comparator.comparing(
                                        (Member member) -> member.name(language), collator::compare)
                                .thenComparing(Member::id));
            }
        }
        return arranged;
    }

    /// `members`, in their turns' order, with `admitted` at its place.
    ///
    /// @param before the member before whose turn a listed order puts it; null for last
    default List<Member> admit(List<Member> members, Member admitted, @Nullable String before) {
        List<Member> longer = new ArrayList<>(members);
        int at = longer.size();
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).id().equals(before)) {
                at = i;
            }
        }
        longer.add(at, admitted);
        return arrange(longer);
    }

    private static LocalDate joined(Member member) {
        return member.joined() == null ? LocalDate.MIN : member.joined();
    }
}
