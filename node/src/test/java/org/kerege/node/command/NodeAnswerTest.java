package org.kerege.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodeAnswerTest {

    private static String reason(int status, String body) {
        return new NodeAnswer(status, body).reason("you may not");
    }

    @Test
    void gives_the_nodes_own_words_where_it_has_some() {
        assertThat(reason(422, "{\"title\":\"Refused\",\"detail\":\"no such object\"}"))
                .isEqualTo("no such object");
        assertThat(reason(422, "{\"title\":\"Refused\"}")).isEqualTo("Refused");
        assertThat(reason(403, "{\"title\":\"Forbidden\"}")).isEqualTo("you may not");
        assertThat(new NodeAnswer(403, "{\"title\":\"Forbidden\"}").reason(null))
                .isEqualTo("Forbidden");
        assertThat(reason(403, "{\"detail\":\"not your node\"}")).isEqualTo("not your node");
    }

    @Test
    void tells_whom_the_node_does_not_know_how_to_say_it() {
        assertThat(reason(401, "{\"detail\":\"x\"}")).contains("--user or --token-file");
    }

    @Test
    void survives_an_answer_that_is_none_of_the_nodes() {
        assertThat(reason(502, "<html>Bad gateway</html>")).isEqualTo("the node answered 502");
        assertThat(reason(500, "")).isEqualTo("the node answered 500");
        assertThat(new NodeAnswer(199, "").isGood()).isFalse();
        assertThat(new NodeAnswer(201, "").isGood()).isTrue();
        assertThat(new NodeAnswer(302, "").isGood()).isFalse();
    }
}
