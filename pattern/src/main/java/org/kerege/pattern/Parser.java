package org.kerege.pattern;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.kerege.pattern.OperatorNest.Operand;
import org.kerege.pattern.Token.Kind;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.Timestamp;

/// Reads observation expressions and their qualifiers; what stands in the brackets is read by
/// [ComparisonParser]. AND binds more tightly than OR, OR more tightly than FOLLOWEDBY; a qualifier belongs to
/// the one bracket or pair of parentheses before it. Source: STIX 2.1 §9.4, §9.5, §9.8.
final class Parser {

    private static final OperatorNest.Operators<ObservationExpression> OPERATORS =
            new OperatorNest.Operators<>() {
                @Override
                public int count() {
                    return 3;
                }

                @Override
                public ObservationExpression join(
                        int operator, List<ObservationExpression> operands) {
                    return switch (operator) {
                        case 0 -> new ObservationExpression.And(operands);
                        case 1 -> new ObservationExpression.Or(operands);
                        default -> new ObservationExpression.FollowedBy(operands);
                    };
                }

                @Override
                public List<ObservationExpression> operandsOf(
                        int operator, ObservationExpression expression) {
                    return switch (expression) {
                        case ObservationExpression.And and when operator == 0 -> and.operands();
                        case ObservationExpression.Or or when operator == 1 -> or.operands();
                        case ObservationExpression.FollowedBy followed when operator == 2 ->
                                followed.operands();
                        default -> List.of();
                    };
                }
            };

    private final TokenReader tokens;
    private final Dialect dialect;

    Parser(String text, Dialect dialect) {
        this.tokens = new TokenReader(text);
        this.dialect = dialect;
    }

    /// The whole pattern.
    ObservationExpression pattern() {
        OperatorNest<ObservationExpression> nest = new OperatorNest<>(OPERATORS);
        while (true) {
            while (tokens.skip(Kind.OPEN_PARENTHESIS)) {
                nest.open();
                if (nest.depth() > Pattern.MAX_PARENTHESES) {
                    throw tokens.faultBefore(
                            "more than %d nested parentheses".formatted(Pattern.MAX_PARENTHESES),
                            "Leave out those that change nothing");
                }
            }
            Operand<ObservationExpression> operand = qualified(observation());
            while (nest.depth() > 0 && tokens.skip(Kind.CLOSE_PARENTHESIS)) {
                operand = qualified(lowEnough(nest.close(operand)));
            }
            if (tokens.skipKeyword("AND")) {
                nest.add(operand, 0);
            } else if (tokens.skipKeyword("OR")) {
                nest.add(operand, 1);
            } else if (tokens.skipKeyword("FOLLOWEDBY")) {
                nest.add(operand, 2);
            } else if (nest.depth() == 0 && tokens.is(Kind.END)) {
                return lowEnough(nest.close(operand)).expression();
            } else {
                throw afterOperand(nest.depth());
            }
        }
    }

    private MalformedPattern afterOperand(int depth) {
        String remedy;
        if (tokens.is(Kind.CLOSE_PARENTHESIS)) {
            remedy = "There is one closing parenthesis too many";
        } else if (depth > 0 && tokens.is(Kind.END)) {
            remedy = "Close the parenthesis with )";
        } else if (tokens.isKeyword("STOP")) {
            remedy = "Write START t'…' STOP t'…'";
        } else if (tokens.is(Kind.OPEN_BRACKET) || tokens.is(Kind.OPEN_PARENTHESIS)) {
            remedy = "Join observations with AND, OR or FOLLOWEDBY";
        } else {
            remedy = "";
        }
        String ending = depth > 0 ? "')'" : "the end of the pattern";
        return tokens.unexpected(
                "AND, OR, FOLLOWEDBY, a qualifier (WITHIN, REPEATS, START) or " + ending, remedy);
    }

    private <E> Operand<E> lowEnough(Operand<E> operand) {
        if (operand.height() > Pattern.MAX_DEPTH) {
            throw tokens.faultBefore(
                    "operators inside one another deeper than " + Pattern.MAX_DEPTH, "");
        }
        return operand;
    }

    private Operand<ObservationExpression> observation() {
        if (!tokens.is(Kind.OPEN_BRACKET)) {
            throw tokens.unexpected(
                    "'[' or '('",
                    tokens.is(Kind.WORD)
                            ? "An observation stands in square brackets: [file:size = 1280]"
                            : "");
        }
        tokens.skip(Kind.OPEN_BRACKET);
        Operand<ComparisonExpression> comparison = new ComparisonParser(tokens).expression();
        return new Operand<>(
                new ObservationExpression.Observation(lowEnough(comparison).expression()),
                comparison.height());
    }

    private Operand<ObservationExpression> qualified(Operand<ObservationExpression> operand) {
        Set<QualifierKind> seen = EnumSet.noneOf(QualifierKind.class);
        Operand<ObservationExpression> result = operand;
        while (true) {
            int start = tokens.start();
            QualifierKind kind;
            Qualifier qualifier;
            if (tokens.skipKeyword("WITHIN")) {
                kind = QualifierKind.WITHIN;
                qualifier = within();
            } else if (tokens.skipKeyword("REPEATS")) {
                kind = QualifierKind.REPEATS;
                qualifier = repeats();
            } else if (tokens.skipKeyword("START")) {
                kind = QualifierKind.START;
                qualifier = startStop();
            } else {
                return result;
            }
            if (!seen.add(kind) && dialect != Dialect.OASIS_GRAMMAR) {
                throw tokens.fault(
                        start,
                        "a second " + kind + " on the same observation expression",
                        "Keep one of them (STIX 2.1 §9.5.1)");
            }
            result =
                    lowEnough(
                            new Operand<>(
                                    new ObservationExpression.Qualified(
                                            result.expression(), qualifier),
                                    result.height() + 1));
        }
    }

    private enum QualifierKind {
        WITHIN,
        REPEATS,
        START
    }

    private Qualifier within() {
        int start = tokens.start();
        if (!tokens.is(Kind.INTEGER) && !tokens.is(Kind.DECIMAL)) {
            throw tokens.unexpected("a number of seconds", "Write WITHIN 5 SECONDS");
        }
        BigDecimal seconds = tokens.takeNumber();
        if (seconds.signum() <= 0) {
            throw tokens.fault(start, "a span of time that is not positive", "");
        }
        tokens.expectKeyword("SECONDS", "Write WITHIN 5 SECONDS");
        return new Qualifier.Within(seconds);
    }

    private Qualifier repeats() {
        int start = tokens.start();
        if (!tokens.is(Kind.INTEGER)) {
            throw tokens.unexpected("a number of times, an integer", "Write REPEATS 5 TIMES");
        }
        long times = tokens.takeCount();
        if (times < 1) {
            throw tokens.fault(start, "a number of times that is not positive", "");
        }
        tokens.expectKeyword("TIMES", "Write REPEATS 5 TIMES");
        return new Qualifier.Repeats(times);
    }

    private Qualifier startStop() {
        Timestamp start = instant();
        tokens.expectKeyword("STOP", "Write START t'…' STOP t'…'");
        return new Qualifier.StartStop(start, instant());
    }

    private Timestamp instant() {
        if (tokens.is(Kind.TIMESTAMP)) {
            return tokens.takeTimestamp();
        }
        if (tokens.is(Kind.STRING)) {
            if (dialect != Dialect.STIX_2_0) {
                throw tokens.unexpected(
                        "a timestamp t'…'", "STIX 2.0 wrote a string; put a t before the quote");
            }
            int start = tokens.start();
            try {
                return Timestamp.parse(tokens.takeString());
            } catch (MalformedStix e) {
                throw tokens.fault(
                        start, String.valueOf(e.getMessage()), "Write 2024-01-31T12:00:00Z");
            }
        }
        throw tokens.unexpected("a timestamp t'…'", "Write START t'2024-01-31T12:00:00Z'");
    }
}
