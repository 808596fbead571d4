package org.kerege.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExplanationTest {

    @Test
    void tells_order_and_time() {
        assertThat(
                        Explanation.of(
                                Pattern.parse(
                                                "([file:hashes.MD5 = 'f00'] FOLLOWEDBY"
                                                        + " [ipv4-addr:value ISSUBSET '10.0.0.0/8' AND"
                                                        + " NOT EXISTS ipv4-addr:x]) WITHIN 300"
                                                        + " SECONDS")
                                        .expression()))
                .containsExactly(
                        "all within less than 300 seconds:",
                        "  these in order of time, each in an observation of its own:",
                        "    first an observation with a file whose hashes.MD5 is 'f00'",
                        "    then an observation with one object that has",
                        "      all of these:",
                        "        ipv4-addr whose value is inside the network '10.0.0.0/8'",
                        "        ipv4-addr whose x is absent");
    }
}
