package org.kerege.stix.marking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import tools.jackson.databind.node.ObjectNode;

class GranularMarkingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "l.[0]", "l.[10].x", "d.e-f.G_h", "objects.0.name"})
    void reads_names_and_list_steps(String text) {
        assertThat(Selector.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "[0]", "a.", ".a", "a[0]", "a.[]", "a.[x]", "a.[-1]", "a..b", "ä", "a b"
            })
    void refuses_what_is_no_selector(String text) {
        assertThatThrownBy(() -> Selector.parse(text)).isInstanceOf(MalformedStix.class);
    }

    @Test
    void a_marking_covers_what_lies_below_its_place_and_nothing_beside_it() {
        GranularMarkings markings = GranularMarkings.of(object(red("l.[1]"), green("l")));

        assertThat(markings.at(Selector.parse("l.[1].x")))
                .containsExactlyInAnyOrder(Tlp.RED_1.id(), Tlp.GREEN_1.id());
        assertThat(markings.at(Selector.parse("l.[0].x"))).containsExactly(Tlp.GREEN_1.id());
        assertThat(markings.at(Selector.parse("a"))).isEmpty();
    }

    @Test
    void a_marking_that_selects_nothing_is_refused_since_nobody_knows_what_it_was_to_protect() {
        ObjectNode object = object(red("l.[3]"));

        assertThatThrownBy(() -> GranularMarkings.of(object)).isInstanceOf(MalformedStix.class);
    }

    @Test
    void a_reduced_copy_has_neither_the_part_nor_its_marking_and_moves_the_others() {
        ObjectNode object = object(red("l.[0]"), red("d.e.f"), green("l.[2].x"), green("a"));
        ObjectNode before = object.deepCopy();

        ObjectNode reduced = GranularMarkings.of(object).without(Tlp.RED_1.id()::equals);

        assertThat(reduced)
                .isEqualTo(
                        json(
                                "{'a':1,'l':[{'x':3},{'x':4}],'granular_markings':[%s,%s]}"
                                        .formatted(green("l.[1].x"), green("a"))));
        assertThat(object).isEqualTo(before);
    }

    @Test
    void without_anything_to_hide_the_copy_is_equal() {
        ObjectNode object = object(red("a"));

        assertThat(GranularMarkings.of(object).without(id -> false)).isEqualTo(object);
    }

    @Test
    void languages_hide_nothing() {
        ObjectNode object = object("{'lang':'ky','selectors':['a']}");

        assertThat(GranularMarkings.of(object).parts()).isEmpty();
    }

    private static String red(String selector) {
        return marking(Tlp.RED_1, selector);
    }

    private static String green(String selector) {
        return marking(Tlp.GREEN_1, selector);
    }

    private static String marking(Tlp tlp, String selector) {
        return "{'marking_ref':'%s','selectors':['%s']}".formatted(tlp.id(), selector);
    }

    private static ObjectNode object(String... markings) {
        return json(
                "{'a':1,'l':[{'x':1,'y':2},{'x':3},{'x':4}],'d':{'e':{'f':5}},'granular_markings':[%s]}"
                        .formatted(String.join(",", markings)));
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.mapper().readTree(text.replace('\'', '"'));
    }
}
