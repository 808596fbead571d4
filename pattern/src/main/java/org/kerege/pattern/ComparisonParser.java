package org.kerege.pattern;

import java.util.ArrayList;
import java.util.List;
import org.kerege.pattern.ComparisonExpression.Relator;
import org.kerege.pattern.ObjectPath.Step;
import org.kerege.pattern.OperatorNest.Operand;
import org.kerege.pattern.Token.Kind;

/// Reads what stands between the brackets of an observation, and the closing one. AND binds more tightly than
/// OR. Source: STIX 2.1 §9.3, §9.6, §9.7, §9.8.
final class ComparisonParser {

    private static final OperatorNest.Operators<ComparisonExpression> OPERATORS =
            new OperatorNest.Operators<>() {
                @Override
                public int count() {
                    return 2;
                }

                @Override
                public ComparisonExpression join(
                        int operator, List<ComparisonExpression> operands) {
                    return operator == 0
                            ? new ComparisonExpression.And(operands)
                            : new ComparisonExpression.Or(operands);
                }

                @Override
                public List<ComparisonExpression> operandsOf(
                        int operator, ComparisonExpression expression) {
                    return switch (expression) {
                        case ComparisonExpression.And and when operator == 0 -> and.operands();
                        case ComparisonExpression.Or or when operator == 1 -> or.operands();
                        default -> List.of();
                    };
                }
            };

    private static final String OPERATOR_LIST =
            "an operator (=, !=, <, <=, >, >=, IN, LIKE, MATCHES, ISSUBSET, ISSUPERSET)";

    private final TokenReader tokens;

    ComparisonParser(TokenReader tokens) {
        this.tokens = tokens;
    }

    /// Everything up to and with the closing bracket.
    Operand<ComparisonExpression> expression() {
        OperatorNest<ComparisonExpression> nest = new OperatorNest<>(OPERATORS);
        while (true) {
            while (tokens.skip(Kind.OPEN_PARENTHESIS)) {
                nest.open();
                if (nest.depth() > Pattern.MAX_PARENTHESES) {
                    throw tokens.faultBefore(
                            "more than %d nested parentheses".formatted(Pattern.MAX_PARENTHESES),
                            "Leave out those that change nothing");
                }
            }
            Operand<ComparisonExpression> operand = new Operand<>(propertyTest(), 1);
            while (nest.depth() > 0 && tokens.skip(Kind.CLOSE_PARENTHESIS)) {
                operand = nest.close(operand);
            }
            if (tokens.skipKeyword("AND")) {
                nest.add(operand, 0);
            } else if (tokens.skipKeyword("OR")) {
                nest.add(operand, 1);
            } else if (nest.depth() == 0 && tokens.skip(Kind.CLOSE_BRACKET)) {
                return nest.close(operand);
            } else {
                throw afterOperand(nest.depth());
            }
        }
    }

    private MalformedPattern afterOperand(int depth) {
        if (depth > 0) {
            return tokens.unexpected("AND, OR or ')'", "Close the parenthesis with )");
        }
        return tokens.unexpected(
                "AND, OR or ']'",
                tokens.isKeyword("FOLLOWEDBY")
                        ? "FOLLOWEDBY stands between observations: [ … ] FOLLOWEDBY [ … ]"
                        : "");
    }

    private ComparisonExpression propertyTest() {
        if (tokens.skipKeyword("NOT")) {
            if (!tokens.isKeyword("EXISTS")) {
                throw tokens.unexpected(
                        "EXISTS after NOT",
                        "Elsewhere NOT stands before the operator: file:name NOT = 'a'");
            }
            tokens.advance();
            return new ComparisonExpression.Exists(path(), true);
        }
        if (tokens.skipKeyword("EXISTS")) {
            return new ComparisonExpression.Exists(path(), false);
        }
        ObjectPath path = path();
        boolean negated = tokens.skipKeyword("NOT");
        if (tokens.is(Kind.KEYWORD)) {
            return keywordTest(path, negated);
        }
        Relator relator = relator();
        int start = tokens.start();
        Constant constant = constant();
        boolean ordered = relator != Relator.EQUAL && relator != Relator.NOT_EQUAL;
        if (ordered && constant instanceof Constant.Truth) {
            throw tokens.fault(
                    start,
                    "true and false have no order, " + relator.sign() + " takes another constant",
                    "Use = or !=");
        }
        return new ComparisonExpression.Relation(path, negated, relator, constant);
    }

    private ComparisonExpression keywordTest(ObjectPath path, boolean negated) {
        if (tokens.skipKeyword("IN")) {
            return new ComparisonExpression.In(path, negated, members());
        }
        if (tokens.skipKeyword("LIKE")) {
            return new ComparisonExpression.Like(path, negated, string("LIKE"));
        }
        if (tokens.skipKeyword("MATCHES")) {
            return new ComparisonExpression.Matches(path, negated, string("MATCHES"));
        }
        if (tokens.skipKeyword("ISSUBSET")) {
            return new ComparisonExpression.IsSubset(path, negated, string("ISSUBSET"));
        }
        if (tokens.skipKeyword("ISSUPERSET")) {
            return new ComparisonExpression.IsSuperset(path, negated, string("ISSUPERSET"));
        }
        throw tokens.unexpected(
                OPERATOR_LIST,
                tokens.isKeyword("EXISTS")
                        ? "EXISTS stands before the path: EXISTS file:name"
                        : "");
    }

    private String string(String operator) {
        if (!tokens.is(Kind.STRING)) {
            throw tokens.unexpected("a string in single quotes after " + operator, "");
        }
        return tokens.takeString();
    }

    private Relator relator() {
        Relator relator =
                switch (tokens.kind()) {
                    case EQUAL -> Relator.EQUAL;
                    case NOT_EQUAL -> Relator.NOT_EQUAL;
                    case LESS -> Relator.LESS;
                    case LESS_OR_EQUAL -> Relator.LESS_OR_EQUAL;
                    case GREATER -> Relator.GREATER;
                    case GREATER_OR_EQUAL -> Relator.GREATER_OR_EQUAL;
                    default -> throw tokens.unexpected(OPERATOR_LIST, "");
                };
        tokens.advance();
        return relator;
    }

    private List<Constant> members() {
        if (!tokens.skip(Kind.OPEN_PARENTHESIS)) {
            throw tokens.unexpected("'(' after IN", "Write IN ('a', 'b')");
        }
        List<Constant> members = new ArrayList<>();
        if (tokens.skip(Kind.CLOSE_PARENTHESIS)) {
            return members;
        }
        do {
            int start = tokens.start();
            Constant member = constant();
            if (!members.isEmpty() && kind(member) != kind(members.getFirst())) {
                throw tokens.fault(
                        start,
                        "a set of constants of two kinds",
                        "The members of a set are of one kind (STIX 2.1 §9.6.1)");
            }
            members.add(member);
        } while (tokens.skip(Kind.COMMA));
        if (!tokens.skip(Kind.CLOSE_PARENTHESIS)) {
            throw tokens.unexpected("',' or ')'", "");
        }
        return members;
    }

    private enum ConstantKind {
        STRING,
        NUMBER,
        BOOLEAN,
        TIMESTAMP,
        BINARY
    }

    /// Integers and floats compare with one another, as do the two ways to write bytes: one kind each.
    private static ConstantKind kind(Constant constant) {
        return switch (constant) {
            case Constant.Text _ -> ConstantKind.STRING;
            case Constant.Whole _, Constant.Decimal _ -> ConstantKind.NUMBER;
            case Constant.Truth _ -> ConstantKind.BOOLEAN;
            case Constant.Moment _ -> ConstantKind.TIMESTAMP;
            case Constant.Octets _ -> ConstantKind.BINARY;
        };
    }

    private Constant constant() {
        return switch (tokens.kind()) {
            case STRING -> new Constant.Text(tokens.takeString());
            case INTEGER -> new Constant.Whole(tokens.takeNumber().toBigIntegerExact());
            case DECIMAL -> new Constant.Decimal(tokens.takeNumber());
            case TRUTH -> new Constant.Truth(tokens.takeWord().equals("true"));
            case TIMESTAMP -> new Constant.Moment(tokens.takeTimestamp());
            case BINARY -> tokens.takeBinary();
            case HEX -> tokens.takeHex();
            default ->
                    throw tokens.unexpected(
                            "a constant (string, number, true, false, t'…', b'…' or h'…')",
                            tokens.is(Kind.WORD) ? "Strings stand in single quotes: 'a'" : "");
        };
    }

    private ObjectPath path() {
        if (!tokens.is(Kind.WORD)) {
            throw tokens.unexpected(
                    "an object path such as file:name",
                    tokens.is(Kind.STRING) ? "The path stands left of the operator, unquoted" : "");
        }
        String type = tokens.takeWord();
        if (!tokens.skip(Kind.COLON)) {
            throw tokens.unexpected(
                    "':' after the object type " + type,
                    "An object path is written type:property, such as file:name");
        }
        List<Step> steps = new ArrayList<>(4);
        steps.add(key());
        while (true) {
            if (tokens.skip(Kind.DOT)) {
                steps.add(key());
            } else if (tokens.skip(Kind.OPEN_BRACKET)) {
                steps.add(index());
            } else {
                return new ObjectPath(type, steps);
            }
        }
    }

    private Step key() {
        if (tokens.is(Kind.STRING)) {
            return new ObjectPath.Key(tokens.takeString());
        }
        if (!tokens.is(Kind.WORD)) {
            throw tokens.unexpected(
                    "a property name",
                    tokens.is(Kind.KEYWORD) || tokens.is(Kind.TRUTH) || tokens.is(Kind.INTEGER)
                            ? "Quote it: '" + tokens.written() + "'"
                            : "");
        }
        if (tokens.written().indexOf('-') >= 0) {
            throw tokens.fault(
                    tokens.start(),
                    "a property name with a hyphen",
                    "Quote it: '" + tokens.written() + "'");
        }
        return new ObjectPath.Key(tokens.takeWord());
    }

    private Step index() {
        if (tokens.skip(Kind.ASTERISK)) {
            tokens.expect(Kind.CLOSE_BRACKET, "");
            return new ObjectPath.AnyIndex();
        }
        if (!tokens.is(Kind.INTEGER)) {
            throw tokens.unexpected(
                    "a position from 0 or * in the brackets",
                    tokens.is(Kind.STRING) ? "Keys follow a dot: .'a'" : "");
        }
        int start = tokens.start();
        long position = tokens.takeCount();
        if (position < 0) {
            throw tokens.fault(start, "a negative position", "Positions count from 0");
        }
        tokens.expect(Kind.CLOSE_BRACKET, "");
        return new ObjectPath.Index(position);
    }
}
