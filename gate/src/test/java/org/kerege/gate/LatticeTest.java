package org.kerege.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerege.gate.Sample.roster;

import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

@Domain(Labels.class)
class LatticeTest {

    @Property(tries = 2000)
    void order_of_the_parts_does_not_matter(@ForAll Label a, @ForAll Label b) {
        assertThat(a.join(b)).isEqualTo(b.join(a));
    }

    @Property(tries = 2000)
    void grouping_of_the_parts_does_not_matter(@ForAll Label a, @ForAll Label b, @ForAll Label c) {
        assertThat(a.join(b).join(c)).isEqualTo(a.join(b.join(c)));
    }

    @Property(tries = 1000)
    void a_part_counts_once(@ForAll Label a) {
        assertThat(a.join(a)).isEqualTo(a);
        assertThat(a.join(Label.NONE)).isEqualTo(a);
    }

    @Property(tries = 2000)
    void a_mixture_is_the_least_label_that_is_as_strict_as_both(
            @ForAll Label a, @ForAll Label b, @ForAll Label c) {
        Label both = a.join(b);
        Label above = both.join(c);

        assertThat(a.atMost(both)).isTrue();
        assertThat(b.atMost(both)).isTrue();
        assertThat(a.atMost(above) && b.atMost(above)).isTrue();
        assertThat(both.atMost(above)).isTrue();
    }

    @Property(tries = 2000)
    void labels_that_are_each_at_most_the_other_are_equal(@ForAll Label a, @ForAll Label b) {
        if (a.atMost(b) && b.atMost(a)) {
            assertThat(a).isEqualTo(b);
        }
    }

    /// A label that does not say who may have an object, or a bare RED, is completed by others; every other
    /// label only loses recipients when something is added.
    @Property(tries = 20_000)
    void nobody_gets_a_mixture_who_does_not_get_each_part(
            @ForAll Terms a, @ForAll Label b, @ForAll Release release) {
        Label part = a.label();
        Assume.that(part.saysWho() && (part.tlp() != Tlp.RED || part.release().limits()));
        Terms mixture = new Terms(part.join(b), a.role(), a.source());

        if (release.decide(mixture).released()) {
            assertThat(release.decide(a).released()).isTrue();
        }
    }

    @Property(tries = 5_000)
    void no_action_is_allowed_by_a_mixture_that_a_stated_part_forbids(
            @ForAll Label a, @ForAll Label b, @ForAll Action action) {
        Assume.that(a.pap() != null || a.permitted() != null);
        Pap unstated = roster().unstatedPap();

        if (a.join(b).permits(action, Sample.NOW, unstated)) {
            assertThat(a.permits(action, Sample.NOW, unstated)).isTrue();
        }
    }

    @Property(tries = 2_000)
    void stored_text_is_equal_for_equal_terms_and_reads_back(@ForAll Terms terms) {
        String text = TermsText.write(terms);

        assertThat(TermsText.readTerms(text)).isEqualTo(terms);
        assertThat(TermsText.write(TermsText.readTerms(text))).isEqualTo(text);
    }

    @Property(tries = 20_000)
    void nothing_that_is_relayed_goes_wider_than_from_its_source(
            @ForAll Terms terms, @ForAll Release release) {
        Assume.that(!release.roster().isClientOfOwn(release.recipient().organisation()));
        Terms relayed = new Terms(terms.label(), Role.RELAY, terms.source());
        Terms original = new Terms(terms.label(), Role.ORIGINATOR, terms.source());

        if (release.decide(relayed).released()) {
            assertThat(release.decide(original).released()).isTrue();
        }
    }
}
