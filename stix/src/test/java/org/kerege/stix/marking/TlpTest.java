package org.kerege.stix.marking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kerege.stix.StixObject;
import org.kerege.stix.marking.Tlp.Level;
import org.kerege.stix.validation.PatternCheck;
import org.kerege.stix.validation.Policy;
import org.kerege.stix.validation.Validator;

class TlpTest {

    @ParameterizedTest
    @EnumSource(Tlp.class)
    void every_definition_is_valid_and_found_by_its_identifier(Tlp tlp) {
        StixObject definition = tlp.definition();

        assertThat(Tlp.of(definition.id())).isSameAs(tlp);
        assertThat(
                        new Validator(Policy.STANDARD, PatternCheck.NONE)
                                .validate(definition.json())
                                .errors())
                .isEmpty();
    }

    @Test
    void of_two_levels_the_stricter_holds_in_whichever_order() {
        assertThat(Level.AMBER.and(Level.AMBER_STRICT)).isEqualTo(Level.AMBER_STRICT);
        assertThat(Level.RED.and(Level.CLEAR)).isEqualTo(Level.RED);
        assertThat(Tlp.WHITE_1.level()).isEqualTo(Tlp.CLEAR_2.level());
        assertThat(Level.AMBER_STRICT.label()).isEqualTo("TLP:AMBER+STRICT");
    }
}
