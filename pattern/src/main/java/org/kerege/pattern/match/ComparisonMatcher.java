package org.kerege.pattern.match;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kerege.pattern.ComparisonExpression;
import org.kerege.pattern.ComparisonExpression.PropertyTest;
import org.kerege.pattern.ObjectPath;
import org.kerege.pattern.match.Values.Found;
import tools.jackson.databind.JsonNode;

/// A comparison expression, ready to be asked of single observations. One object of the observation must
/// satisfy all of it. Thread-safe. Source: STIX 2.1 §9.3, §9.6.
final class ComparisonMatcher {

    private interface ObjectTest {
        boolean holds(JsonNode object, Map<String, JsonNode> byReference);
    }

    private final ObjectTest test;

    ComparisonMatcher(ComparisonExpression expression) {
        this.test = compiled(expression);
    }

    /// @throws Undecided when a regular expression takes too many steps
    boolean matches(Observed observed) {
        for (JsonNode object : observed.objects()) {
            if (test.holds(object, observed.byReference())) {
                return true;
            }
        }
        return false;
    }

    private static ObjectTest compiled(ComparisonExpression expression) {
        return switch (expression) {
            case ComparisonExpression.And(List<ComparisonExpression> operands) -> {
                List<ObjectTest> tests =
                        operands.stream().map(ComparisonMatcher::compiled).toList();
                yield (object, byReference) -> {
                    for (ObjectTest test : tests) {
                        if (!test.holds(object, byReference)) {
                            return false;
                        }
                    }
                    return true;
                };
            }
            case ComparisonExpression.Or(List<ComparisonExpression> operands) -> {
                List<ObjectTest> tests =
                        operands.stream().map(ComparisonMatcher::compiled).toList();
                yield (object, byReference) -> {
                    for (ObjectTest test : tests) {
                        if (test.holds(object, byReference)) {
                            return true;
                        }
                    }
                    return false;
                };
            }
            case ComparisonExpression.Exists(ObjectPath path, boolean negated) ->
                    (object, byReference) ->
                            isOfType(object, path.type())
                                    && Values.at(path, object, byReference).isEmpty() == negated;
            case PropertyTest leaf -> propertyTest(leaf);
        };
    }

    private static ObjectTest propertyTest(PropertyTest leaf) {
        Optional<ValueTest> valueTest =
                switch (leaf) {
                    case ComparisonExpression.Relation relation ->
                            Optional.of(
                                    ValueTest.relation(relation.relator(), relation.constant()));
                    case ComparisonExpression.In in -> Optional.of(ValueTest.in(in.members()));
                    case ComparisonExpression.Like like ->
                            Optional.of(ValueTest.like(like.template()));
                    case ComparisonExpression.Matches matches -> ValueTest.matches(matches.regex());
                    case ComparisonExpression.IsSubset subset -> ValueTest.subset(subset.network());
                    case ComparisonExpression.IsSuperset superset ->
                            ValueTest.superset(superset.network());
                    case ComparisonExpression.Exists exists ->
                            throw new IllegalStateException("EXISTS has no value test: " + exists);
                };
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

    private static boolean isOfType(JsonNode object, String type) {
        JsonNode actual = object.get("type");
        return actual != null && actual.isString() && actual.stringValue().equals(type);
    }
}
