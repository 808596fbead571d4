package org.kerege.taxii.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kerege.stix.Json;

class PullTest {

    private static final Instant START = Instant.parse("2025-01-01T00:00:00.000001Z");
    private static final ClientSettings SETTINGS =
            new ClientSettings(
                    new Credentials.Anonymous(),
                    null,
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    3,
                    Duration.ofSeconds(5),
                    1 << 20,
                    time -> {});
    private static final TaxiiClient CLIENT = new TaxiiClient(SETTINGS);

    private QuirkyServer server = new QuirkyServer();
    private KeptPages sink = new KeptPages();

    @BeforeTry
    void start() {
        server = new QuirkyServer();
        sink = new KeptPages();
    }

    @AfterEach
    @AfterTry
    void stop() {
        server.close();
    }

    private void pull(int page) throws IOException, InterruptedException {
        new Pull(CLIENT, server.collection(), List.of(), false, page).run(sink.state, sink);
    }

    private void holdEach(int... secondsOfAdding) {
        for (int second : secondsOfAdding) {
            server.hold(START.plusSeconds(second), server.held.size());
        }
    }

    private List<String> all() {
        return server.held.stream()
                .map(held -> Json.mapper().readTree(held.json()).path("id").asString())
                .toList();
    }

    @Test
    void follows_the_cursor_to_the_end() throws Exception {
        holdEach(1, 2, 3, 4, 5);

        pull(2);

        assertThat(sink.kept).isEqualTo(all());
        assertThat(server.asked).hasSize(3);
    }

    @Test
    void brings_only_what_is_new_the_next_time() throws Exception {
        holdEach(1, 2);
        pull(2);
        holdEach(3);

        pull(2);

        assertThat(sink.kept).isEqualTo(all());
        assertThat(server.asked.getLast()).contains("added_after=2025-01-01T00%3A00%3A02.000001Z");
    }

    @Test
    void keeps_no_object_twice_that_an_inclusive_server_sends_again() throws Exception {
        server.inclusive = true;
        holdEach(1, 2, 2);
        pull(10);

        pull(10);

        assertThat(sink.kept).isEqualTo(all());
    }

    @Test
    void loses_nothing_added_at_one_time_where_there_is_no_cursor() throws Exception {
        server.cursors = QuirkyServer.Cursors.NONE;
        holdEach(1, 2, 2, 2, 3);

        pull(2);

        assertThat(sink.kept).isEqualTo(all());
    }

    @Test
    void goes_on_by_time_when_the_server_forgets_its_cursor() throws Exception {
        server.cursors = QuirkyServer.Cursors.FORGOTTEN;
        holdEach(1, 1, 2, 3, 3, 4);

        pull(2);

        assertThat(sink.kept).isEqualTo(all());
    }

    @Test
    void ends_when_a_server_claims_for_ever_that_there_is_more() throws Exception {
        server.claimsMoreForEver = true;
        holdEach(1, 2, 3);

        pull(2);

        assertThat(sink.kept).isEqualTo(all());
        assertThat(server.asked).hasSizeLessThan(10);
    }

    @Test
    void refuses_a_server_that_gives_the_same_cursor_again() {
        server.cursors = QuirkyServer.Cursors.THE_SAME_AGAIN;
        holdEach(1, 2, 3);

        assertThatThrownBy(() -> pull(2)).hasMessageContaining("same cursor");
    }

    @Test
    void refuses_a_server_that_cuts_what_was_added_at_one_time_and_gives_no_cursor() {
        server.cursors = QuirkyServer.Cursors.NONE;
        server.cap = 2;
        holdEach(1, 1, 1, 2);

        assertThatThrownBy(() -> pull(2)).hasMessageContaining("cuts off");
        assertThat(sink.kept).hasSize(2);
    }

    @Test
    void keeps_no_object_twice_from_a_server_that_tells_no_times() throws Exception {
        server.tellsTimes = false;
        holdEach(1, 2, 3);
        pull(2);
        holdEach(4);

        pull(2);

        assertThat(sink.kept).isEqualTo(all());
    }

    @Test
    void hands_out_beside_good_objects_why_one_cannot_be_read() throws Exception {
        holdEach(1);
        server.held.add(new QuirkyServer.Held(START.plusSeconds(2), "{\"type\":\"x\"}"));

        pull(10);

        assertThat(sink.kept).hasSize(2);
    }

    @Test
    void refuses_a_state_that_belongs_to_other_filters() throws Exception {
        holdEach(1);
        pull(10);

        Pull other = new Pull(CLIENT, server.collection(), List.of("malware"), false, 10);

        assertThatThrownBy(() -> other.run(sink.state, sink)).hasMessageContaining("malware");
    }

    @Test
    void keeps_nothing_of_a_page_that_breaks_off() {
        server.before.add(exchange -> {
            exchange.sendResponseHeaders(200, 5_000);
            exchange.getResponseBody()
                    .write(
                            "{\"objects\":[{\"type\":\"x-thing\",\"id\":\"x-thing--1"
                                    .getBytes(UTF_8));
            exchange.getResponseBody().flush();
        });
        holdEach(1);

        assertThatThrownBy(() -> pull(10)).isInstanceOf(IOException.class);
        assertThat(sink.kept).isEmpty();
    }

    /// Every kind of server, any clumps of objects at one time, killed again and again between any two steps, while
    /// objects are added: in the end each was kept once, in order.
    @Property(tries = 150)
    void keeps_each_object_once_however_often_it_is_killed(
            @ForAll @Size(min = 1, max = 25) List<@IntRange(max = 2) Integer> stepsOfTime,
            @ForAll QuirkyServer.Cursors cursors,
            @ForAll boolean inclusive,
            @ForAll boolean claimsMoreForEver,
            @ForAll @IntRange(min = 1, max = 6) int page,
            @ForAll @Size(max = 6) List<@IntRange(max = 12) Integer> lives)
            throws Exception {
        server.cursors =
                cursors == QuirkyServer.Cursors.THE_SAME_AGAIN
                        ? QuirkyServer.Cursors.GIVEN
                        : cursors;
        server.inclusive = inclusive;
        server.claimsMoreForEver = claimsMoreForEver;
        int second = 0;
        int half = stepsOfTime.size() / 2;
        for (int step : stepsOfTime.subList(0, half)) {
            holdEach(second += step);
        }
        for (int steps : lives) {
            sink.diesAfterSteps = steps;
            try {
                pull(page);
            } catch (IOException e) {
                assertThat(e).hasMessage("killed");
            }
        }
        // What is added from here on was added later, as the clock of every server goes.
        second++;
        for (int step : stepsOfTime.subList(half, stepsOfTime.size())) {
            holdEach(second += step);
        }
        sink.diesAfterSteps = Integer.MAX_VALUE;
        pull(page);

        assertThat(sink.kept).isEqualTo(all());
    }
}
