package org.kerege.pattern.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kerege.pattern.ComparisonExpression;
import org.kerege.pattern.ComparisonExpression.PropertyTest;
import org.kerege.pattern.ComparisonExpression.Relation;
import org.kerege.pattern.Constant;
import org.kerege.pattern.Pattern;
import org.kerege.pattern.match.Network;

/// A condition on one value without which an event cannot satisfy a part of a pattern, for indexes over events: what
/// [Engine] is for many patterns and one event, such an index is for one pattern and many events. It concerns values of
/// properties of one name, on whatever object and level.
public sealed interface Need {

    /// The property's own name.
    String property();

    /// A value that is this text.
    record Text(String property, String text) implements Need {}

    /// A value that is this number, whatever its scale.
    record Numeral(String property, BigDecimal number) implements Need {}

    /// An address or network inside `network`.
    record Inside(String property, Network network) implements Need {}

    /// A text that holds a literal, without regard to case.
    record Holding(String property, TextPart part) implements Need {}

    /// Any value.
    record Present(String property) implements Need {}

    /// A literal to be looked for in texts.
    final class TextPart {

        private final Literals literals;

        TextPart(String folded) {
            this.literals = new Literals(Map.of(folded, List.of(0)));
        }

        /// Whether a text holds it.
        ///
        /// @param text holds the text from its first character on
        public boolean in(char[] text, int length) {
            boolean[] found = new boolean[1];
            for (int i = 0; i < length; i++) {
                if (text[i] >= 128) {
                    literals.in(new String(text, 0, length), _ -> found[0] = true);
                    return found[0];
                }
            }
            literals.in(text, 0, length, _ -> found[0] = true);
            return found[0];
        }
    }

    /// What an event needs for a pattern: for one of the branches (outer list) of each of the conditions (middle list)
    /// one alternative (inner list).
    static List<List<List<Need>>> of(Pattern pattern) {
        List<List<List<Need>>> branches = new ArrayList<>();
        for (Branch branch : Branch.of(pattern.expression())) {
            branches.add(
                    branch.comparison() instanceof ComparisonExpression.And(var operands)
                            ? operands.stream().map(Need::condition).toList()
                            : List.of(condition(branch.comparison())));
        }
        return branches;
    }

    private static List<Need> condition(ComparisonExpression expression) {
        return switch (expression) {
            case ComparisonExpression.And(var operands) -> {
                List<List<Need>> each = operands.stream().map(Need::condition).toList();
                yield each.stream()
                        .filter(needs -> needs.stream().noneMatch(Present.class::isInstance))
                        .findFirst()
                        .orElse(each.getFirst());
            }
            case ComparisonExpression.Or(var operands) ->
                    operands.stream().flatMap(operand -> condition(operand).stream()).toList();
            case PropertyTest test -> of(test);
        };
    }

    private static List<Need> of(PropertyTest test) {
        List<Constant> constants =
                switch (test) {
                    case Relation(_, _, _, Constant constant) -> List.of(constant);
                    case ComparisonExpression.In(_, _, var members) -> members;
                    case ComparisonExpression.Like _,
                            ComparisonExpression.Matches _,
                            ComparisonExpression.IsSubset _,
                            ComparisonExpression.IsSuperset _,
                            ComparisonExpression.Exists _ ->
                            List.of();
                };
        List<Atom> atoms = Witness.atoms(test);
        List<Need> needs = new ArrayList<>();
        for (int i = 0; i < atoms.size(); i++) {
            Atom atom = atoms.get(i);
            needs.add(
                    switch (atom) {
                        case Atom.Equal(String property, _, _) ->
                                constants.isEmpty()
                                        ? new Text(property, test.path().type())
                                        : equal(property, constants.get(i));
                        case Atom.EndsWith(String property, String tail) ->
                                new Holding(property, new TextPart(Literals.folded(tail)));
                        case Atom.Inside(String property, Network network) ->
                                new Inside(property, network);
                        case Atom.Holds(String property, String literal) ->
                                new Holding(property, new TextPart(literal));
                        case Atom.Present(String property) -> new Present(property);
                    });
        }
        return needs;
    }

    private static Need equal(String property, Constant constant) {
        return switch (constant) {
            case Constant.Text(String text) -> new Text(property, text);
            case Constant.Whole(var number) -> new Numeral(property, new BigDecimal(number));
            case Constant.Decimal(var number) -> new Numeral(property, number);
            case Constant.Truth _, Constant.Octets _, Constant.Moment _ -> new Present(property);
        };
    }
}
