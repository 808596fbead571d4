package org.kerege.taxii.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.BundleReader;
import org.kerege.stix.CanonicalJson;
import org.kerege.stix.StixObject;
import org.kerege.stix.Timestamp;

/// Reads a collection from where the last pull stopped to its present end, without gap and without repeat, also from
/// servers that treat `added_after` as inclusive, give no cursor, forget the cursor they gave, or claim for ever that
/// there is more.
///
/// How it goes on from a page:
/// - with the server's cursor, where it gives one;
/// - otherwise, while the server claims more, from one microsecond before the newest time of adding it told, so that
///   versions added at that very time and cut off by the limit are not lost; what is sent again is recognised by
///   its digest. A page that brings nothing new is asked for with a larger limit, then after exactly that time; a
///   server that then has nothing has claimed wrongly, one that cut all those pages cannot be read without loss,
///   which is a failure;
/// - at the end, next time, after exactly the newest time, with those same digests against inclusive servers.
/// A server that tells no times is read from the same beginning again, and the digests do the rest.
public final class Pull {

    /// Objects asked for per page where nothing else is said.
    public static final int PAGE = 1_000;

    private static final int LARGEST_PAGE = 16_000;
    private static final int MAX_EMPTY_PAGES = 100;

    private final TaxiiClient client;
    private final RemoteCollection collection;
    private final List<String> types;
    private final boolean allVersions;
    private final int page;

    /// @param types wanted types, all when empty
    /// @param allVersions every version in place of the last
    /// @param page objects to ask for per page, at least 1
    public Pull(
            TaxiiClient client,
            RemoteCollection collection,
            List<String> types,
            boolean allVersions,
            int page) {
        this.client = client;
        this.collection = collection;
        this.types = List.copyOf(types);
        this.allVersions = allVersions;
        this.page = page;
    }

    /// Pulls page after page until the server has no more.
    ///
    /// @param from [PullState#START], or what the sink was last told to keep
    /// @return the state from which a later pull goes on; the sink has kept it
    /// @throws IllegalArgumentException when `from` belongs to another collection or other filters
    /// @throws TaxiiFailure when the server cannot be used; pages kept before that stay kept
    public PullState run(PullState from, PullSink sink) throws IOException, InterruptedException {
        if (from.source() != null && !from.source().equals(source())) {
            throw new IllegalArgumentException(
                    "the last pull read "
                            + from.source()
                            + ", not "
                            + source()
                            + ": keep each in a place of its own");
        }
        Walk walk = new Walk(from, sink);
        while (walk.step()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the pull was stopped between two pages");
            }
        }
        return walk.state;
    }

    private String source() {
        return collection.address()
                + (allVersions ? " all versions" : "")
                + (types.isEmpty() ? "" : " " + String.join(",", types));
    }

    private final class Walk {

        private final PullSink sink;
        private PullState state;
        private int limit = page;
        private boolean cursorsServe = true;
        private boolean exact;
        private int emptyPages;

        Walk(PullState from, PullSink sink) {
            this.sink = sink;
            this.state = from;
        }

        /// Asks for one page.
        ///
        /// @return whether another is to follow
        boolean step() throws IOException, InterruptedException {
            Set<String> known = new HashSet<>(state.recent());
            List<String> fresh = new ArrayList<>();
            PageEnd end;
            try {
                end = fetch(known, fresh);
            } catch (TaxiiFailure e) {
                if (state.next() == null || !isCursorRefused(e)) {
                    throw e;
                }
                // The cursor was forgotten: times lead on from the last page that was kept.
                cursorsServe = false;
                goByTime();
                return true;
            }
            if (exact && !fresh.isEmpty()) {
                sink.drop();
                throw unusable("cuts off versions added at the same time and gives no cursor");
            }
            emptyPages = fresh.isEmpty() ? emptyPages + 1 : 0;
            PullState after = after(end, fresh);
            if (!fresh.isEmpty() || !after.equals(state)) {
                sink.keep(after);
            } else {
                sink.drop();
            }
            boolean goesOn = follows(end, fresh);
            state = after;
            if (goesOn) {
                return true;
            }
            finish();
            return false;
        }

        private PageEnd fetch(Set<String> known, List<String> fresh)
                throws IOException, InterruptedException {
            Instant addedAfter = exact ? state.reached() : state.since();
            PageRequest request =
                    new PageRequest(addedAfter, limit, state.next(), types, allVersions);
            boolean whole = false;
            try {
                PageEnd end = client.objects(collection, request, item -> take(item, known, fresh));
                whole = true;
                return end;
            } catch (UncheckedIOException e) {
                throw e.getCause();
            } finally {
                if (!whole) {
                    sink.drop();
                }
            }
        }

        private void take(BundleReader.Item item, Set<String> known, List<String> fresh) {
            try {
                if (item instanceof BundleReader.Item.Read(int _, StixObject object)) {
                    String digest = digest(object);
                    if (!known.add(digest)) {
                        return;
                    }
                    fresh.add(digest);
                }
                sink.add(item);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private PullState after(PageEnd end, List<String> fresh) {
            Instant last = end.lastAdded();
            Instant before = state.reached();
            boolean onward = last != null && (before == null || last.isAfter(before));
            // Versions of an earlier time are behind and cannot come again.
            List<String> recent = new ArrayList<>(onward ? List.of() : state.recent());
            recent.addAll(fresh);
            String next = cursorsServe && end.more() ? end.next() : null;
            Instant reached = onward ? last : before;
            // At the end the place where the next walk begins, so that no step lies between the
            // two.
            Instant since =
                    next != null || reached == null
                            ? state.since()
                            : end.more() ? overlapping(reached) : reached;
            return new PullState(
                    source(),
                    since,
                    next,
                    reached,
                    fresh.isEmpty() ? state.pages() : state.pages() + 1,
                    recent);
        }

        private boolean follows(PageEnd end, List<String> fresh) throws TaxiiFailure {
            if (!end.more()) {
                return false;
            }
            if (emptyPages > MAX_EMPTY_PAGES) {
                throw unusable(
                        "claims more in " + MAX_EMPTY_PAGES + " pages that bring nothing new");
            }
            String next = cursorsServe ? end.next() : null;
            if (next != null) {
                if (next.equals(state.next())) {
                    throw unusable("gives the same cursor again");
                }
                return true;
            }
            return followsByTime(end, fresh);
        }

        private boolean followsByTime(PageEnd end, List<String> fresh) throws TaxiiFailure {
            if (state.reached() == null && end.lastAdded() == null) {
                if (fresh.isEmpty()) {
                    return false;
                }
                throw unusable("claims more and tells neither a cursor nor a time to go on from");
            }
            if (!fresh.isEmpty()) {
                limit = page;
                return true;
            }
            if (end.count() >= limit && limit < LARGEST_PAGE) {
                limit = Math.min(limit * 2, LARGEST_PAGE);
                return true;
            }
            if (end.count() > 0 && !exact) {
                exact = true;
                return true;
            }
            return false;
        }

        private void goByTime() {
            Instant reached = state.reached();
            state =
                    new PullState(
                            source(),
                            reached == null ? state.since() : overlapping(reached),
                            null,
                            state.reached(),
                            state.pages(),
                            state.recent());
        }

        /// The next walk begins after what this one reached.
        private void finish() throws IOException {
            Instant since = state.reached() == null ? state.since() : state.reached();
            PullState ended =
                    new PullState(
                            source(), since, null, state.reached(), state.pages(), state.recent());
            if (!ended.equals(state)) {
                sink.keep(ended);
                state = ended;
            }
        }
    }

    /// Before that time by the least that TAXII can tell, so that versions added at it are sent again.
    private static @Nullable Instant overlapping(@Nullable Instant reached) {
        return reached == null ? null : reached.minus(1, ChronoUnit.MICROS);
    }

    private static boolean isCursorRefused(TaxiiFailure failure) {
        return switch (failure.status()) {
            case 400, 404, 410, 416, 422 -> true;
            default -> false;
        };
    }

    /// What tells a version: identifier and time, and for objects without a time their content.
    private static String digest(StixObject object) {
        Timestamp version = object.version();
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(object.id().toString().getBytes(UTF_8));
            sha.update((byte) ' ');
            sha.update(
                    version == null
                            ? CanonicalJson.write(object.json())
                            : version.toString().getBytes(UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Arrays.copyOf(sha.digest(), 12));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private TaxiiFailure unusable(String reason) {
        return new TaxiiFailure(TaxiiFailure.Kind.UNUSABLE, 0, collection.address(), reason);
    }
}
