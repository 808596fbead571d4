package org.kerege.gate;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.statistics.Statistics;

/// The rule of release against a second, naive one.
@Domain(Labels.class)
class OracleTest {

    @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
    void ten_thousand_cases_come_out_as_the_oracle_says(
            @ForAll Terms terms, @ForAll Release release) {
        agree(terms, release);
    }

    @Property(tries = 1_000_000, edgeCases = EdgeCasesMode.NONE)
    @Tag("long")
    void a_million_cases_come_out_as_the_oracle_says(@ForAll Terms terms, @ForAll Release release) {
        agree(terms, release);
    }

    private static void agree(Terms terms, Release release) {
        boolean released = release.decide(terms).released();
        Statistics.label("released").collect(released);
        Statistics.label("released")
                .coverage(seen -> seen.check(true).percentage(share -> share > 5.0));
        assertThat(released)
                .as(() -> terms + " to " + release.recipient() + ": " + release.decide(terms))
                .isEqualTo(Oracle.releases(terms, release));
    }
}
