package org.kerege.gate;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// What markings say about an object, taken together. Labels form a lattice under [#join]: a mixture is at
/// least as strict as each of its parts, [#NONE] says nothing, and order, repetition and grouping of the parts
/// do not matter.
///
/// @param tlp null when none was stated
/// @param pap null when none was stated
/// @param permitted the furthest action that IEP 2.0 permits, null when it says nothing
/// @param purposes the only purposes allowed, null for any; empty is none
/// @param faults what withholds the object; at most [#MAX_FAULTS], the first in order
public record Label(
        @Nullable Tlp tlp,
        @Nullable Pap pap,
        @Nullable Exposure permitted,
        ReleaseLists release,
        Window window,
        @Nullable NavigableSet<Purpose> purposes,
        Set<Duty> duties,
        NavigableSet<Fault> faults) {

    /// Most faults that are kept; one is enough to withhold.
    public static final int MAX_FAULTS = 8;

    /// Says nothing.
    public static final Label NONE =
            new Label(
                    null,
                    null,
                    null,
                    ReleaseLists.UNLIMITED,
                    Window.ALWAYS,
                    null,
                    Set.of(),
                    Collections.emptyNavigableSet());

    /// Of an unmarked object in a collection that has no default marking.
    public static final Label HOME = of(Duty.STAY_HOME);

    public Label {
        purposes = purposes == null ? null : frozen(purposes);
        EnumSet<Duty> ordered = EnumSet.noneOf(Duty.class);
        ordered.addAll(duties);
        duties = Collections.unmodifiableSet(ordered);
        NavigableSet<Fault> first = new TreeSet<>(faults);
        while (first.size() > MAX_FAULTS) {
            first.removeLast();
        }
        faults = Collections.unmodifiableNavigableSet(first);
    }

    public static Label of(Tlp tlp) {
        return new Label(
                tlp, null, null, NONE.release, NONE.window, null, NONE.duties, NONE.faults);
    }

    public static Label of(Pap pap) {
        return new Label(
                null, pap, null, NONE.release, NONE.window, null, NONE.duties, NONE.faults);
    }

    public static Label of(Duty... duties) {
        return new Label(
                null,
                null,
                null,
                NONE.release,
                NONE.window,
                null,
                Set.copyOf(List.of(duties)),
                NONE.faults);
    }

    public static Label of(Fault fault) {
        return new Label(
                null,
                null,
                null,
                NONE.release,
                NONE.window,
                null,
                NONE.duties,
                new TreeSet<>(Set.of(fault)));
    }

    /// Releasable to these parties alone; an empty list is nobody.
    public static Label releasableTo(Collection<? extends Party> parties) {
        return new Label(
                null,
                null,
                null,
                ReleaseLists.of(parties),
                NONE.window,
                null,
                NONE.duties,
                NONE.faults);
    }

    public static Label within(Window window) {
        return new Label(null, null, null, NONE.release, window, null, NONE.duties, NONE.faults);
    }

    public static Label forPurposes(Collection<Purpose> purposes) {
        return new Label(
                null,
                null,
                null,
                NONE.release,
                NONE.window,
                new TreeSet<>(purposes),
                NONE.duties,
                NONE.faults);
    }

    public static Label permitting(Exposure furthest) {
        return new Label(
                null, null, furthest, NONE.release, NONE.window, null, NONE.duties, NONE.faults);
    }

    /// The laxest label that is as strict as both.
    public Label join(Label other) {
        if (equals(other) || other.equals(NONE)) {
            return this;
        }
        if (equals(NONE)) {
            return other;
        }
        return new Label(
                either(tlp, other.tlp, Label::greater),
                either(pap, other.pap, Label::greater),
                either(permitted, other.permitted, Label::lesser),
                release.and(other.release),
                window.and(other.window),
                either(purposes, other.purposes, Label::common),
                union(duties, other.duties),
                union(faults, other.faults));
    }

    /// The join of all; [#NONE] for no label.
    public static Label join(Collection<Label> labels) {
        Label mixture = NONE;
        for (Label label : labels) {
            mixture = mixture.join(label);
        }
        return mixture;
    }

    /// Whether this label is nowhere stricter than `other`.
    public boolean atMost(Label other) {
        return join(other).equals(other);
    }

    /// Whether it says who may have the object. One that says nothing of it takes the default of its
    /// collection. A bare TLP:RED does, though it names nobody yet.
    public boolean saysWho() {
        return tlp != null || release.limits() || duties.contains(Duty.STAY_HOME);
    }

    /// Whether `action` may be taken at `at`, by the marking alone.
    ///
    /// @param unstated the level that holds where no PAP and no IEP was stated
    public boolean permits(Action action, Instant at, Pap unstated) {
        boolean barred = faults.stream().anyMatch(fault -> !fault.equals(Fault.UNCONFIRMED));
        if (barred || window.expired(at)) {
            return action == Action.READ;
        }
        if (action == Action.NOTIFY_AFFECTED && duties.contains(Duty.TELL_NO_AFFECTED_PARTY)) {
            return false;
        }
        return action.exposure().compareTo(furthest(unstated)) <= 0;
    }

    /// The furthest that an action may be noticed.
    public Exposure furthest(Pap unstated) {
        if (pap == null) {
            return permitted == null ? unstated.furthest() : permitted;
        }
        return permitted == null ? pap.furthest() : lesser(pap.furthest(), permitted);
    }

    private static <T> @Nullable T either(@Nullable T a, @Nullable T b, BinaryOperator<T> both) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return both.apply(a, b);
    }

    private static <T extends Comparable<? super T>> T greater(T a, T b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static <T extends Comparable<? super T>> T lesser(T a, T b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static NavigableSet<Purpose> common(NavigableSet<Purpose> a, NavigableSet<Purpose> b) {
        NavigableSet<Purpose> common = new TreeSet<>(a);
        common.retainAll(b);
        return common;
    }

    private static <T extends Comparable<? super T>> NavigableSet<T> union(Set<T> a, Set<T> b) {
        NavigableSet<T> union = new TreeSet<>(a);
        union.addAll(b);
        return union;
    }

    private static <T> NavigableSet<T> frozen(NavigableSet<T> set) {
        return Collections.unmodifiableNavigableSet(new TreeSet<>(set));
    }
}
