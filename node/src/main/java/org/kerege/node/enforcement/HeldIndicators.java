package org.kerege.node.enforcement;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Channel;
import org.kerege.gate.View;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Deliveries;
import org.kerege.node.exchange.Held;
import org.kerege.node.exchange.Page;
import org.kerege.node.exchange.PersonReviews;
import org.kerege.node.exchange.Position;
import org.kerege.node.exchange.Query;
import org.kerege.node.exchange.ReadObjects;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Caller;
import org.kerege.pattern.enforce.Enforcement;
import org.kerege.stix.StixObject;

/// Exports what this node holds: of each indicator the last version, as far as the gate releases it to whoever asks,
/// and only for what its markings let one do.
final class HeldIndicators {

    private static final Query INDICATORS =
            new Query(null, List.of(), List.of("indicator"), Query.Versions.LAST, List.of());

    private final Catalogue catalogue;
    private final ReadObjects read;
    private final PersonReviews reviews;
    private final Deliveries deliveries;
    private final Gate gate;
    private final Clock clock;

    HeldIndicators(
            Catalogue catalogue,
            ReadObjects read,
            PersonReviews reviews,
            Deliveries deliveries,
            Gate gate,
            Clock clock) {
        this.catalogue = catalogue;
        this.read = read;
        this.reviews = reviews;
        this.deliveries = deliveries;
        this.gate = gate;
        this.clock = clock;
    }

    /// Writes them. What somebody outside is given is on record when this returns.
    Enforcement.Written export(Wanted wanted, Caller caller) {
        Instant now = clock.instant();
        View view = gate.view(caller.organisation(), Channel.EXPORT);
        List<Collection> collections =
                catalogue.collections().stream()
                        .filter(one -> one.canRead() && caller.mayUse(one.id()))
                        .toList();
        Map<String, String> last = lastVersions(collections, view);
        Set<String> reviewed =
                reviews.standing().stream()
                        .map(PersonReviews.Standing::objectId)
                        .collect(Collectors.toSet());
        Enforcement enforcement = wanted.begin();
        Candidates candidates = new Candidates(wanted, enforcement, now, reviewed::contains);
        List<Long> given = new ArrayList<>();
        for (Collection collection : collections) {
            each(
                    collection,
                    view,
                    true,
                    held -> {
                        // An object may stand in several collections, in one of them in an older
                        // version.
                        if (last.remove(held.objectId(), held.version())) {
                            byte[] form = gate.form(held.bytes(), held.placement(), view);
                            int audience = held.placement().audience();
                            candidates.add(
                                    StixObject.read(form),
                                    gate.terms(audience).label(),
                                    gate.mayAct(wanted.action(), audience));
                            given.add(held.seq());
                        }
                    });
        }
        Enforcement.Written written = enforcement.write(now);
        if (!gate.isOwn(caller.organisation())) {
            deliveries.require(caller.organisation(), digest(written), "export", given);
        }
        return written;
    }

    private Map<String, String> lastVersions(List<Collection> collections, View view) {
        Map<String, String> last = new HashMap<>();
        for (Collection collection : collections) {
            each(
                    collection,
                    view,
                    false,
                    held ->
                            last.merge(
                                    held.objectId(),
                                    held.version(),
                                    (one, other) -> one.compareTo(other) >= 0 ? one : other));
        }
        return last;
    }

    private void each(Collection collection, View view, boolean bytes, Consumer<Held> take) {
        @Nullable Position after = null;
        Page page;
        do {
            page =
                    bytes
                            ? read.objects(
                                    collection, view, INDICATORS, after, ReadObjects.MAX_PAGE)
                            : read.entries(
                                    collection, view, INDICATORS, after, ReadObjects.MAX_PAGE);
            page.items().forEach(take);
            after = page.items().isEmpty() ? null : page.items().getLast().position();
        } while (page.more());
    }

    private static byte[] digest(Enforcement.Written written) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(written.files())
                    .values()
                    .forEach(text -> digest.update(text.getBytes(StandardCharsets.UTF_8)));
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
