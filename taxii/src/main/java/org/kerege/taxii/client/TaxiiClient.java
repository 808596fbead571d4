package org.kerege.taxii.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.BundleReader;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixObject;
import org.kerege.taxii.MalformedTaxii;
import org.kerege.taxii.TaxiiTimestamp;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Speaks TAXII 2.1 with another server. Safe for several threads; every method blocks until it is answered, waits
/// and tries again while the server is busy, and gives up within the bounds of its [ClientSettings].
public final class TaxiiClient {

    private static final int MAX_RESOURCE_BYTES = 16 << 20;
    private static final int MAX_COLLECTIONS = 10_000;
    private static final int MAX_POLLS = 120;
    private static final int PUSH_OBJECTS = 1_000;
    private static final byte[] OPENING = "{\"objects\":[".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CLOSING = "]}".getBytes(StandardCharsets.UTF_8);

    private final ClientSettings settings;
    private final Transport transport;

    public TaxiiClient(ClientSettings settings) {
        this.settings = settings;
        this.transport = new Transport(settings);
    }

    /// The collections behind an address as people paste it: of a discovery resource, an API root, its
    /// collections, one collection or its objects, with or without the last slash.
    ///
    /// @throws TaxiiFailure when there is no TAXII 2.1 to be found
    public List<RemoteCollection> collectionsAt(URI pasted)
            throws IOException, InterruptedException {
        URI address = withSlash(checked(pasted));
        String path = address.getRawPath();
        if (path.endsWith("/objects/") || path.endsWith("/manifest/")) {
            return collectionsAt(address.resolve("../"));
        }
        JsonNode resource = resource(address);
        if (resource.has("api_roots")) {
            return behindDiscovery(address, resource);
        }
        if (resource.path("collections").isArray()) {
            return listed(root(address.resolve("../")), address, resource);
        }
        if (resource.has("id") && (resource.has("can_read") || path.contains("/collections/"))) {
            return List.of(collection(root(address.resolve("../../")), address, resource));
        }
        if (resource.has("max_content_length") || resource.has("versions")) {
            return collections(root(address, resource));
        }
        throw unusable(address, "is no resource of TAXII 2.1");
    }

    private List<RemoteCollection> behindDiscovery(URI address, JsonNode discovery)
            throws IOException, InterruptedException {
        List<RemoteCollection> all = new ArrayList<>();
        @Nullable TaxiiFailure last = null;
        for (JsonNode one : discovery.path("api_roots")) {
            URI rootAddress = below(address, one.asString(""));
            try {
                all.addAll(collections(root(rootAddress, resource(rootAddress))));
            } catch (TaxiiFailure e) {
                // A server may list roots that this caller may not enter; the others still count.
                last = e;
            }
        }
        if (all.isEmpty() && last != null) {
            throw last;
        }
        return all;
    }

    /// The collections of an API root, in the server's order.
    public List<RemoteCollection> collections(RemoteRoot root)
            throws IOException, InterruptedException {
        URI address = root.address().resolve("collections/");
        return listed(root, address, resource(address));
    }

    private static List<RemoteCollection> listed(RemoteRoot root, URI address, JsonNode resource)
            throws TaxiiFailure {
        List<RemoteCollection> all = new ArrayList<>();
        for (JsonNode one : resource.path("collections")) {
            String id = one.path("id").asString("");
            if (!id.isEmpty() && all.size() < MAX_COLLECTIONS) {
                all.add(collection(root, below(address, id), one));
            }
        }
        return all;
    }

    private static RemoteCollection collection(RemoteRoot root, URI address, JsonNode resource) {
        return new RemoteCollection(
                root,
                address,
                resource.path("id").asString(""),
                resource.path("alias").isString() ? resource.path("alias").asString() : null,
                resource.path("title").asString(""),
                resource.path("can_read").asBoolean(true),
                resource.path("can_write").asBoolean(true));
    }

    /// The API root at an address; one that cannot be read is taken as it is, since the collection was found.
    private RemoteRoot root(URI address) throws IOException, InterruptedException {
        try {
            return root(address, resource(address));
        } catch (TaxiiFailure e) {
            return new RemoteRoot(address, "", RemoteRoot.UNSAID_MAX_CONTENT);
        }
    }

    private static RemoteRoot root(URI address, JsonNode resource) {
        long max = resource.path("max_content_length").asLong(0);
        return new RemoteRoot(
                address,
                resource.path("title").asString(""),
                max > 0 ? max : RemoteRoot.UNSAID_MAX_CONTENT);
    }

    /// One page of objects, handed out as they arrive, in memory for one at a time. When this throws, what was
    /// handed out is a part of the page.
    public PageEnd objects(
            RemoteCollection collection, PageRequest request, Consumer<BundleReader.Item> items)
            throws IOException, InterruptedException {
        URI address = collection.address().resolve("objects/?" + request.query());
        int[] count = {0};
        try (Transport.Answer answer = transport.get(address, settings.pageBytes())) {
            EnvelopeFrame frame = new EnvelopeFrame(answer.body());
            try {
                BundleReader.readEnvelope(
                        frame,
                        item -> {
                            count[0]++;
                            items.accept(item);
                        });
            } catch (MalformedStix e) {
                // An envelope without objects is an empty one.
                if (!frame.isWhole() || frame.has("objects") || frame.has("http_status")) {
                    throw new TaxiiFailure(
                            TaxiiFailure.Kind.UNUSABLE,
                            address,
                            "sends no envelope (" + answer.header("Content-Type") + ")",
                            e);
                }
            }
            String next = frame.text("next");
            return new PageEnd(
                    count[0],
                    "true".equalsIgnoreCase(frame.text("more")),
                    next == null || next.isEmpty() ? null : next,
                    instant(answer.header("X-TAXII-Date-Added-First")),
                    instant(answer.header("X-TAXII-Date-Added-Last")));
        }
    }

    /// Hands objects over, in as many requests as the server's largest body allows, and waits until it has decided
    /// on each.
    ///
    /// @return all counts together; `complete` is false when the server has not decided within the time of waiting
    /// @throws TaxiiFailure when a request is refused; what the requests before it handed over stays there
    public PushStatus push(RemoteCollection collection, Iterable<StixObject> objects)
            throws IOException, InterruptedException {
        PushStatus all = new PushStatus("", true, 0, 0, 0, List.of());
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int inBody = 0;
        long max = collection.root().maxContentLength();
        for (StixObject object : objects) {
            long alone = (long) OPENING.length + object.bytes().length + CLOSING.length;
            if (alone > max) {
                all = all.and(tooLarge(object, max));
                continue;
            }
            if (inBody == PUSH_OBJECTS
                    || (inBody > 0
                            && body.size() + 1L + object.bytes().length + CLOSING.length > max)) {
                all = all.and(post(collection, body));
                inBody = 0;
            }
            if (inBody == 0) {
                body.reset();
                body.write(OPENING);
            } else {
                body.write(',');
            }
            body.write(object.bytes());
            inBody++;
        }
        return inBody == 0 ? all : all.and(post(collection, body));
    }

    private static PushStatus tooLarge(StixObject object, long max) {
        return new PushStatus(
                "",
                true,
                0,
                1,
                0,
                List.of(
                        new PushStatus.Failure(
                                object.id().toString(),
                                "is larger than the "
                                        + max
                                        + " bytes that the server takes in one request")));
    }

    private PushStatus post(RemoteCollection collection, ByteArrayOutputStream body)
            throws IOException, InterruptedException {
        body.write(CLOSING);
        URI address = collection.address().resolve("objects/");
        PushStatus status;
        try (Transport.Answer answer =
                transport.post(address, body.toByteArray(), MAX_RESOURCE_BYTES)) {
            status = PushStatus.read(read(answer));
        }
        Duration wait = Duration.ofMillis(100);
        for (int polls = 0; !status.complete() && polls < MAX_POLLS; polls++) {
            if (status.id().isEmpty()) {
                return status;
            }
            settings.pauses().pause(wait);
            wait = wait.compareTo(Duration.ofSeconds(5)) < 0 ? wait.multipliedBy(2) : wait;
            URI poll = below(collection.root().address().resolve("status/"), status.id());
            status = PushStatus.read(resource(poll));
        }
        return status;
    }

    private JsonNode resource(URI address) throws IOException, InterruptedException {
        try (Transport.Answer answer = transport.get(address, MAX_RESOURCE_BYTES)) {
            return read(answer);
        }
    }

    private static JsonNode read(Transport.Answer answer) throws IOException {
        try {
            JsonNode resource = Json.mapper().readTree(answer.body().readAllBytes());
            if (resource.isObject()) {
                return resource;
            }
            throw unusable(answer.address(), "sends no JSON object");
        } catch (JacksonException e) {
            throw new TaxiiFailure(
                    TaxiiFailure.Kind.UNUSABLE,
                    answer.address(),
                    "sends no JSON (" + answer.header("Content-Type") + ")",
                    e);
        }
    }

    private static @Nullable Instant instant(@Nullable String header) {
        if (header == null) {
            return null;
        }
        try {
            return TaxiiTimestamp.parse(
                    "X-TAXII-Date-Added", header.strip().replace("+00:00", "Z"));
        } catch (MalformedTaxii e) {
            return null;
        }
    }

    private static URI below(URI address, String reference) throws TaxiiFailure {
        try {
            return withSlash(checked(address.resolve(reference)));
        } catch (IllegalArgumentException e) {
            throw unusable(address, "names what is no address");
        }
    }

    private static URI checked(URI address) {
        if (address.getHost() == null
                || !("http".equalsIgnoreCase(address.getScheme())
                        || "https".equalsIgnoreCase(address.getScheme()))) {
            throw new IllegalArgumentException("an address begins with https:// or http://");
        }
        if (address.getRawUserInfo() != null) {
            throw new IllegalArgumentException("an address holds no user and no password");
        }
        return address;
    }

    /// Without query and fragment, and with the slash that TAXII addresses end with: without it some servers
    /// redirect, and a POST is lost.
    private static URI withSlash(URI address) {
        String text =
                address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath();
        return URI.create(text.endsWith("/") ? text : text + "/");
    }

    private static TaxiiFailure unusable(URI address, String reason) {
        return new TaxiiFailure(TaxiiFailure.Kind.UNUSABLE, 0, address, reason);
    }
}
