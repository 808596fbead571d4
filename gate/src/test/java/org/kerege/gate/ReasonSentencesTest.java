package org.kerege.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Domain(Labels.class)
class ReasonSentencesTest {

    @ParameterizedTest
    @ValueSource(strings = {"en", "ru", "ky"})
    void every_code_has_one_sentence(String language) {
        for (Reason.Code code : Reason.Code.values()) {
            assertThat(
                            ReasonSentences.in(Locale.of(language))
                                    .say(new Reason(code, new TreeMap<>())))
                    .endsWith(".");
        }
    }

    @Property(tries = 3_000)
    void a_sentence_has_all_its_facts(@ForAll Terms terms, @ForAll Release release) {
        for (String language : new String[] {"en", "ru", "ky"}) {
            assertThat(ReasonSentences.in(Locale.of(language)).say(release.decide(terms).reason()))
                    .doesNotContain("{");
        }
    }
}
