package org.kerege.pattern.match;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.kerege.pattern.ComparisonExpression.Relator;
import org.kerege.pattern.Constant;
import org.kerege.pattern.match.Values.Encoding;
import org.kerege.pattern.match.Values.Found;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.Timestamp;
import tools.jackson.databind.JsonNode;

/// One comparison with a constant, ready to be asked of single values. Source: STIX 2.1 §9.6.1.
interface ValueTest {

    /// Whether the comparison holds for a value.
    ///
    /// @throws Undecided when a regular expression takes too many steps
    boolean holds(Found value);

    /// `relator` between the value and `constant`. Values that do not compare are unequal and without order.
    static ValueTest relation(Relator relator, Constant constant) {
        IntPredicate wanted =
                switch (relator) {
                    case EQUAL -> order -> order == 0;
                    case NOT_EQUAL -> order -> order != 0;
                    case LESS -> order -> order < 0;
                    case LESS_OR_EQUAL -> order -> order <= 0;
                    case GREATER -> order -> order > 0;
                    case GREATER_OR_EQUAL -> order -> order >= 0;
                };
        ValueOrder order = ValueOrder.with(constant);
        boolean whenIncomparable = relator == Relator.NOT_EQUAL;
        return value ->
                order.compare(value).map(sign -> wanted.test(sign)).orElse(whenIncomparable);
    }

    static ValueTest in(List<Constant> members) {
        List<ValueTest> equal =
                members.stream().map(member -> relation(Relator.EQUAL, member)).toList();
        return value -> equal.stream().anyMatch(test -> test.holds(value));
    }

    static ValueTest like(String template) {
        Wildcards wildcards = new Wildcards(template);
        return value -> text(value).map(wildcards::matches).orElse(false);
    }

    /// Nothing where `regex` is no regular expression.
    static Optional<ValueTest> matches(String regex) {
        Optional<RegexSearch> forText = RegexSearch.forText(regex);
        Optional<RegexSearch> forBytes = RegexSearch.forBytes(regex);
        if (forText.isEmpty() || forBytes.isEmpty()) {
            return Optional.empty();
        }
        RegexSearch overText = forText.get();
        RegexSearch overBytes = forBytes.get();
        return Optional.of(value -> {
            Optional<String> text = text(value);
            if (text.isEmpty()) {
                return false;
            }
            return value.encoding() == Encoding.NONE
                    ? overText.foundIn(
                            java.text.Normalizer.normalize(
                                    text.get(), java.text.Normalizer.Form.NFC))
                    : overBytes.foundIn(text.get());
        });
    }

    /// Nothing where `network` is neither an address nor a network.
    static Optional<ValueTest> subset(String network) {
        return Network.parse(network)
                .map(outer -> value -> network(value).map(outer::contains).orElse(false));
    }

    /// Nothing where `network` is neither an address nor a network.
    static Optional<ValueTest> superset(String network) {
        return Network.parse(network)
                .map(inner ->
                        value -> network(value).map(outer -> outer.contains(inner)).orElse(false));
    }

    private static Optional<Network> network(Found value) {
        return value.node().isString() && value.encoding() == Encoding.NONE
                ? Network.parse(value.node().stringValue())
                : Optional.empty();
    }

    private static Optional<String> text(Found value) {
        if (!value.node().isString()) {
            return Optional.empty();
        }
        String text = value.node().stringValue();
        return value.encoding() == Encoding.NONE
                ? Optional.of(text)
                : Values.decoded(text, value.encoding()).stream().findFirst();
    }

    /// Where a value stands against a constant.
    interface ValueOrder {

        /// Negative, zero or positive; nothing where the two do not compare.
        Optional<Integer> compare(Found value);

        static ValueOrder with(Constant constant) {
            return switch (constant) {
                case Constant.Text(String text) ->
                        value ->
                                text(value)
                                        .filter(actual ->
                                                value.encoding() == Encoding.NONE
                                                        || Values.isBytes(text))
                                        .map(actual -> byCodePoint(actual, text));
                case Constant.Octets octets -> {
                    String bytes = Values.latin1(octets.bytes());
                    yield value ->
                            text(value)
                                    .filter(Values::isBytes)
                                    .map(actual -> actual.compareTo(bytes));
                }
                case Constant.Whole(var number) -> number(new BigDecimal(number));
                case Constant.Decimal(var number) -> number(number);
                case Constant.Truth(boolean truth) ->
                        value ->
                                value.node().isBoolean()
                                        ? Optional.of(
                                                Boolean.compare(value.node().booleanValue(), truth))
                                        : Optional.empty();
                case Constant.Moment(Timestamp moment) ->
                        value -> timestamp(value).map(actual -> actual.compareTo(moment));
            };
        }

        private static ValueOrder number(BigDecimal number) {
            return value -> {
                JsonNode node = value.node();
                return node.isNumber()
                        ? Optional.of(node.decimalValue().compareTo(number))
                        : Optional.empty();
            };
        }

        private static Optional<Timestamp> timestamp(Found value) {
            if (!value.node().isString()) {
                return Optional.empty();
            }
            try {
                return Optional.of(Timestamp.parse(value.node().stringValue()));
            } catch (MalformedStix e) {
                return Optional.empty();
            }
        }

        /// Code point order: that of UTF-16 units puts U+FFFD after U+10000.
        private static int byCodePoint(String left, String right) {
            int length = Math.min(left.length(), right.length());
            for (int i = 0; i < length; i++) {
                char a = left.charAt(i);
                char b = right.charAt(i);
                if (a != b) {
                    boolean oneIsSurrogate = Character.isSurrogate(a) != Character.isSurrogate(b);
                    return oneIsSurrogate ? (Character.isSurrogate(a) ? 1 : -1) : a - b;
                }
            }
            return left.length() - right.length();
        }
    }
}
