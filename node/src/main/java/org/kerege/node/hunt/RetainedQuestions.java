package org.kerege.node.hunt;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.kerege.pattern.engine.Engine;
import org.kerege.pattern.engine.Need;
import org.kerege.pattern.engine.ValueFilter;
import org.kerege.pattern.match.Network;
import org.kerege.readers.retained.Question;
import org.kerege.readers.retained.Question.Branch;
import org.kerege.readers.retained.Question.Condition;
import org.kerege.readers.retained.Question.Lookup;

/// What retained events are asked for some indicators. A few are looked up value by value; for many it costs less to go
/// over all values once and ask the engine of each.
final class RetainedQuestions {

    private static final int FEW = 200;
    private static final int IPV4_BITS = 32;

    private RetainedQuestions() {}

    static Question of(List<Indicator> indicators, Engine engine) {
        if (indicators.size() > FEW) {
            return ofAll(engine);
        }
        List<Branch> branches = new ArrayList<>();
        for (Indicator indicator : indicators) {
            for (List<List<Need>> branch : Need.of(indicator.pattern())) {
                branches.add(
                        new Branch(
                                branch.stream()
                                        .map(condition ->
                                                new Condition(
                                                        condition.stream()
                                                                .map(RetainedQuestions::lookup)
                                                                .toList()))
                                        .toList()));
            }
        }
        return new Question(branches);
    }

    private static Lookup lookup(Need need) {
        return switch (need) {
            case Need.Text(String property, String text) -> new Lookup.Text(property, text);
            case Need.Numeral(String property, BigDecimal number) ->
                    isLong(number)
                            ? new Lookup.Whole(property, number.longValue())
                            : new Lookup.Present(property);
            case Need.Inside(String property, Network network) -> inside(property, network);
            case Need.Holding(String property, Need.TextPart part) ->
                    new Lookup.Texts(property, part::in);
            case Need.Present(String property) -> new Lookup.Present(property);
        };
    }

    private static boolean isLong(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        return plain.scale() <= 0 && plain.precision() - (long) plain.scale() <= 18;
    }

    private static Lookup inside(String property, Network network) {
        byte[] address = network.address();
        long first = 1;
        long last = 0;
        if (address.length * 8 == IPV4_BITS) {
            first = 0;
            for (byte part : address) {
                first = (first << 8) | (part & 0xFF);
            }
            last = first | ((1L << (IPV4_BITS - network.prefixBits())) - 1);
        }
        return new Lookup.Addresses(
                property,
                first,
                last,
                (text, length) ->
                        Network.parse(new String(text, 0, length))
                                .filter(network::contains)
                                .isPresent());
    }

    private static Question ofAll(Engine engine) {
        ValueFilter filter = engine.filter();
        List<Branch> branches = new ArrayList<>();
        for (String name : engine.propertyNames()) {
            int property = filter.property(name);
            List<Lookup> lookups =
                    filter.presence(property)
                            ? List.of(new Lookup.Present(name))
                            : List.of(
                                    new Lookup.Texts(
                                            name,
                                            (text, length) -> {
                                                filter.start();
                                                return filter.text(property, text, 0, length)
                                                        || filter.some();
                                            }),
                                    new Lookup.Wholes(
                                            name,
                                            number -> {
                                                filter.start();
                                                return filter.number(property, number)
                                                        || filter.some();
                                            }));
            branches.add(new Branch(List.of(new Condition(lookups))));
        }
        return new Question(branches);
    }
}
