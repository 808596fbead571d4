package org.kerege.pattern;

import java.util.List;

/// What a pattern asks of one observation. Operands of one operator stand in a flat list in the order of the
/// text. Source: STIX 2.1 §9.3, §9.6.
public sealed interface ComparisonExpression {

    /// Every operand holds, all on the same object.
    ///
    /// @param operands two or more
    record And(List<ComparisonExpression> operands) implements ComparisonExpression {
        public And {
            operands = atLeastTwo(operands);
        }
    }

    /// At least one operand holds.
    ///
    /// @param operands two or more
    record Or(List<ComparisonExpression> operands) implements ComparisonExpression {
        public Or {
            operands = atLeastTwo(operands);
        }
    }

    /// One test of the values at a path: a leaf of the tree.
    sealed interface PropertyTest extends ComparisonExpression {

        /// Where the values are.
        ObjectPath path();

        /// Whether `NOT` stands before the operator.
        boolean negated();
    }

    /// `path = constant` and its five kin.
    record Relation(ObjectPath path, boolean negated, Relator relator, Constant constant)
            implements PropertyTest {}

    /// `path IN (…)`.
    ///
    /// @param members constants of one kind in the order of the text, possibly none
    record In(ObjectPath path, boolean negated, List<Constant> members) implements PropertyTest {
        public In {
            members = List.copyOf(members);
        }
    }

    /// `path LIKE '…'`.
    ///
    /// @param template `%` stands for any run of characters, `_` for exactly one
    record Like(ObjectPath path, boolean negated, String template) implements PropertyTest {}

    /// `path MATCHES '…'`.
    ///
    /// @param regex a regular expression, searched for anywhere in the value
    record Matches(ObjectPath path, boolean negated, String regex) implements PropertyTest {}

    /// `path ISSUBSET '…'`: the value is an address or network inside `network`.
    record IsSubset(ObjectPath path, boolean negated, String network) implements PropertyTest {}

    /// `path ISSUPERSET '…'`: the value is an address or network that holds all of `network`.
    record IsSuperset(ObjectPath path, boolean negated, String network) implements PropertyTest {}

    /// `EXISTS path`.
    record Exists(ObjectPath path, boolean negated) implements PropertyTest {}

    /// Comparison of a value with a constant by order. Source: STIX 2.1 §9.6.1.
    enum Relator {
        EQUAL("="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String sign;

        Relator(String sign) {
            this.sign = sign;
        }

        /// How it is written in a pattern.
        public String sign() {
            return sign;
        }
    }

    private static List<ComparisonExpression> atLeastTwo(List<ComparisonExpression> operands) {
        if (operands.size() < 2) {
            throw new IllegalArgumentException("an operator has two operands or more");
        }
        return List.copyOf(operands);
    }
}
