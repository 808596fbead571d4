package org.kerege.stix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class CanonicalJsonProperties {

    @Property(tries = 2_000)
    void a_number_reads_back_as_the_same_double(@ForAll("finite") double value) {
        assertThat(Double.parseDouble(CanonicalJson.number(value)) == value).isTrue();
    }

    @Example
    void the_smallest_numbers_have_no_more_digits_than_they_need() {
        assertThat(
                        IntStream.of(1, 2, 3, 4, 20)
                                .mapToObj(n -> CanonicalJson.number(n * Double.MIN_VALUE)))
                .containsExactly("5e-324", "1e-323", "1.5e-323", "2e-323", "1e-322");
    }

    @Property(tries = 500)
    void text_reads_back_as_the_same_text(@ForAll("unicode") String text) {
        JsonNode node = Json.mapper().getNodeFactory().stringNode(text);

        assertThat(Json.mapper().readTree(CanonicalJson.text(node)).stringValue()).isEqualTo(text);
    }

    @Property(tries = 500)
    void the_order_in_which_properties_were_set_does_not_show(
            @ForAll("unicode") String one, @ForAll("unicode") String other) {
        ObjectNode forwards = Json.mapper().createObjectNode().put(one, "x").put(other, "x");
        ObjectNode backwards = Json.mapper().createObjectNode().put(other, "x").put(one, "x");

        assertThat(CanonicalJson.write(forwards)).isEqualTo(CanonicalJson.write(backwards));
    }

    @Provide
    Arbitrary<Double> finite() {
        return Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite);
    }

    @Provide
    Arbitrary<String> unicode() {
        return Arbitraries.integers()
                .between(0, 0x10FFFF)
                .filter(point -> point < 0xD800 || point > 0xDFFF)
                .list()
                .ofMaxSize(20)
                .map(points -> points.stream().map(Character::toString).reduce("", String::concat));
    }
}
