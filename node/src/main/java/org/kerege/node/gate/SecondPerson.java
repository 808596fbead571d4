package org.kerege.node.gate;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Label;
import org.kerege.stix.StixObject;
import org.kerege.stix.marking.Tlp.Level;

/// Which releases of this organisation a second person must confirm before anything leaves.
///
/// @param rules any one of which asks for it
record SecondPerson(List<Rule> rules) {

    /// No release.
    static final SecondPerson NEVER = new SecondPerson(List.of());

    SecondPerson {
        rules = List.copyOf(rules);
    }

    /// What an object must be for the rule to ask; what is null does not matter.
    ///
    /// @param marking a colour of TLP, or the identifier of a marking-definition that the object carries
    /// @param collection identifier, alias or title
    /// @param type of the object
    record Rule(@Nullable String marking, @Nullable String collection, @Nullable String type) {

        boolean asks(StixObject object, Label marked, Set<String> collectionNames) {
            return (marking == null || isMarked(object, marked, marking))
                    && (collection == null || collectionNames.contains(collection))
                    && (type == null || type.equals(object.type()));
        }

        private static boolean isMarked(StixObject object, Label marked, String marking) {
            Level level = Gate.level(marking);
            return level == null
                    ? object.markings().stream().anyMatch(id -> id.toString().equals(marking))
                    : marked.tlp() != null && level.name().equals(marked.tlp().name());
        }
    }

    /// Whether a rule asks for a second person.
    ///
    /// @param marked what the object's markings say, with the default of its collection
    boolean asks(StixObject object, Label marked, Set<String> collectionNames) {
        return rules.stream().anyMatch(rule -> rule.asks(object, marked, collectionNames));
    }
}
