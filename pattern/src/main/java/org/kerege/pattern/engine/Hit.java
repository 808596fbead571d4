package org.kerege.pattern.engine;

import java.util.List;
import org.kerege.pattern.match.MatchedClause;
import tools.jackson.databind.JsonNode;

/// An event satisfies one bracket of a pattern.
///
/// @param pattern its number in the engine
/// @param bracket which of its brackets, from 0 in the order of the text
/// @param object the first object of the event that satisfies it
/// @param clauses the tests that hold for the object with their values, in the order of the text
public record Hit(int pattern, int bracket, JsonNode object, List<MatchedClause> clauses) {
    public Hit {
        clauses = List.copyOf(clauses);
    }
}
