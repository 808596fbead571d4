package org.kerege.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerege.gate.Sample.named;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.junit.jupiter.api.Test;
import org.kerege.stix.StixObject;
import tools.jackson.databind.node.ObjectNode;

class SealTest {

    private static final Ed25519PrivateKeyParameters KEY =
            new Ed25519PrivateKeyParameters(new SecureRandom());
    private static final byte[] PUBLIC = KEY.generatePublicKey().getEncoded();

    private static final List<String> HIDEABLE =
            List.of(
                    "name",
                    "description",
                    "labels",
                    "labels/1",
                    "labels/2",
                    "external_references/0",
                    "external_references/1",
                    "confidence",
                    "x_nested",
                    "x_nested/a",
                    "x_nested/b/0",
                    "x_nested/c");

    private static StixObject sealed() {
        StixObject object =
                Sample.object(
                        named("identity", "x"),
                        json -> {
                            json.put("name", "Ministry of Weather");
                            json.put("description", "victim of the first wave");
                            json.withArrayProperty("labels").add("one").add("two").add("three");
                            json.put("confidence", 85);
                            json.withArrayProperty("external_references")
                                    .add(Sample.indicator("y", Sample.B).json())
                                    .add("second");
                            ObjectNode nested = json.putObject("x_nested");
                            nested.put("a", true);
                            nested.withArrayProperty("b").add(1).add(2.5);
                            nested.putObject("c");
                            Sample.markPart(json, Sample.TLP_RED, "description", "labels.[2]");
                            Sample.markPart(json, Sample.TLP_GREEN, "name");
                        });
        return Seal.seal(object, "key-1", KEY.getEncoded(), new SecureRandom());
    }

    private static StixObject cut(StixObject object, String... places) {
        Set<Place> hidden = new LinkedHashSet<>();
        for (String place : places) {
            hidden.add(new Place(List.of(place.split("/"))));
        }
        return TearLine.cut(object, hidden, _ -> false);
    }

    private static StixObject changed(StixObject object, Consumer<ObjectNode> change) {
        ObjectNode json = object.json().deepCopy();
        change.accept(json);
        return StixObject.of(json);
    }

    private static String text(StixObject object) {
        return new String(object.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void a_whole_object_verifies() {
        assertThat(Seal.verify(sealed(), PUBLIC)).isEqualTo(Seal.Verdict.WHOLE);
    }

    @Property(tries = 300)
    void whatever_is_cut_out_the_rest_verifies(
            @ForAll @Size(max = 6) Set<@IntRange(max = 11) Integer> which) {
        String[] places = which.stream().map(HIDEABLE::get).toArray(String[]::new);

        StixObject reduced = cut(sealed(), places);

        assertThat(Seal.verify(reduced, PUBLIC)).isEqualTo(Seal.Verdict.REDUCED);
    }

    @Property(tries = 200)
    void what_is_cut_can_be_cut_again(
            @ForAll @IntRange(max = 11) int first, @ForAll @IntRange(max = 11) int second) {
        StixObject once = cut(sealed(), HIDEABLE.get(first));
        StixObject twice = cut(once, HIDEABLE.get(second));

        assertThat(Seal.verify(twice, PUBLIC)).isEqualTo(Seal.Verdict.REDUCED);
    }

    @Test
    void hidden_values_their_salts_and_the_secret_are_gone() {
        StixObject reduced = cut(sealed(), "description");

        assertThat(text(reduced)).doesNotContain("victim");
        assertThat(reduced.json().at("/extensions/" + Seal.EXTENSION + "/secret").isMissingNode())
                .isTrue();
        assertThat(text(reduced)).doesNotContain("\"/description\"");
    }

    @Test
    void hidden_values_leave_nothing_to_guess_from() {
        StixObject reduced = cut(sealed(), "x_nested");
        Set<String> hidden = new LinkedHashSet<>();
        reduced.json()
                .at("/extensions/" + Seal.EXTENSION + "/hidden")
                .forEach(digest -> hidden.add(digest.stringValue()));
        Set<String> again = new LinkedHashSet<>();
        cut(sealed(), "x_nested")
                .json()
                .at("/extensions/" + Seal.EXTENSION + "/hidden")
                .forEach(digest -> again.add(digest.stringValue()));

        // The same values, sealed twice, leave nothing in common.
        assertThat(hidden).hasSize(4).doesNotContainAnyElementsOf(again);
    }

    @Test
    void a_changed_value_is_found() {
        assertThat(Seal.verify(changed(sealed(), json -> json.put("confidence", 15)), PUBLIC))
                .isEqualTo(Seal.Verdict.BROKEN);
    }

    @Test
    void an_added_property_is_found_in_the_whole_and_in_the_reduced() {
        assertThat(Seal.verify(changed(sealed(), json -> json.put("x_more", 1)), PUBLIC))
                .isEqualTo(Seal.Verdict.BROKEN);
        assertThat(
                        Seal.verify(
                                changed(
                                        cut(sealed(), "description"),
                                        json -> json.put("description", "harmless")),
                                PUBLIC))
                .isEqualTo(Seal.Verdict.BROKEN);
    }

    @Test
    void members_of_a_list_that_change_places_are_found() {
        StixObject reduced = cut(sealed(), "description");
        StixObject swapped =
                changed(
                        reduced,
                        json -> {
                            json.remove("labels");
                            json.withArrayProperty("labels").add("two").add("one").add("three");
                        });

        assertThat(Seal.verify(swapped, PUBLIC)).isEqualTo(Seal.Verdict.BROKEN);
    }

    @Test
    void a_loosened_granular_marking_is_found() {
        StixObject loosened = changed(sealed(), json -> json.remove("granular_markings"));

        assertThat(Seal.verify(loosened, PUBLIC)).isEqualTo(Seal.Verdict.BROKEN);
    }

    @Test
    void a_value_taken_out_without_its_digest_is_found() {
        StixObject reduced = cut(sealed(), "description");

        assertThat(Seal.verify(changed(reduced, json -> json.remove("name")), PUBLIC))
                .isEqualTo(Seal.Verdict.BROKEN);
    }

    @Test
    void another_version_with_the_same_content_is_found() {
        assertThat(
                        Seal.verify(
                                changed(
                                        sealed(),
                                        json -> json.put("modified", "2025-01-02T00:00:00.000Z")),
                                PUBLIC))
                .isEqualTo(Seal.Verdict.BROKEN);
    }

    @Test
    void another_key_does_not_verify() {
        byte[] other =
                new Ed25519PrivateKeyParameters(new SecureRandom())
                        .generatePublicKey()
                        .getEncoded();

        assertThat(Seal.verify(sealed(), other)).isEqualTo(Seal.Verdict.BROKEN);
    }

    @Test
    void nonsense_in_a_seal_is_broken_and_no_seal_is_unsealed() {
        assertThat(
                        Seal.verify(
                                changed(
                                        sealed(),
                                        json ->
                                                ((ObjectNode)
                                                                json.at(
                                                                        "/extensions/"
                                                                                + Seal.EXTENSION))
                                                        .put("signature", "%%%")),
                                PUBLIC))
                .isEqualTo(Seal.Verdict.BROKEN);
        assertThat(Seal.verify(Sample.indicator("x", Sample.B), PUBLIC))
                .isEqualTo(Seal.Verdict.UNSEALED);
    }

    @Test
    void selectors_of_what_is_gone_go_and_others_keep_their_meaning() {
        StixObject reduced = cut(sealed(), "labels/0");

        // "labels.[2]" would now name nothing, so the list it marks is gone as well.
        assertThat(reduced.json().has("labels")).isFalse();
        assertThat(text(reduced)).doesNotContain("labels.[2]").contains("\"description\"");
    }
}
