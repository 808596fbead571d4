package org.kerege.pattern.sigma;

import java.util.List;

/// What the detection of a rule says, before it is known where its fields stand.
sealed interface Logic {

    /// Every operand holds.
    ///
    /// @param operands one or more
    record And(List<Logic> operands) implements Logic {
        public And {
            operands = List.copyOf(operands);
        }
    }

    /// One operand holds at least.
    ///
    /// @param operands one or more
    record Or(List<Logic> operands) implements Logic {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    record Not(Logic operand) implements Logic {}

    /// A field and what is asked of it.
    record Field(String name, Ask ask) implements Logic {}

    /// What is asked of one value.
    sealed interface Ask {
        /// The text, with wildcards and without regard to case unless told.
        record Text(SigmaText text, boolean cased) implements Ask {}

        record Regex(String regex) implements Ask {}

        record Network(String cidr) implements Ask {}

        /// A whole number in an order to another.
        ///
        /// @param sign `<`, `<=`, `>` or `>=`
        record Order(String sign, long number) implements Ask {}

        record Present(boolean present) implements Ask {}
    }
}
