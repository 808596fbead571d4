package org.kerege.gate;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/// Random labels, terms and requests over the sample alliance.
final class Labels extends DomainContextBase {

    static final List<Party> PARTIES =
            List.of(
                    new Party.Everyone(),
                    new Party.Tier(Standing.MEMBER),
                    new Party.Tier(Standing.PARTNER),
                    new Party.Group(Sample.GROUP),
                    new Party.Organisation(Sample.B),
                    new Party.Organisation(Sample.D),
                    new Party.Organisation(Sample.K),
                    new Party.Organisation(Sample.S),
                    new Party.Person(Sample.ANNA),
                    new Party.Person(Sample.BOLOT),
                    new Party.Person(Sample.ELENA));

    static final List<Instant> INSTANTS =
            List.of(Sample.NOW.minusSeconds(10), Sample.NOW, Sample.NOW.plusSeconds(10));

    @Provide
    Arbitrary<Label> labels() {
        Arbitrary<ReleaseLists> release =
                Arbitraries.of(PARTIES)
                        .set()
                        .ofMaxSize(4)
                        .map(list -> Label.releasableTo(list).release())
                        .list()
                        .ofMaxSize(3)
                        .map(lists ->
                                lists.stream().reduce(ReleaseLists.UNLIMITED, ReleaseLists::and));
        Arbitrary<Window> window =
                Combinators.combine(
                                Arbitraries.of(INSTANTS).injectNull(0.8),
                                Arbitraries.of(INSTANTS).injectNull(0.8))
                        .as(Window::new);
        Arbitrary<TreeSet<Purpose>> purposes =
                Arbitraries.of(Purpose.DEFENCE, Purpose.RESEARCH, Purpose.EXERCISE)
                        .set()
                        .map(TreeSet::new)
                        .injectNull(0.8);
        Arbitrary<Set<Duty>> duties =
                Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.just(Set.of())),
                        Tuple.of(1, Arbitraries.of(Duty.values()).set().ofMaxSize(2)));
        Arbitrary<Set<Fault>> faults =
                Arbitraries.frequencyOf(
                        Tuple.of(9, Arbitraries.just(Set.of())),
                        Tuple.of(
                                1,
                                Arbitraries.of(Fault.Kind.values())
                                        .map(kind -> new Fault(kind, "x"))
                                        .set()
                                        .ofMaxSize(2)));
        return Combinators.combine(
                        Arbitraries.of(Tlp.values()).injectNull(0.2),
                        Arbitraries.of(Pap.values()).injectNull(0.5),
                        Arbitraries.of(Exposure.values()).injectNull(0.7),
                        release,
                        window,
                        purposes,
                        duties,
                        faults)
                .as((tlp, pap, permitted, lists, open, uses, owed, wrong) ->
                        new Label(
                                tlp,
                                pap,
                                permitted,
                                lists,
                                open,
                                uses,
                                owed,
                                new TreeSet<>(wrong)));
    }

    @Provide
    Arbitrary<Terms> terms() {
        return Combinators.combine(
                        labels(),
                        Arbitraries.of(Role.values()),
                        Arbitraries.of(Sample.organisations()).injectNull(0.1))
                .as(Terms::new);
    }

    @Provide
    Arbitrary<Release> releases() {
        Arbitrary<Recipient> recipients =
                Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.of(Sample.organisations()).map(Sample::machine)),
                        Tuple.of(
                                3,
                                Arbitraries.of(
                                        new Recipient(Sample.A, Sample.ANNA),
                                        new Recipient(Sample.B, Sample.BOLOT),
                                        new Recipient(Sample.E, Sample.ELENA))),
                        Tuple.of(1, Arbitraries.just(Recipient.ANYONE)));
        return Combinators.combine(
                        recipients,
                        Arbitraries.of(Channel.values()),
                        Arbitraries.of(Purpose.DEFENCE, Purpose.RESEARCH),
                        Arbitraries.of(INSTANTS))
                .as((who, how, why, when) -> new Release(Sample.roster(), who, how, why, when));
    }
}
