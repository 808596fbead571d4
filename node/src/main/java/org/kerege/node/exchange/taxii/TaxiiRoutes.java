package org.kerege.node.exchange.taxii;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Channel;
import org.kerege.gate.View;
import org.kerege.node.exchange.ApiRoot;
import org.kerege.node.exchange.Catalogue;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Deliveries;
import org.kerege.node.exchange.Held;
import org.kerege.node.exchange.Intake;
import org.kerege.node.exchange.Objects;
import org.kerege.node.exchange.OwnAdditions;
import org.kerege.node.exchange.Page;
import org.kerege.node.exchange.Position;
import org.kerege.node.exchange.Query;
import org.kerege.node.exchange.ReadObjects;
import org.kerege.node.exchange.Source;
import org.kerege.node.exchange.Statuses;
import org.kerege.node.exchange.Verdicts;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Role;
import org.kerege.stix.BundleReader;
import org.kerege.taxii.MediaType;
import org.kerege.taxii.Parameters;
import org.kerege.taxii.TaxiiTimestamp;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// The addresses of TAXII 2.1, with and without the trailing slash, since a redirect would lose a body or credentials
/// in real clients. Any account of the node may call them; what it is shown is the gate's and the collection's matter.
/// Source: TAXII 2.1 §4, §5.
@RestController
@Callers
final class TaxiiRoutes {

    private final String title;
    private final Catalogue catalogue;
    private final Pages pages;
    private final OwnAdditions own;
    private final ReadObjects read;
    private final Intake intake;
    private final Objects objects;
    private final Statuses statuses;
    private final Deliveries deliveries;
    private final Gate gate;
    private final Clock clock;

    TaxiiRoutes(
            String title,
            Catalogue catalogue,
            Pages pages,
            OwnAdditions own,
            ReadObjects read,
            Intake intake,
            Objects objects,
            Statuses statuses,
            Deliveries deliveries,
            Gate gate,
            Clock clock) {
        this.title = title;
        this.catalogue = catalogue;
        this.pages = pages;
        this.own = own;
        this.read = read;
        this.intake = intake;
        this.objects = objects;
        this.statuses = statuses;
        this.deliveries = deliveries;
        this.gate = gate;
        this.clock = clock;
    }

    @GetMapping({"/taxii2/", "/taxii2"})
    void discovery(HttpServletRequest request, HttpServletResponse response) throws IOException {
        negotiate(request);
        String address = request.getScheme() + "://" + request.getHeader("Host");
        send(response, 200, Resources.discovery(title, address, catalogue.apiRoots()));
    }

    @GetMapping({"/{root}/", "/{root}"})
    void apiRoot(
            @PathVariable String root, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        negotiate(request);
        send(response, 200, Resources.apiRoot(root(root)));
    }

    @GetMapping({"/{root}/status/{id}/", "/{root}/status/{id}"})
    void status(
            @PathVariable String root,
            @PathVariable String id,
            @AuthenticationPrincipal Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        negotiate(request);
        root(root);
        UUID uuid;
        try {
            uuid = UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw TaxiiProblem.notFound("status");
        }
        byte[] body =
                statuses.find(uuid, root, caller.account())
                        .orElseThrow(() -> TaxiiProblem.notFound("status"));
        send(response, 200, body);
    }

    @GetMapping({"/{root}/collections/", "/{root}/collections"})
    void collections(
            @PathVariable String root,
            @AuthenticationPrincipal Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        negotiate(request);
        root(root);
        send(
                response,
                200,
                Resources.collections(
                        catalogue.collections(root).stream()
                                .filter(collection -> caller.mayUse(collection.id()))
                                .map(collection -> describe(collection, caller))
                                .toList()));
    }

    @GetMapping({"/{root}/collections/{collection}/", "/{root}/collections/{collection}"})
    void collection(
            @PathVariable String root,
            @PathVariable String collection,
            @AuthenticationPrincipal Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        negotiate(request);
        send(response, 200, describe(usable(root, collection, caller), caller));
    }

    @GetMapping({
        "/{root}/collections/{collection}/objects/",
        "/{root}/collections/{collection}/objects"
    })
    void objects(
            @PathVariable String root,
            @PathVariable String collection,
            @AuthenticationPrincipal Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        page(
                Pages.Kind.OBJECTS,
                readable(root, collection, caller, request),
                null,
                caller,
                request,
                response);
    }

    @GetMapping({
        "/{root}/collections/{collection}/manifest/",
        "/{root}/collections/{collection}/manifest"
    })
    void manifest(
            @PathVariable String root,
            @PathVariable String collection,
            @AuthenticationPrincipal Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        page(
                Pages.Kind.MANIFEST,
                readable(root, collection, caller, request),
                null,
                caller,
                request,
                response);
    }

    @GetMapping({
        "/{root}/collections/{collection}/objects/{object}/",
        "/{root}/collections/{collection}/objects/{object}"
    })
    void object(
            @PathVariable String root,
            @PathVariable String collection,
            @PathVariable String object,
            @AuthenticationPrincipal Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        page(
                Pages.Kind.OBJECTS,
                readable(root, collection, caller, request),
                object,
                caller,
                request,
                response);
    }

    @GetMapping({
        "/{root}/collections/{collection}/objects/{object}/versions/",
        "/{root}/collections/{collection}/objects/{object}/versions"
    })
    void versions(
            @PathVariable String root,
            @PathVariable String collection,
            @PathVariable String object,
            @AuthenticationPrincipal Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        page(
                Pages.Kind.VERSIONS,
                readable(root, collection, caller, request),
                object,
                caller,
                request,
                response);
    }

    @PostMapping({
        "/{root}/collections/{collection}/objects/",
        "/{root}/collections/{collection}/objects"
    })
    void add(
            @PathVariable String root,
            @PathVariable String collection,
            @AuthenticationPrincipal Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        negotiate(request);
        Collection target = usable(root, collection, caller);
        if (!mayWrite(target, caller)) {
            throw forbidden(target, caller, "written");
        }
        if (!MediaType.mayHoldEnvelope(request.getContentType())) {
            throw new TaxiiProblem(415, "Send an envelope as " + MediaType.TAXII_21);
        }
        if (request.getHeader("Content-Encoding") != null) {
            // What a packed body unpacks to is known only once it is too late.
            throw new TaxiiProblem(415, "Send the envelope as it is, without Content-Encoding");
        }
        byte[] body = body(request, root(root).maxContentLength());
        List<BundleReader.Item> items = new ArrayList<>();
        BundleReader.readEnvelope(new ByteArrayInputStream(body), items::add);
        if (items.isEmpty()) {
            throw new TaxiiProblem(422, "The envelope holds no objects");
        }
        Instant requested = clock.instant();
        Verdicts verdicts =
                intake.admit(
                        target,
                        new Source(caller.organisation(), "taxii", caller.account()),
                        items);
        UUID id = UUID.randomUUID();
        byte[] status =
                bytes(
                        Resources.status(
                                id, requested, told(verdicts, items, target, requested, caller)));
        statuses.keep(id, root, requested, caller.account(), status);
        send(response, 202, status);
    }

    /// The verdicts as the caller may have them: that something it may not see was held already is not told.
    private Verdicts told(
            Verdicts verdicts,
            List<BundleReader.Item> items,
            Collection target,
            Instant at,
            Caller caller) {
        List<String> held =
                verdicts.all().stream()
                        .filter(Verdicts.Verdict::tellsOfHeld)
                        .map(verdict -> String.valueOf(verdict.objectId()))
                        .distinct()
                        .toList();
        if (held.isEmpty() || gate.isOwn(caller.organisation())) {
            return verdicts;
        }
        Set<String> seen = new HashSet<>();
        Query query = new Query(null, held, List.of(), Query.Versions.ALL, List.of("2.0", "2.1"));
        Position after = null;
        Page page;
        do {
            page = read.entries(target, view(caller), query, after, ReadObjects.MAX_PAGE);
            page.items().forEach(one -> seen.add(one.objectId()));
            after = page.items().isEmpty() ? null : page.items().getLast().position();
        } while (page.more());
        return verdicts.hiding(items, id -> !seen.contains(id), at);
    }

    @DeleteMapping({
        "/{root}/collections/{collection}/objects/{object}/",
        "/{root}/collections/{collection}/objects/{object}"
    })
    void remove(
            @PathVariable String root,
            @PathVariable String collection,
            @PathVariable String object,
            @AuthenticationPrincipal Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Collection target = readable(root, collection, caller, request);
        if (!mayWrite(target, caller)) {
            throw forbidden(target, caller, "written");
        }
        Parameters asked = Parameters.parse(request.getQueryString());
        View view = view(caller);
        requireHeld(target, object, view);
        Query query =
                new Query(
                        null,
                        List.of(object),
                        List.of(),
                        Pages.versions(asked.versions(), Query.Versions.ALL),
                        asked.specVersions().isEmpty()
                                ? List.of("2.0", "2.1")
                                : asked.specVersions());
        List<Held> held = new ArrayList<>();
        Position after = null;
        Page page;
        do {
            page = read.entries(target, view, query, after, ReadObjects.MAX_PAGE);
            held.addAll(page.items());
            after = page.items().isEmpty() ? null : page.items().getLast().position();
        } while (page.more());
        objects.remove(target, new Source(caller.organisation(), "taxii", caller.account()), held);
        send(response, 200, new byte[0]);
    }

    private void page(
            Pages.Kind kind,
            Collection collection,
            @Nullable String objectId,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Pages.Request asked =
                pages.request(
                        kind, collection, objectId, Parameters.parse(request.getQueryString()));
        View view;
        ServedPage page;
        do {
            view = view(caller);
            own.settle(collection, view);
            page = pages.page(asked, view);
            // Something may come while the page is made that this view cannot judge; passing over
            // it, the page would move the reader's cursor beyond it. Or something is taken back.
        } while (!gate.knowsAll(view) || !mayGo(page, caller));
        if (objectId != null && page.objects().isEmpty()) {
            requireHeld(collection, objectId, view);
        }
        if (page.first() != null && page.last() != null) {
            response.setHeader("X-TAXII-Date-Added-First", TaxiiTimestamp.format(page.first()));
            response.setHeader("X-TAXII-Date-Added-Last", TaxiiTimestamp.format(page.last()));
        }
        send(response, 200, page.body());
    }

    /// Puts on record that a page goes to another organisation, unless something on it was taken back.
    private boolean mayGo(ServedPage page, Caller caller) {
        return page.objects().isEmpty()
                || gate.isOwn(caller.organisation())
                || deliveries.record(caller.organisation(), page.digest(), "taxii", page.objects());
    }

    /// Not held and withheld are answered alike.
    private void requireHeld(Collection collection, String objectId, View view) {
        Query any =
                new Query(
                        null,
                        List.of(objectId),
                        List.of(),
                        Query.Versions.ALL,
                        List.of("2.0", "2.1"));
        if (read.entries(collection, view, any, null, 1).items().isEmpty()) {
            throw TaxiiProblem.notFound("object");
        }
    }

    private View view(Caller caller) {
        return gate.view(caller.organisation(), Channel.TAXII);
    }

    private ApiRoot root(String name) {
        return catalogue.apiRoot(name).orElseThrow(() -> TaxiiProblem.notFound("API root"));
    }

    private Collection usable(String root, String idOrAlias, Caller caller) {
        root(root);
        return catalogue
                .collection(root, idOrAlias)
                .filter(collection -> caller.mayUse(collection.id()))
                .orElseThrow(() -> TaxiiProblem.notFound("collection"));
    }

    private Collection readable(
            String root, String idOrAlias, Caller caller, HttpServletRequest request) {
        negotiate(request);
        Collection collection = usable(root, idOrAlias, caller);
        if (!mayRead(collection, caller)) {
            throw forbidden(collection, caller, "read");
        }
        return collection;
    }

    /// A collection that may be neither read nor written might as well not be here.
    private static TaxiiProblem forbidden(Collection collection, Caller caller, String deed) {
        return mayRead(collection, caller) || mayWrite(collection, caller)
                ? new TaxiiProblem(403, "This collection may not be " + deed + " with your account")
                : TaxiiProblem.notFound("collection");
    }

    private static boolean mayRead(Collection collection, Caller caller) {
        return collection.canRead() && caller.is(Role.READER);
    }

    private static boolean mayWrite(Collection collection, Caller caller) {
        return collection.canWrite() && caller.is(Role.PUBLISHER);
    }

    private static ObjectNode describe(Collection collection, Caller caller) {
        return Resources.collection(
                collection, mayRead(collection, caller), mayWrite(collection, caller));
    }

    private static void negotiate(HttpServletRequest request) {
        var all = request.getHeaders("Accept");
        String accept =
                all.hasMoreElements() ? String.join(",", java.util.Collections.list(all)) : null;
        if (!MediaType.acceptsTaxii(accept)) {
            throw new TaxiiProblem(406, "This server answers as " + MediaType.TAXII_21);
        }
    }

    private static byte[] body(HttpServletRequest request, long limit) throws IOException {
        if (request.getContentLengthLong() > limit) {
            throw tooLong(limit);
        }
        byte[] body =
                request.getInputStream()
                        .readNBytes((int) Math.min(limit + 1, Integer.MAX_VALUE - 8));
        if (body.length > limit) {
            throw tooLong(limit);
        }
        return body;
    }

    private static TaxiiProblem tooLong(long limit) {
        return new TaxiiProblem(
                413, "A request has at most " + limit + " bytes (max_content_length)");
    }

    static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void send(HttpServletResponse response, int status, ObjectNode json)
            throws IOException {
        send(response, status, bytes(json));
    }

    static void send(HttpServletResponse response, int status, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.TAXII_21);
        response.setHeader("Cache-Control", "private, no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
