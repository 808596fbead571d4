package org.kerege.pattern.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.kerege.pattern.ComparisonExpression;
import org.kerege.pattern.Constant;
import org.kerege.pattern.ObjectPath;
import org.kerege.pattern.ObservationExpression;
import org.kerege.pattern.ObservationExpression.Observation;
import org.kerege.pattern.Qualifier;
import org.kerege.stix.Timestamp;

/// The search against one that tries every way to choose observations and times.
class BindingSearchTest {

    /// An observation of some letters, from one second to another.
    record Event(String letters, int from, int to, int count) {}

    @Property(tries = 5_000)
    void finds_a_match_exactly_where_trying_everything_finds_one(
            @ForAll("expressions") ObservationExpression expression,
            @ForAll("events") List<Event> events) {
        Timeline timeline = timeline(events);

        Optional<List<Integer>> found =
                new BindingSearch(timeline)
                        .first(
                                expression,
                                bracket ->
                                        IntStream.range(0, events.size())
                                                .filter(i -> satisfies(events.get(i), bracket))
                                                .toArray());

        assertThat(found.isPresent()).isEqualTo(new Everything(events).matches(expression));
    }

    private static boolean satisfies(Event event, Observation bracket) {
        return letters(bracket).chars().anyMatch(c -> event.letters().indexOf(c) >= 0);
    }

    private static String letters(Observation bracket) {
        return bracket.comparison()
                        instanceof
                        ComparisonExpression.Relation(
                                var _,
                                var _,
                                var _,
                                Constant.Text(String letters))
                ? letters
                : "";
    }

    private static Timeline timeline(List<Event> events) {
        return new Timeline() {
            @Override
            public long earliest(int item) {
                return Ticks.of(second(events.get(item).from()));
            }

            @Override
            public long latest(int item) {
                return Ticks.of(second(events.get(item).to()));
            }

            @Override
            public long count(int item) {
                return events.get(item).count();
            }
        };
    }

    private static Timestamp second(int second) {
        return Timestamp.parse("2024-01-01T00:00:%02dZ".formatted(second));
    }

    @Provide
    Arbitrary<List<Event>> events() {
        return Combinators.combine(
                        Arbitraries.of("a", "b", "ab", "abc", "c"),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.frequency(
                                net.jqwik.api.Tuple.of(3, 0),
                                net.jqwik.api.Tuple.of(1, 1),
                                net.jqwik.api.Tuple.of(1, 3)),
                        Arbitraries.frequency(
                                net.jqwik.api.Tuple.of(4, 1), net.jqwik.api.Tuple.of(1, 2)))
                .as((letters, from, length, count) ->
                        new Event(letters, from, from + length, count))
                .list()
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<ObservationExpression> expressions() {
        return expressions(2);
    }

    private static Arbitrary<ObservationExpression> expressions(int depth) {
        Arbitrary<ObservationExpression> bracket =
                Arbitraries.of("a", "b", "c", "ab").map(BindingSearchTest::bracket);
        if (depth == 0) {
            return bracket;
        }
        Arbitrary<ObservationExpression> inner = Arbitraries.lazy(() -> expressions(depth - 1));
        Arbitrary<List<ObservationExpression>> operands = inner.list().ofMinSize(2).ofMaxSize(2);
        return Arbitraries.oneOf(
                bracket,
                operands.map(ObservationExpression.And::new),
                operands.map(ObservationExpression.Or::new),
                operands.map(ObservationExpression.FollowedBy::new),
                Combinators.combine(inner, qualifiers()).as(ObservationExpression.Qualified::new));
    }

    private static Arbitrary<Qualifier> qualifiers() {
        return Arbitraries.oneOf(
                Arbitraries.integers()
                        .between(1, 3)
                        .map(seconds -> new Qualifier.Within(BigDecimal.valueOf(seconds))),
                Arbitraries.just(new Qualifier.Repeats(2)),
                Combinators.combine(
                                Arbitraries.integers().between(0, 4),
                                Arbitraries.integers().between(1, 6))
                        .as((start, stop) -> new Qualifier.StartStop(second(start), second(stop))));
    }

    private static ObservationExpression bracket(String letters) {
        return new Observation(
                new ComparisonExpression.Relation(
                        new ObjectPath("x", List.of(new ObjectPath.Key("v"))),
                        false,
                        ComparisonExpression.Relator.EQUAL,
                        new Constant.Text(letters)));
    }

    /// Every way to bind, as lists of events with times in half seconds: whole ones are not enough, as a span of
    /// less than a second between whole seconds shows.
    private record Everything(List<Event> events) {

        private record Use(int event, int halfSecond) {}

        boolean matches(ObservationExpression expression) {
            return !bindings(expression).isEmpty();
        }

        private List<List<Use>> bindings(ObservationExpression expression) {
            return switch (expression) {
                case Observation bracket -> {
                    List<List<Use>> found = new ArrayList<>();
                    for (int i = 0; i < events.size(); i++) {
                        if (satisfies(events.get(i), bracket)) {
                            for (int at = 2 * events.get(i).from();
                                    at <= 2 * events.get(i).to();
                                    at++) {
                                found.add(List.of(new Use(i, at)));
                            }
                        }
                    }
                    yield found;
                }
                case ObservationExpression.And(var operands) -> joined(operands, false);
                case ObservationExpression.FollowedBy(var operands) -> joined(operands, true);
                case ObservationExpression.Or(var operands) ->
                        operands.stream()
                                .flatMap(one -> bindings(one).stream())
                                .distinct()
                                .toList();
                case ObservationExpression.Qualified(var operand, Qualifier.Within(var seconds)) ->
                        bindings(operand).stream()
                                .filter(uses ->
                                        latest(uses) - earliest(uses) < 2 * seconds.intValueExact())
                                .toList();
                case ObservationExpression.Qualified(var operand, Qualifier.Repeats(long times)) ->
                        joined(java.util.Collections.nCopies((int) times, operand), false);
                case ObservationExpression.Qualified(
                                var operand,
                                Qualifier.StartStop(var start, var stop)) ->
                        bindings(operand).stream()
                                .filter(uses ->
                                        earliest(uses) >= halfSeconds(start)
                                                && latest(uses) < halfSeconds(stop))
                                .toList();
            };
        }

        private static int halfSeconds(Timestamp time) {
            return 2 * Integer.parseInt(time.toString().substring(17, 19));
        }

        private List<List<Use>> joined(List<ObservationExpression> operands, boolean inOrder) {
            List<List<Use>> joined = List.of(List.of());
            for (ObservationExpression operand : operands) {
                List<List<Use>> longer = new ArrayList<>();
                for (List<Use> one : joined) {
                    for (List<Use> other : bindings(operand)) {
                        List<Use> both = new ArrayList<>(one);
                        both.addAll(other);
                        boolean ordered =
                                !inOrder || one.isEmpty() || latest(one) <= earliest(other);
                        if (ordered && affordable(both)) {
                            longer.add(both);
                        }
                    }
                }
                joined = longer.stream().distinct().toList();
            }
            return joined;
        }

        private boolean affordable(List<Use> uses) {
            Map<Integer, Integer> counts = new HashMap<>();
            uses.forEach(use -> counts.merge(use.event(), 1, Integer::sum));
            return counts.entrySet().stream()
                    .allMatch(entry -> entry.getValue() <= events.get(entry.getKey()).count());
        }

        private static int earliest(List<Use> uses) {
            return uses.stream().mapToInt(Use::halfSecond).min().orElseThrow();
        }

        private static int latest(List<Use> uses) {
            return uses.stream().mapToInt(Use::halfSecond).max().orElseThrow();
        }
    }
}
