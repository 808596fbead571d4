package org.kerege.node.exchange.taxii;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.View;
import org.kerege.node.exchange.Changes;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Held;
import org.kerege.node.exchange.OwnAdditions;
import org.kerege.node.exchange.Page;
import org.kerege.node.exchange.Position;
import org.kerege.node.exchange.Query;
import org.kerege.node.exchange.ReadObjects;
import org.kerege.node.exchange.Version;
import org.kerege.node.gate.Gate;
import org.kerege.taxii.Cursor;
import org.kerege.taxii.MalformedTaxii;
import org.kerege.taxii.MediaType;
import org.kerege.taxii.Parameters;
import org.kerege.taxii.TaxiiTimestamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the pages of a collection: envelopes, manifests and lists of versions. The objects' bytes go out as they
/// came in, joined by commas.
final class Pages {

    private static final Logger LOG = LoggerFactory.getLogger(Pages.class);
    private static final long CACHE_BYTES = 64L << 20;
    private static final int MOST_AHEAD = 2;

    private final ReadObjects read;
    private final Changes changes;
    private final OwnAdditions own;
    private final Gate gate;
    private final Cursor.Sealer sealer;
    private final PageCache cache = new PageCache(CACHE_BYTES);

    /// Pages that nobody has asked for yet must not keep those from their turn that somebody waits for.
    private final Semaphore ahead = new Semaphore(MOST_AHEAD);

    Pages(ReadObjects read, Changes changes, OwnAdditions own, Gate gate, Cursor.Sealer sealer) {
        this.read = read;
        this.changes = changes;
        this.own = own;
        this.gate = gate;
        this.sealer = sealer;
    }

    /// Which list is asked for.
    enum Kind {
        OBJECTS,
        MANIFEST,
        VERSIONS
    }

    /// What is asked for, with the cursor opened: what its page lists and where it begins.
    ///
    /// @param objectId the one object that is asked for, null for all
    record Request(
            Kind kind,
            Collection collection,
            @Nullable String objectId,
            Parameters asked,
            @Nullable Position after,
            int limit) {

        /// The same from another position on.
        Request from(Position position) {
            return new Request(kind, collection, objectId, asked, position, limit);
        }
    }

    /// Reads a request. A cursor brings the filters of the first page; a limit given beside it counts from here on.
    ///
    /// @throws MalformedTaxii when a filter is of a form that TAXII does not have or the cursor is not from here
    Request request(Kind kind, Collection collection, @Nullable String objectId, Parameters given) {
        String scope = scope(kind, collection, objectId);
        if (given.next() == null) {
            int limit = given.limit() == null ? ReadObjects.MAX_PAGE : given.limit();
            return new Request(
                    kind, collection, objectId, given, null, Math.min(limit, ReadObjects.MAX_PAGE));
        }
        Cursor cursor = sealer.open(given.next(), scope);
        int limit = given.limit() == null ? cursor.limit() : given.limit();
        return new Request(
                kind,
                collection,
                objectId,
                cursor.asked(),
                read.position(collection, cursor.dateAdded(), cursor.last()),
                Math.min(limit, ReadObjects.MAX_PAGE));
    }

    /// The page that is asked for. The one after it is read meanwhile: whoever pages asks for it next.
    ServedPage page(Request request, View view) {
        Query query = query(request);
        ServedPage page = cache.get(key(request, query, view), () -> make(request, query, view));
        Position next = page.next();
        if (next != null) {
            readAhead(request.from(next), query, view);
        }
        return page;
    }

    private void readAhead(Request next, Query query, View view) {
        List<Object> key = key(next, query, view);
        if (cache.has(key) || !ahead.tryAcquire()) {
            return;
        }
        Thread.ofVirtual()
                .name("page-ahead")
                .start(() -> {
                    try {
                        cache.get(key, () -> make(next, query, view));
                    } catch (RuntimeException e) {
                        // Whoever asks for the page is told.
                        LOG.debug("event=page_not_read_ahead", e);
                    } finally {
                        ahead.release();
                    }
                });
    }

    private List<Object> key(Request request, Query query, View view) {
        return List.of(
                scope(request.kind(), request.collection(), request.objectId()),
                changes.of(request.collection()),
                view.signature(),
                own.key(request.collection(), view),
                query,
                request.after() == null ? "" : request.after(),
                request.limit());
    }

    private ServedPage make(Request request, Query query, View view) {
        Page page =
                request.kind() == Kind.OBJECTS
                        ? read.objects(
                                request.collection(), view, query, request.after(), request.limit())
                        : read.entries(
                                request.collection(),
                                view,
                                query,
                                request.after(),
                                request.limit());
        int size = 64 + page.items().stream().mapToInt(held -> held.bytes().length + 1).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream(size);
        write(out, page.more() ? "{\"more\":true" : "{\"more\":false");
        if (page.more()) {
            write(
                    out,
                    ",\"next\":\"" + sealer.seal(cursor(request, page.items().getLast())) + "\"");
        }
        if (!page.items().isEmpty()) {
            write(out, request.kind() == Kind.VERSIONS ? ",\"versions\":[" : ",\"objects\":[");
            boolean first = true;
            for (Held held : page.items()) {
                if (!first) {
                    out.write(',');
                }
                first = false;
                switch (request.kind()) {
                    case OBJECTS -> out.writeBytes(gate.form(held.bytes(), held.placement(), view));
                    case MANIFEST -> write(out, entry(held));
                    case VERSIONS -> write(out, "\"" + Version.timestamp(held.version()) + "\"");
                }
            }
            out.write(']');
        }
        out.write('}');
        byte[] body = out.toByteArray();
        return new ServedPage(
                body,
                sha256(body),
                page.items().isEmpty() ? null : page.items().getFirst().dateAdded(),
                page.items().isEmpty() ? null : page.items().getLast().dateAdded(),
                page.items().stream().map(Held::seq).toList(),
                page.more() ? page.items().getLast().position() : null);
    }

    private static Cursor cursor(Request request, Held last) {
        return new Cursor(
                scope(request.kind(), request.collection(), request.objectId()),
                last.dateAdded(),
                last.name(),
                request.limit(),
                request.asked());
    }

    static Query query(Request request) {
        Parameters asked = request.asked();
        Query query =
                new Query(
                        asked.addedAfter(),
                        asked.ids(),
                        asked.types(),
                        request.kind() == Kind.VERSIONS
                                ? Query.Versions.ALL
                                : versions(asked.versions(), Query.Versions.LAST),
                        asked.specVersions());
        return request.objectId() == null ? query : query.withId(request.objectId());
    }

    /// Reads `match[version]`. Source: TAXII 2.1 §3.4.1.
    static Query.Versions versions(List<String> asked, Query.Versions otherwise) {
        if (asked.isEmpty()) {
            return otherwise;
        }
        if (new HashSet<>(asked).size() < asked.size()) {
            throw new MalformedTaxii("match[version]", "names nothing twice");
        }
        if (asked.contains("all")) {
            if (asked.size() > 1) {
                throw new MalformedTaxii("match[version]", "names 'all' alone");
            }
            return Query.Versions.ALL;
        }
        Set<String> exact = new HashSet<>();
        for (String value : asked) {
            if (!value.equals("first") && !value.equals("last")) {
                String version = Version.parse(value);
                if (version == null) {
                    throw new MalformedTaxii(
                            "match[version]", "lists 'first', 'last' or timestamps, or is 'all'");
                }
                exact.add(version);
            }
        }
        return new Query.Versions(false, asked.contains("first"), asked.contains("last"), exact);
    }

    private static String entry(Held held) {
        return "{\"id\":\""
                + held.objectId()
                + "\",\"date_added\":\""
                + TaxiiTimestamp.format(held.dateAdded())
                + "\",\"version\":\""
                + Version.timestamp(held.version())
                + "\",\"media_type\":\""
                + MediaType.ofStix(held.specVersion())
                + "\"}";
    }

    private static String scope(Kind kind, Collection collection, @Nullable String objectId) {
        return kind + " " + collection.id() + " " + (objectId == null ? "" : objectId);
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
