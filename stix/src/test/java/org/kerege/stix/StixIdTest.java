package org.kerege.stix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StixIdTest {

    @Test
    void writes_the_uuid_in_lower_case() {
        assertThat(StixId.parse("indicator--8E2E2D2B-17D4-4CBF-938F-98EE46B3CD3F"))
                .hasToString("indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "indicator",
                "indicator--",
                "in--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
                "Indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
                "x--y--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
                "indicator-8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
                "indicator--8e2e2d2b17d4-4cbf-938f-98ee46b3cd3f0",
                "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3g"
            })
    void refuses_another_form(String text) {
        assertThatThrownBy(() -> StixId.parse(text)).isInstanceOf(MalformedStix.class);
    }
}
