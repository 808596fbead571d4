package org.kerege.pattern.engine;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.pattern.ComparisonExpression;
import org.kerege.pattern.ComparisonExpression.PropertyTest;
import org.kerege.pattern.ComparisonExpression.Relator;
import org.kerege.pattern.Constant;
import org.kerege.pattern.ObjectPath;
import org.kerege.pattern.match.Network;

/// The cheapest necessary condition of a comparison expression: an event that satisfies the expression satisfies one
/// of the atoms at least. It may satisfy an atom and not the expression, which is why the exact test follows.
///
/// @param cost of the dearest atom; [Atom#WEAK] or more where an atom selects next to nothing
record Witness(List<Atom> atoms, int cost) {

    /// Alternatives of one branch that are told apart; with more of them, any value of the property will do.
    private static final int MAX_ATOMS = 100_000;

    /// Cost of a second condition at most: one that many patterns share is found so often that it saves nothing.
    private static final int MAX_SECOND_COST = 25;

    /// Alternatives of a second condition at most.
    private static final int MAX_SECOND_ATOMS = 1_000;

    /// Properties with so few values that nearly every event with the property has one of those asked for.
    private static final Set<String> FEW_VALUES = Set.of("type", "protocols");

    boolean weak() {
        return cost >= Atom.WEAK;
    }

    /// How many branches already rest on an atom: what many patterns ask for, many events are likely to hold.
    @FunctionalInterface
    interface Crowd {
        int on(Atom atom);
    }

    static Witness of(ComparisonExpression expression, Crowd crowd) {
        return switch (expression) {
            case ComparisonExpression.And(List<ComparisonExpression> operands) -> {
                Witness best = of(operands.getFirst(), crowd);
                for (ComparisonExpression operand : operands.subList(1, operands.size())) {
                    Witness other = of(operand, crowd);
                    if (other.cost < best.cost) {
                        best = other;
                    }
                }
                yield best;
            }
            case ComparisonExpression.Or(List<ComparisonExpression> operands) -> {
                List<Atom> all = new ArrayList<>();
                operands.forEach(operand -> all.addAll(of(operand, crowd).atoms));
                yield of(all, crowd);
            }
            case PropertyTest test -> of(atoms(test), crowd);
        };
    }

    /// A second condition that a conjunction needs besides its [#of]: an event has to satisfy both. Null where there is
    /// none that selects.
    static @Nullable Witness second(ComparisonExpression expression, Crowd crowd) {
        if (!(expression
                instanceof ComparisonExpression.And(List<ComparisonExpression> operands))) {
            return null;
        }
        Witness best = null;
        Witness second = null;
        for (ComparisonExpression operand : operands) {
            Witness other = of(operand, crowd);
            if (best == null || other.cost < best.cost) {
                second = best;
                best = other;
            } else if (second == null || other.cost < second.cost) {
                second = other;
            }
        }
        return second == null
                        || second.cost > MAX_SECOND_COST
                        || second.atoms.size() > MAX_SECOND_ATOMS
                ? null
                : second;
    }

    private static Witness of(List<Atom> atoms, Crowd crowd) {
        int cost = 0;
        for (Atom atom : atoms) {
            cost = Math.max(cost, atom.cost() + crowd.on(atom));
        }
        return new Witness(List.copyOf(atoms), cost);
    }

    static List<Atom> atoms(PropertyTest test) {
        String property = lastName(test.path());
        if (test instanceof ComparisonExpression.Exists && test.negated()) {
            // Only objects of that type are asked whether they lack the property.
            return List.of(new Atom.Equal("type", ValueHash.text(test.path().type()), Atom.WEAK));
        }
        // Binary values are compared decoded, which the index does not do.
        boolean binary = property.endsWith("_bin") || property.endsWith("_hex");
        List<Atom> present = List.of(new Atom.Present(property));
        if (test.negated() || binary) {
            return present;
        }
        return switch (test) {
            case ComparisonExpression.Relation(_, _, Relator relator, Constant constant) ->
                    relator == Relator.EQUAL
                            ? equal(property, constant).map(List::of).orElse(present)
                            : present;
            case ComparisonExpression.In(_, _, List<Constant> members) -> {
                List<Atom> equal = new ArrayList<>();
                members.forEach(member -> equal(property, member).ifPresent(equal::add));
                yield equal.size() == members.size() && equal.size() <= MAX_ATOMS ? equal : present;
            }
            case ComparisonExpression.Like(_, _, String template) ->
                    like(property, template).map(List::of).orElse(present);
            case ComparisonExpression.Matches(_, _, String regex) ->
                    RequiredLiteral.of(regex)
                            .<List<Atom>>map(literal ->
                                    List.of(new Atom.Holds(property, Literals.folded(literal))))
                            .orElse(present);
            case ComparisonExpression.IsSubset(_, _, String network) ->
                    Network.parse(network)
                            .<List<Atom>>map(outer -> List.of(new Atom.Inside(property, outer)))
                            .orElse(present);
            case ComparisonExpression.IsSuperset _, ComparisonExpression.Exists _ -> present;
        };
    }

    private static String lastName(ObjectPath path) {
        for (ObjectPath.Step step : path.steps().reversed()) {
            if (step instanceof ObjectPath.Key(String name)) {
                return name;
            }
        }
        throw new IllegalStateException("an object path starts with a property name");
    }

    private static Optional<Atom> equal(String property, Constant constant) {
        return switch (constant) {
            case Constant.Text(String text) ->
                    Optional.of(
                            new Atom.Equal(
                                    property,
                                    ValueHash.text(text),
                                    FEW_VALUES.contains(property) ? 30 : 1));
            case Constant.Whole(var number) ->
                    Optional.of(
                            new Atom.Equal(property, ValueHash.number(new BigDecimal(number)), 7));
            case Constant.Decimal(var number) ->
                    Optional.of(new Atom.Equal(property, ValueHash.number(number), 7));
            case Constant.Truth(boolean truth) ->
                    Optional.of(new Atom.Equal(property, ValueHash.truth(truth), 20));
            case Constant.Octets octets ->
                    Optional.of(
                            new Atom.Equal(
                                    property,
                                    ValueHash.text(
                                            new String(
                                                    octets.bytes(), StandardCharsets.ISO_8859_1)),
                                    1));
            // Equal times are written in many ways.
            case Constant.Moment _ -> Optional.empty();
        };
    }

    private static Optional<Atom> like(String property, String template) {
        String normal = Normalizer.normalize(template, Normalizer.Form.NFC);
        if (normal.startsWith("%.") && normal.indexOf('%', 1) < 0 && normal.indexOf('_') < 0) {
            return Optional.of(new Atom.EndsWith(property, normal.substring(1)));
        }
        String longest = "";
        for (String run : normal.split("[%_]")) {
            longest = run.length() > longest.length() ? run : longest;
        }
        return longest.isEmpty()
                ? Optional.empty()
                : Optional.of(new Atom.Holds(property, Literals.folded(longest)));
    }
}
