package org.kerege.pattern;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Operands and operators of an expression with parentheses, gathered without recursion, so that no nesting
/// exhausts the stack. Operators are numbered from 0, the one that binds most tightly. An expression of
/// operands joined by one operator is flat, also where parentheses repeat that operator.
///
/// @param <E> kind of expression
final class OperatorNest<E> {

    /// How expressions are joined and taken apart.
    interface Operators<E> {

        /// How many operators there are.
        int count();

        E join(int operator, List<E> operands);

        /// The operands of `expression` where it is a join by `operator`, else nothing.
        List<E> operandsOf(int operator, E expression);
    }

    /// An expression and the height of its tree, 1 for a leaf.
    record Operand<E>(E expression, int height) {}

    /// What stands between one pair of parentheses so far: per operator the operands that are complete.
    private static final class Level<E> {
        private final List<List<Operand<E>>> pending = new ArrayList<>();

        Level(int operators) {
            for (int i = 0; i < operators; i++) {
                pending.add(new ArrayList<>(2));
            }
        }
    }

    private final Operators<E> operators;
    private final Deque<Level<E>> levels = new ArrayDeque<>();

    OperatorNest(Operators<E> operators) {
        this.operators = operators;
        open();
    }

    /// Begins a pair of parentheses.
    void open() {
        levels.push(new Level<>(operators.count()));
    }

    /// Pairs of parentheses that are open.
    int depth() {
        return levels.size() - 1;
    }

    /// Takes an operand that `operator` follows.
    void add(Operand<E> operand, int operator) {
        Level<E> level = levels.element();
        Operand<E> complete = operand;
        for (int tighter = 0; tighter < operator; tighter++) {
            complete = joined(tighter, level.pending.get(tighter), complete);
        }
        level.pending.get(operator).add(complete);
    }

    /// Takes the last operand of the innermost open pair, or of the whole expression, and ends it.
    Operand<E> close(Operand<E> last) {
        Level<E> level = levels.pop();
        Operand<E> complete = last;
        for (int operator = 0; operator < operators.count(); operator++) {
            complete = joined(operator, level.pending.get(operator), complete);
        }
        return complete;
    }

    private Operand<E> joined(int operator, List<Operand<E>> pending, Operand<E> last) {
        if (pending.isEmpty()) {
            return last;
        }
        pending.add(last);
        List<E> operands = new ArrayList<>(pending.size());
        int height = 0;
        for (Operand<E> operand : pending) {
            List<E> inner = operators.operandsOf(operator, operand.expression());
            if (inner.isEmpty()) {
                operands.add(operand.expression());
                height = Math.max(height, operand.height());
            } else {
                operands.addAll(inner);
                height = Math.max(height, operand.height() - 1);
            }
        }
        pending.clear();
        return new Operand<>(operators.join(operator, operands), height + 1);
    }
}
