package org.kerege.pattern.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.kerege.pattern.ComparisonExpression;
import org.kerege.pattern.ComparisonExpression.PropertyTest;
import org.kerege.pattern.ObjectPath;
import org.kerege.pattern.PatternText;
import org.kerege.pattern.match.Values.Found;
import tools.jackson.databind.JsonNode;

/// A comparison expression, ready to be asked of single observations. One object of the observation must
/// satisfy all of it. Thread-safe. Source: STIX 2.1 §9.3, §9.6.
public final class ComparisonMatcher {

    private interface ObjectTest {
        boolean holds(JsonNode object, Map<String, JsonNode> byReference);
    }

    private final ComparisonExpression expression;
    private final List<ComparisonMatcher> operands;
    private final ObjectTest test;

    /// Types of the objects that it asks about.
    private final Set<String> types;

    public ComparisonMatcher(ComparisonExpression expression) {
        this.expression = expression;
        this.operands =
                switch (expression) {
                    case ComparisonExpression.And(List<ComparisonExpression> all) -> of(all);
                    case ComparisonExpression.Or(List<ComparisonExpression> all) -> of(all);
                    case PropertyTest _ -> List.of();
                };
        this.test = compiled(expression, operands);
        this.types =
                expression instanceof PropertyTest leaf
                        ? Set.of(leaf.path().type())
                        : operands.stream()
                                .flatMap(operand -> operand.types.stream())
                                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<ComparisonMatcher> of(List<ComparisonExpression> operands) {
        return operands.stream().map(ComparisonMatcher::new).toList();
    }

    /// Why `object` satisfies the expression, in the order of its text: of an AND all operands, of an OR the first
    /// that holds.
    ///
    /// @param byReference the objects of its observation by what references call them
    /// @return nothing when the object does not satisfy the expression
    /// @throws Undecided when a regular expression takes too many steps
    public List<MatchedClause> clauses(JsonNode object, Map<String, JsonNode> byReference) {
        List<MatchedClause> found = new ArrayList<>();
        if (holdsFor(object, byReference)) {
            collect(object, byReference, found);
        }
        return List.copyOf(found);
    }

    private void collect(
            JsonNode object, Map<String, JsonNode> byReference, List<MatchedClause> into) {
        switch (expression) {
            case ComparisonExpression.And _ ->
                    operands.forEach(operand -> operand.collect(object, byReference, into));
            case ComparisonExpression.Or _ -> {
                for (ComparisonMatcher operand : operands) {
                    if (operand.holdsFor(object, byReference)) {
                        operand.collect(object, byReference, into);
                        return;
                    }
                }
            }
            case PropertyTest leaf ->
                    into.add(
                            new MatchedClause(
                                    PatternText.of(leaf.path()),
                                    bearing(leaf, object, byReference),
                                    PatternText.of((ComparisonExpression) leaf)));
        }
    }

    /// @throws Undecided when a regular expression takes too many steps
    boolean matches(Observed observed) {
        for (JsonNode object : observed.objects()) {
            if (holdsFor(object, observed.byReference())) {
                return true;
            }
        }
        return false;
    }

    /// Whether one object satisfies all of the expression.
    ///
    /// @param byReference the objects of its observation by what references call them
    /// @throws Undecided when a regular expression takes too many steps
    public boolean holdsFor(JsonNode object, Map<String, JsonNode> byReference) {
        // Said once for the whole, since a long OR would find it out at each operand.
        return types.contains(object.path("type").asString("")) && test.holds(object, byReference);
    }

    private static ObjectTest compiled(
            ComparisonExpression expression, List<ComparisonMatcher> operands) {
        return switch (expression) {
            case ComparisonExpression.And _ ->
                    (object, byReference) -> {
                        for (ComparisonMatcher operand : operands) {
                            if (!operand.test.holds(object, byReference)) {
                                return false;
                            }
                        }
                        return true;
                    };
            case ComparisonExpression.Or _ ->
                    (object, byReference) -> {
                        for (ComparisonMatcher operand : operands) {
                            if (operand.test.holds(object, byReference)) {
                                return true;
                            }
                        }
                        return false;
                    };
            case ComparisonExpression.Exists(ObjectPath path, boolean negated) ->
                    (object, byReference) ->
                            isOfType(object, path.type())
                                    && Values.at(path, object, byReference).isEmpty() == negated;
            case PropertyTest leaf -> propertyTest(leaf);
        };
    }

    private static ObjectTest propertyTest(PropertyTest leaf) {
        Optional<ValueTest> valueTest = valueTest(leaf);
        if (valueTest.isEmpty()) {
            // §9.4: a pattern with an invalid constant matches nothing, under NOT as well.
            return (object, byReference) -> false;
        }
        ValueTest test = valueTest.get();
        ObjectPath path = leaf.path();
        boolean negated = leaf.negated();
        return (object, byReference) -> {
            if (!isOfType(object, path.type())) {
                return false;
            }
            List<Found> values = Values.at(path, object, byReference);
            if (values.isEmpty()) {
                return false;
            }
            boolean any = false;
            for (int i = 0; i < values.size() && !any; i++) {
                any = test.holds(values.get(i));
            }
            return any != negated;
        };
    }

    private static Optional<ValueTest> valueTest(PropertyTest leaf) {
        return switch (leaf) {
            case ComparisonExpression.Relation relation ->
                    Optional.of(ValueTest.relation(relation.relator(), relation.constant()));
            case ComparisonExpression.In in -> Optional.of(ValueTest.in(in.members()));
            case ComparisonExpression.Like like -> Optional.of(ValueTest.like(like.template()));
            case ComparisonExpression.Matches matches -> ValueTest.matches(matches.regex());
            case ComparisonExpression.IsSubset subset -> ValueTest.subset(subset.network());
            case ComparisonExpression.IsSuperset superset -> ValueTest.superset(superset.network());
            case ComparisonExpression.Exists exists ->
                    throw new IllegalStateException("EXISTS has no value test: " + exists);
        };
    }

    /// The first value that bears out a test that holds for `object`, as text; empty where none is there.
    private static String bearing(
            PropertyTest leaf, JsonNode object, Map<String, JsonNode> byReference) {
        List<Found> values = Values.at(leaf.path(), object, byReference);
        Optional<ValueTest> test =
                leaf instanceof ComparisonExpression.Exists || leaf.negated()
                        ? Optional.empty()
                        : valueTest(leaf);
        for (Found value : values) {
            if (test.isEmpty() || test.get().holds(value)) {
                return value.node().isValueNode()
                        ? value.node().asString("")
                        : value.node().toString();
            }
        }
        return "";
    }

    private static boolean isOfType(JsonNode object, String type) {
        JsonNode actual = object.get("type");
        return actual != null && actual.isString() && actual.stringValue().equals(type);
    }
}
