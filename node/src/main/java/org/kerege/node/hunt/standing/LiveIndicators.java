package org.kerege.node.hunt.standing;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.View;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Changes;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Held;
import org.kerege.node.exchange.Page;
import org.kerege.node.exchange.Position;
import org.kerege.node.exchange.Query;
import org.kerege.node.exchange.ReadObjects;
import org.kerege.node.hunt.Hunt;
import org.kerege.node.hunt.Indicator;
import org.kerege.stix.StixObject;
import org.kerege.stix.Timestamp;

/// The indicators that are hunted at this moment, in tiers: what comes is compiled into a small tier of its own, and tiers
/// of like size are joined, so that a new indicator among a million counts at once and each is compiled a few times in
/// its life. One that is revoked, over or gone counts no longer from the moment on; it leaves the tiers later.
///
/// Tiers are read by any thread; [#refresh] is called by one.
final class LiveIndicators {

    private static final Query INDICATORS =
            new Query(null, List.of(), List.of("indicator"), Query.Versions.LAST, List.of());

    /// A tier is joined with the one before it when that has less than so many times its indicators.
    private static final int GROWTH = 4;

    private final Catalogue catalogue;
    private final ReadObjects read;
    private final Changes changes;
    private final Supplier<View> view;
    private final Clock clock;
    private final Map<String, Indicator> current = new ConcurrentHashMap<>();
    private final Map<Integer, Seen> seen = new HashMap<>();
    private volatile Tiers tiers = new Tiers(0, List.of());

    /// How far a collection has been read.
    private record Seen(long change, @Nullable Position position) {}

    /// @param view of the node's own organisation
    LiveIndicators(
            Catalogue catalogue,
            ReadObjects read,
            Changes changes,
            Supplier<View> view,
            Clock clock) {
        this.catalogue = catalogue;
        this.read = read;
        this.changes = changes;
        this.view = view;
        this.clock = clock;
    }

    /// What to hunt.
    ///
    /// @param number another one after each change
    /// @param all the largest tier first
    record Tiers(long number, List<Hunt.Compiled> all) {
        Tiers {
            all = List.copyOf(all);
        }
    }

    Tiers tiers() {
        return tiers;
    }

    /// Whether an indicator of a tier counts now.
    boolean counts(Indicator indicator) {
        return isCurrent(indicator) && !indicator.isOver(clock.instant());
    }

    /// Another version of an indicator is another one, and so is the same read again.
    private boolean isCurrent(Indicator indicator) {
        return indicator.equals(current.get(indicator.id()));
    }

    int size() {
        return current.size();
    }

    /// Where a collection has been read to; null where nothing is in it.
    @Nullable Position position(int collection) {
        Seen last = seen.get(collection);
        return last == null ? null : last.position();
    }

    /// An indicator that came, and where.
    record Came(Indicator indicator, int collection, Position position) {}

    /// Takes in what has changed since the last time.
    ///
    /// @return what came and counts
    List<Came> refresh() {
        List<Came> came = new ArrayList<>();
        boolean gone = false;
        for (Collection collection : catalogue.collections()) {
            long change = changes.of(collection);
            Seen last = seen.get(collection.number());
            if (last == null || last.change() != change) {
                Position before = last == null ? null : last.position();
                Position after = readFrom(collection, before, came);
                // What changed without an addition took something away.
                gone |= last != null && Objects.equals(after, before);
                seen.put(collection.number(), new Seen(change, after));
            }
        }
        if (gone) {
            forget();
        }
        came.removeIf(one -> !isCurrent(one.indicator()));
        if (!came.isEmpty()) {
            tiers =
                    new Tiers(
                            tiers.number() + 1,
                            joined(came.stream().map(Came::indicator).toList()));
        }
        return came;
    }

    private @Nullable Position readFrom(
            Collection collection, @Nullable Position from, List<Came> came) {
        Position after = from;
        Page page;
        do {
            page = read.objects(collection, view.get(), INDICATORS, after, ReadObjects.MAX_PAGE);
            for (Held held : page.items()) {
                take(collection, held, came);
            }
            after = page.items().isEmpty() ? after : page.items().getLast().position();
        } while (page.more());
        return after;
    }

    private void take(Collection collection, Held held, List<Came> came) {
        StixObject object = StixObject.read(held.bytes());
        String id = object.id().toString();
        Indicator known = current.get(id);
        if (known != null && isOlder(object, known.object())) {
            return;
        }
        Indicator indicator = Indicator.current(object, clock.instant());
        if (indicator == null) {
            current.remove(id);
        } else {
            current.put(id, indicator);
            came.add(new Came(indicator, collection.number(), held.position()));
        }
    }

    private static boolean isOlder(StixObject one, StixObject known) {
        Timestamp left = one.modified();
        Timestamp right = known.modified();
        return left != null && right != null && left.compareTo(right) <= 0;
    }

    /// Drops indicators that no collection has any more.
    private void forget() {
        Set<String> held = new HashSet<>();
        for (Collection collection : catalogue.collections()) {
            Position after = null;
            Page page;
            do {
                page =
                        read.entries(
                                collection, view.get(), INDICATORS, after, ReadObjects.MAX_PAGE);
                page.items().forEach(one -> held.add(one.objectId()));
                after = page.items().isEmpty() ? after : page.items().getLast().position();
            } while (page.more());
        }
        current.keySet().retainAll(held);
    }

    private List<Hunt.Compiled> joined(List<Indicator> fresh) {
        List<Hunt.Compiled> kept = new ArrayList<>(tiers.all());
        List<Indicator> last = new ArrayList<>(fresh);
        while (!kept.isEmpty()
                && kept.getLast().indicators().size() < (long) GROWTH * last.size()) {
            List<Indicator> before =
                    new ArrayList<>(
                            kept.removeLast().indicators().stream()
                                    .filter(this::isCurrent)
                                    .toList());
            before.addAll(last);
            last = before;
        }
        kept.add(Hunt.Compiled.of(last));
        return kept;
    }
}
