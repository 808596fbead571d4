package org.kerege.pattern.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerege.pattern.ObservationExpression;
import org.kerege.pattern.Pattern;
import org.kerege.pattern.temporal.OpenMatches.Part;

/// A stream against the search over all of its events together.
class OpenMatchesTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int LATENESS = 5;

    /// An event of brackets 0 to 2, how much late it comes.
    record Event(int second, List<Integer> brackets, int delay) {}

    private static ObservationExpression expression(String text) {
        return Pattern.parse(text.replaceAll("\\b([AB])\\b", "[a:v = '$1']")).expression();
    }

    private static Part part(long event, long second, Integer... brackets) {
        return new Part(event, second * SECOND, second * SECOND, 1, List.of(brackets));
    }

    @Property(tries = 3_000)
    void finds_a_match_exactly_where_the_search_over_all_events_does(
            @ForAll("patterns") String pattern, @ForAll("streams") List<Event> events) {
        ObservationExpression expression = Pattern.parse(pattern).expression();
        List<Event> arriving = new ArrayList<>(events);
        arriving.sort(Comparator.comparingInt(event -> event.second() + event.delay()));
        OpenMatches open = new OpenMatches(Duration.ofSeconds(LATENESS), 1_000);
        boolean found = false;
        for (int i = 0; i < arriving.size() && !found; i++) {
            Event event = arriving.get(i);
            found =
                    open.offer(
                                    7,
                                    expression,
                                    part(
                                            i,
                                            event.second(),
                                            event.brackets().toArray(Integer[]::new)))
                            .isPresent();
        }

        assertThat(open.late()).isZero();
        assertThat(found).isEqualTo(together(expression, events));
    }

    private static boolean together(ObservationExpression expression, List<Event> events) {
        IdentityHashMap<ObservationExpression.Observation, Integer> brackets =
                new IdentityHashMap<>();
        collect(expression, brackets);
        Timeline timeline =
                new Timeline() {
                    @Override
                    public long earliest(int item) {
                        return events.get(item).second() * SECOND;
                    }

                    @Override
                    public long latest(int item) {
                        return earliest(item);
                    }

                    @Override
                    public long count(int item) {
                        return 1;
                    }
                };
        return new BindingSearch(timeline)
                .first(
                        expression,
                        bracket ->
                                IntStream.range(0, events.size())
                                        .filter(i ->
                                                events.get(i)
                                                        .brackets()
                                                        .contains(brackets.get(bracket)))
                                        .toArray())
                .isPresent();
    }

    private static void collect(
            ObservationExpression part,
            IdentityHashMap<ObservationExpression.Observation, Integer> into) {
        switch (part) {
            case ObservationExpression.Observation bracket -> into.put(bracket, into.size());
            case ObservationExpression.And(var operands) ->
                    operands.forEach(operand -> collect(operand, into));
            case ObservationExpression.Or(var operands) ->
                    operands.forEach(operand -> collect(operand, into));
            case ObservationExpression.FollowedBy(var operands) ->
                    operands.forEach(operand -> collect(operand, into));
            case ObservationExpression.Qualified(var operand, var _) -> collect(operand, into);
        }
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of(
                "[a:v = 1] FOLLOWEDBY [a:v = 2]",
                "([a:v = 1] FOLLOWEDBY [a:v = 2]) WITHIN 4 SECONDS",
                "([a:v = 1] FOLLOWEDBY [a:v = 2] FOLLOWEDBY [a:v = 3]) WITHIN 9 SECONDS",
                "([a:v = 1] AND [a:v = 2]) WITHIN 3 SECONDS",
                "[a:v = 1] REPEATS 3 TIMES WITHIN 6 SECONDS",
                "[a:v = 1] REPEATS 4 TIMES",
                "([a:v = 1] REPEATS 2 TIMES FOLLOWEDBY [a:v = 2]) WITHIN 7 SECONDS",
                "([a:v = 1] AND [a:v = 2]) START t'1970-01-01T00:00:05Z' STOP t'1970-01-01T00:00:12Z'",
                "([a:v = 1] OR [a:v = 2]) REPEATS 3 TIMES WITHIN 5 SECONDS",
                "([a:v = 1] FOLLOWEDBY [a:v = 2]) WITHIN 2 SECONDS AND [a:v = 3]");
    }

    @Provide
    Arbitrary<List<Event>> streams() {
        Arbitrary<List<Integer>> brackets =
                Arbitraries.of(List.of(0), List.of(1), List.of(2), List.of(0, 1), List.of(1, 2));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 40),
                        brackets,
                        Arbitraries.integers().between(0, LATENESS))
                .as(Event::new)
                .list()
                .ofMaxSize(14);
    }

    @Test
    void tells_the_events_of_a_match_once() {
        OpenMatches open = new OpenMatches(Duration.ZERO, 100);
        ObservationExpression expression = expression("A FOLLOWEDBY B");

        assertThat(open.offer(1, expression, part(10, 1, 0))).isEmpty();
        assertThat(open.offer(1, expression, part(11, 2, 1))).contains(List.of(10L, 11L));
        assertThat(open.offer(1, expression, part(12, 3, 1))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3, true", "4, false"})
    void forgets_what_is_too_old_for_any_match(int second, boolean matches) {
        OpenMatches open = new OpenMatches(Duration.ZERO, 100);
        ObservationExpression expression = expression("(A FOLLOWEDBY B) WITHIN 4 SECONDS");
        open.offer(1, expression, part(10, 0, 0));

        assertThat(open.offer(1, expression, part(11, second, 1)).isPresent()).isEqualTo(matches);
        assertThat(open.size()).isEqualTo(matches ? 0 : 1);
    }

    @Test
    void keeps_no_more_than_it_may_and_drops_the_oldest_of_all_patterns() {
        OpenMatches open = new OpenMatches(Duration.ZERO, 3);
        ObservationExpression expression = expression("A FOLLOWEDBY B");
        for (int pattern = 0; pattern < 5; pattern++) {
            open.offer(pattern, expression, part(pattern, 1, 0));
        }

        assertThat(open.size()).isEqualTo(3);
        assertThat(open.dropped()).isEqualTo(2);
        assertThat(open.offer(1, expression, part(9, 2, 1))).isEmpty();
        assertThat(open.offer(4, expression, part(10, 2, 1))).contains(List.of(4L, 10L));
    }

    @Test
    void holds_a_million_open_parts_and_counts_those_beyond() {
        OpenMatches open = new OpenMatches(Duration.ofMinutes(5), OpenMatches.MOST);
        ObservationExpression expression = expression("A FOLLOWEDBY B");
        for (int i = 0; i < OpenMatches.MOST + 500; i++) {
            open.offer(i, expression, part(i, i / 1_000, 0));
        }

        assertThat(open.size()).isEqualTo(OpenMatches.MOST);
        assertThat(open.dropped()).isEqualTo(500);
        assertThat(open.offer(OpenMatches.MOST, expression, part(-1, 2_000, 1))).isPresent();
    }

    @Test
    void one_clock_that_jumped_ahead_forgets_nothing() {
        OpenMatches open = new OpenMatches(Duration.ZERO, 100);
        ObservationExpression expression = expression("(A FOLLOWEDBY B) WITHIN 4 SECONDS");
        open.offer(1, expression, part(10, 0, 0));
        open.offer(1, expression, part(11, 1_000_000, 0));

        assertThat(open.offer(1, expression, part(12, 2, 1))).contains(List.of(10L, 12L));
    }

    @Test
    void counts_what_comes_later_than_was_declared() {
        OpenMatches open = new OpenMatches(Duration.ofSeconds(5), 100);
        ObservationExpression expression = expression("(A FOLLOWEDBY B) WITHIN 4 SECONDS");
        open.offer(1, expression, part(10, 20, 0));
        open.offer(1, expression, part(11, 15, 0));
        open.offer(1, expression, part(12, 14, 0));

        assertThat(open.late()).isOne();
    }

    @Test
    void goes_on_in_another_process() throws IOException {
        OpenMatches open = new OpenMatches(Duration.ofSeconds(5), 100);
        ObservationExpression expression = expression("(A FOLLOWEDBY B) WITHIN 4 SECONDS");
        open.offer(3, expression, part(10, 1, 0));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        open.write(new DataOutputStream(bytes));

        OpenMatches there =
                OpenMatches.read(
                        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())),
                        _ -> expression);

        assertThat(there.size()).isOne();
        assertThat(there.offer(3, expression, part(11, 2, 1)))
                .isEqualTo(Optional.of(List.of(10L, 11L)));
    }

    @Test
    void refuses_a_state_of_an_unknown_version() {
        assertThatIOException()
                .isThrownBy(() ->
                        OpenMatches.read(
                                new DataInputStream(new ByteArrayInputStream(new byte[40])),
                                _ -> expression("A FOLLOWEDBY B")));
    }
}
