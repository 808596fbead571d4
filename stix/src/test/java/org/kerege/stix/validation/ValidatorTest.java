package org.kerege.stix.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerege.stix.Json;
import tools.jackson.databind.node.ObjectNode;

class ValidatorTest {

    private static final Validator VALIDATOR = new Validator(Policy.STANDARD, PatternCheck.NONE);

    private static final String CAMPAIGN =
            """
            {"type": "campaign", "spec_version": "2.1",
             "id": "campaign--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
             "created": "2024-04-06T20:03:00.000Z", "modified": "2024-04-06T20:03:00.000Z",
             "name": "Green Group Attacks"}
            """;

    private static ObjectNode object(String json) {
        return (ObjectNode) Json.mapper().readTree(json);
    }

    /// The campaign with further properties, which replace those of the same name.
    private static ObjectNode campaignWith(String properties) {
        ObjectNode campaign = object(CAMPAIGN);
        campaign.setAll(object("{" + properties + "}"));
        return campaign;
    }

    private static ObjectNode observable(String type, String properties) {
        return object(
                "{\"type\": \"%s\", \"id\": \"%s--0b4e2e3e-5b5c-5f5e-8d0a-0c1f2a3b4c5d\", %s}"
                        .formatted(type, type, properties));
    }

    private static List<String> errors(ObjectNode object) {
        return VALIDATOR.validate(object).errors().stream()
                .map(finding -> finding.pointer() + " " + finding.code())
                .toList();
    }

    private static List<String> warnings(ObjectNode object) {
        return VALIDATOR.validate(object).warnings().stream()
                .map(finding -> finding.pointer() + " " + finding.code())
                .toList();
    }

    @Test
    void has_nothing_to_say_of_a_good_object() {
        assertThat(VALIDATOR.validate(object(CAMPAIGN)).clean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"type", "spec_version", "id", "created", "modified", "name"})
    void misses_each_required_property(String property) {
        ObjectNode campaign = object(CAMPAIGN);
        campaign.remove(property);
        assertThat(errors(campaign)).containsExactly(" missing-required");
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-29T08:17:27.000Z, true",
        "2023-02-29T08:17:27.000Z, false",
        "2024-04-31T08:17:27.000Z, false",
        "2024-13-01T08:17:27.000Z, false",
        "2024-01-01T24:00:00.000Z, false",
        "2024-01-01T23:59:60.000Z, true",
        "2024-01-01T12:00:60.000Z, false",
        "2024-01-01t12:00:00.000Z, false",
        "2024-01-01T12:00:00.000+00:00, false",
        "2024-01-01T12:00:00.Z, false",
        "2024-01-01T12:00:00Z, true",
    })
    void knows_the_days_of_the_calendar(String timestamp, boolean good) {
        assertThat(errors(campaignWith("\"first_seen\": \"%s\"".formatted(timestamp))))
                .isEqualTo(good ? List.of() : List.of("/first_seen timestamp"));
    }

    @Test
    void wants_created_and_modified_to_the_millisecond() {
        assertThat(errors(campaignWith("\"modified\": \"2024-04-06T20:03:00.00Z\"")))
                .containsExactly("/modified timestamp");
        assertThat(errors(campaignWith("\"modified\": \"2024-04-06T20:03:00.0000001Z\"")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2024-04-06T20:03:00.000000342Z, 2024-04-06T20:03:00.000000287Z, false",
        "2024-04-06T20:03:00.000Z, 2024-04-06T20:03:00.000000Z, true",
        "2024-04-06T20:03:00.1230Z, 2024-04-06T20:03:00.123Z, true",
        "2024-04-06T20:03:00.124Z, 2024-04-06T20:03:00.1239Z, false",
    })
    void compares_times_to_the_last_digit(String created, String modified, boolean good) {
        assertThat(
                        errors(
                                campaignWith(
                                        "\"created\": \"%s\", \"modified\": \"%s\""
                                                .formatted(created, modified))))
                .isEqualTo(good ? List.of() : List.of("/modified timestamp"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, true",
        "100, true",
        "101, false",
        "1e2, true",
        "1e999, false",
        "-1, false",
        "5.0, true",
        "5.5, false"
    })
    void bounds_confidence(String confidence, boolean good) {
        assertThat(errors(campaignWith("\"confidence\": " + confidence)).isEmpty()).isEqualTo(good);
    }

    @Test
    void bounds_numbers_beyond_every_double() {
        String location =
                CAMPAIGN.replace("campaign", "location")
                        .replace("\"name\"", "\"latitude\": %s, \"longitude\": 0, \"name\"");
        assertThat(errors(object(location.formatted("89.5")))).isEmpty();
        assertThat(errors(object(location.formatted("1e999")))).containsExactly("/latitude range");
        assertThat(errors(object(location.formatted("-90.0000001"))))
                .containsExactly("/latitude range");
    }

    @ParameterizedTest
    @CsvSource({
        "en, true",
        "ky-KG, true",
        "zh-Hant-TW, true",
        "sr-Cyrl-BA, true",
        "x-private, true",
        "español, false",
        "foo, false",
        "qq, false",
        "en_US, false",
        "en-, false",
    })
    void knows_language_tags(String tag, boolean good) {
        assertThat(errors(campaignWith("\"lang\": \"%s\"".formatted(tag))).isEmpty())
                .isEqualTo(good);
    }

    @Test
    void wants_uuids_of_rfc_4122() {
        assertThat(
                        errors(
                                campaignWith(
                                        "\"id\": \"campaign--8e2e2d2b-17d4-4cbf-638f-98ee46b3cd3f\"")))
                .containsExactly("/id identifier");
        assertThat(
                        warnings(
                                campaignWith(
                                        "\"id\": \"campaign--8e2e2d2b-17d4-1cbf-938f-98ee46b3cd3f\"")))
                .containsExactly("/id 103");
    }

    @Test
    void keeps_custom_properties_and_recommends_an_extension() {
        assertThat(errors(campaignWith("\"x_kerege_note\": {\"a\": []}"))).isEmpty();
        assertThat(warnings(campaignWith("\"x_kerege_note\": 1")))
                .containsExactly("/x_kerege_note 401");
        assertThat(
                        warnings(
                                campaignWith(
                                        """
                                        "rank": 1, "extensions":
                                        {"extension-definition--d83fce45-ef58-4c6c-a3f4-1fbc32e98c6e":
                                        {"extension_type": "toplevel-property-extension"}}
                                        """)))
                .isEmpty();
    }

    @Test
    void refuses_reserved_names_nulls_and_empty_lists() {
        assertThat(errors(campaignWith("\"severity\": 1")))
                .containsExactly("/severity reserved-property");
        assertThat(errors(campaignWith("\"x_a\": null"))).containsExactly("/x_a json-type");
        assertThat(errors(campaignWith("\"aliases\": []"))).containsExactly("/aliases empty");
        assertThat(errors(campaignWith("\"x_a\": []"))).containsExactly("/x_a empty");
    }

    @Nested
    class Granular_markings {

        @ParameterizedTest
        @CsvSource({
            "name, true",
            "aliases.[0], true",
            "aliases.[1], false",
            "name.[0], false",
            "nothing, false",
        })
        void point_to_something(String selector, boolean good) {
            ObjectNode campaign =
                    campaignWith(
                            """
                            "aliases": ["a"], "granular_markings": [{"selectors": ["%s"],
                            "marking_ref": "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"}]
                            """
                                    .formatted(selector));
            assertThat(errors(campaign))
                    .isEqualTo(
                            good
                                    ? List.of()
                                    : List.of("/granular_markings/0/selectors/0 selector"));
        }

        @Test
        void name_a_marking_or_a_language_but_not_both() {
            String language =
                    "\"granular_markings\": [{\"selectors\": [\"name\"], \"lang\": \"de\"}]";
            assertThat(errors(campaignWith(language))).isEmpty();
            assertThat(
                            errors(
                                    campaignWith(
                                            language.replace(
                                                    "\"lang\": \"de\"",
                                                    "\"lang\": \"de\", \"marking_ref\": \"marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9\""))))
                    .containsExactly("/granular_markings/0 property-combination");
            assertThat(errors(campaignWith(language.replace(", \"lang\": \"de\"", ""))))
                    .containsExactly("/granular_markings/0 missing-required");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ipv4-addr, 198.51.100.0/24, true",
        "ipv4-addr, 198.51.100.0/33, false",
        "ipv4-addr, 198.51.100.256, false",
        "ipv4-addr, 198.051.100.2, false",
        "ipv6-addr, ::, true",
        "ipv6-addr, ::1, true",
        "ipv6-addr, 1::, true",
        "ipv6-addr, fe80::1%eth0/64, true",
        "ipv6-addr, ::ffff:192.0.2.128, true",
        "ipv6-addr, 1:2:3:4:5:6:7:8, true",
        "ipv6-addr, 1:2:3:4:5:6:7, false",
        "ipv6-addr, 1::2::3, false",
        "ipv6-addr, 1:2:3:4:5:6:7::8, false",
        "ipv6-addr, 2001:db8::/129, false",
        "ipv6-addr, 2001:db8::/00, false",
        "ipv6-addr, :, false",
        "mac-addr, d2:fb:49:24:37:18, true",
        "mac-addr, D2:fb:49:24:37:18, false",
        "domain-name, xn--e1afmkfd.example, true",
        "domain-name, _dmarc.example.com, true",
        "domain-name, -a.example, false",
        "domain-name, http://example.com, false",
        "domain-name, a..b, false",
        "email-addr, john@example.com, true",
        "email-addr, John Doe <jdoe@example.com>, false",
        "email-addr, john, false",
        "url, https://example.com/a?b=c#d, true",
        "url, urn:isbn:123, true",
        "url, foo, false",
        "url, https://example.com/a b, false",
        "url, https://example.com/%zz, false",
    })
    void knows_the_values_of_observables(String type, String value, boolean good) {
        assertThat(errors(observable(type, "\"value\": \"%s\"".formatted(value))))
                .isEqualTo(good ? List.of() : List.of("/value format"));
    }

    @Test
    void wants_the_values_of_environment_variables_as_strings() {
        String process =
                """
                {"type": "process", "id": "process--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
                 "environment_variables": {"PATH": %s}}
                """;
        assertThat(errors(object(process.formatted("\"\"")))).isEmpty();
        assertThat(errors(object(process.formatted("8080"))))
                .containsExactly("/environment_variables/PATH json-type");
    }

    @Test
    void looks_at_hashes_by_their_algorithm() {
        assertThat(errors(observable("file", "\"hashes\": {\"MD5\": \"d41d8cd9\"}")))
                .containsExactly("/hashes/MD5 format");
        assertThat(warnings(observable("file", "\"hashes\": {\"CRC32\": \"d41d8cd9\"}")))
                .containsExactly("/hashes/CRC32 241");
    }

    @Test
    void follows_references_inside_the_deprecated_container() {
        String observed =
                """
                {"type": "observed-data", "spec_version": "2.1",
                 "id": "observed-data--b67d30ff-02ac-498a-92f9-32f845f448cf",
                 "created": "2024-04-06T20:03:00.000Z", "modified": "2024-04-06T20:03:00.000Z",
                 "first_observed": "2024-04-06T20:03:00Z", "last_observed": "2024-04-06T20:03:00Z",
                 "number_observed": 1, "objects": {
                   "0": {"type": "domain-name",
                         "id": "domain-name--3c10e93f-798e-5a26-a0c1-08156efab7f5",
                         "value": "example.com", "resolves_to_refs": ["1"]},
                   "1": {"type": "%s", "id": "%s--1e61d36c-a16c-53b7-a80f-2a00161c96b1", %s}}}
                """;
        assertThat(
                        errors(
                                object(
                                        observed.formatted(
                                                "ipv4-addr",
                                                "ipv4-addr",
                                                "\"value\": \"192.0.2.1\""))))
                .isEmpty();
        assertThat(errors(object(observed.formatted("file", "file", "\"name\": \"a\""))))
                .containsExactly("/objects/0/resolves_to_refs/0 reference");
    }

    @Test
    void warns_of_relationships_that_the_standard_does_not_suggest() {
        String relationship =
                """
                {"type": "relationship", "spec_version": "2.1",
                 "id": "relationship--44298a74-ba52-4f0c-87a3-1824e67d7fad",
                 "created": "2024-04-06T20:03:00.000Z", "modified": "2024-04-06T20:03:00.000Z",
                 "relationship_type": "%s",
                 "source_ref": "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
                 "target_ref": "%s--31b940d4-6f7f-459a-80ea-9c1f17b5891b"}
                """;
        assertThat(warnings(object(relationship.formatted("indicates", "malware")))).isEmpty();
        assertThat(warnings(object(relationship.formatted("related-to", "note")))).isEmpty();
        assertThat(warnings(object(relationship.formatted("indicates", "note"))))
                .containsExactly("/relationship_type 202");
        assertThat(errors(object(relationship.formatted("indicates", "bundle"))))
                .containsExactly("/target_ref reference");
    }

    @Test
    void holds_the_four_tlp_definitions_fixed() {
        String green =
                """
                {"type": "marking-definition", "spec_version": "2.1",
                 "id": "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",
                 "created": "2017-01-20T00:00:00.000Z", "definition_type": "tlp",
                 "name": "TLP:GREEN", "definition": {"tlp": "%s"}}
                """;
        assertThat(errors(object(green.formatted("green")))).isEmpty();
        assertThat(errors(object(green.formatted("red")))).containsExactly(" tlp-marking");
    }

    @Test
    void names_the_place_in_a_bundle() {
        ObjectNode bundle =
                object(
                        "{\"type\": \"bundle\", \"id\": \"bundle--5d0092c5-5f74-4287-9642-33f4c354e56d\", \"objects\": []}");
        bundle.putArray("objects").add(object(CAMPAIGN)).add(campaignWith("\"a/b~c\": 1"));
        assertThat(errors(bundle)).containsExactly("/objects/1/a~1b~0c format");
        assertThat(warnings(bundle)).contains("/objects/1 203");
    }

    @Test
    void takes_warnings_for_errors_when_the_policy_says_so() {
        ObjectNode campaign = campaignWith("\"x_a\": 1");
        Policy strict = new Policy(Policy.STANDARD.checks(), true, false, false, false, false);
        assertThat(new Validator(strict, PatternCheck.NONE).validate(campaign).valid()).isFalse();
        Policy without = strict.choosing(Set.of("401", "custom-prefix", "102"), Set.of());
        assertThat(new Validator(without, PatternCheck.NONE).validate(campaign).valid()).isTrue();
    }

    @Test
    void keeps_a_bounded_number_of_findings() {
        ObjectNode campaign = object(CAMPAIGN);
        for (int i = 0; i < 3_000; i++) {
            campaign.putNull("x_" + i);
        }
        assertThat(VALIDATOR.validate(campaign).errors()).hasSize(Verdict.MAX_FINDINGS);
        assertThat(VALIDATOR.validate(campaign).warnings()).hasSize(Verdict.MAX_FINDINGS);
    }
}
