package org.kerege.node.hunt;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.kerege.pattern.match.MatchedClause;
import org.kerege.pattern.warning.WarningLists;

/// Values that are known to be harmless. A match that rests on such values alone is held back and counted.
///
/// @param lists where they stand
public record KnownGood(WarningLists lists) {

    public static final KnownGood NONE = new KnownGood(WarningLists.NONE);

    /// The lists that hold a match back, joined by commas; nothing where one of its values is on none.
    Optional<String> holding(List<MatchedClause> clauses) {
        TreeSet<String> names = new TreeSet<>();
        for (MatchedClause clause : clauses) {
            Optional<String> list = lists.holding(clause.value());
            if (list.isEmpty()) {
                return Optional.empty();
            }
            names.add(list.get());
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
    }
}
