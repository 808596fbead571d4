package org.kerege.node.peers;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.kerege.node.agreement.Agreement;
import org.kerege.node.agreement.Party;
import org.kerege.stix.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Mail over HTTP, in bounds of time and size. The other node's TLS key is the one that the agreement pins, where it
/// pins one.
final class HttpWire implements Post.Wire, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration HOLDING = HeldRoute.HELD.plusSeconds(15);
    private static final int LONGEST_REASON = 4_000;

    private final PeerCredentials credentials;
    private final PinnedClients clients = new PinnedClients();

    HttpWire(PeerKeys keys, Clock clock) {
        this.credentials = new PeerCredentials(keys, clock);
    }

    PeerCredentials credentials() {
        return credentials;
    }

    @Override
    public JsonNode ask(Agreement agreement, ObjectNode question)
            throws IOException, InterruptedException {
        return post(agreement, PeerMailRoute.PATH, PATIENCE, question);
    }

    /// Asks the other side to answer when it has something new.
    JsonNode hold(Agreement agreement, ObjectNode question)
            throws IOException, InterruptedException {
        return post(agreement, HeldRoute.PATH, HOLDING, question);
    }

    private JsonNode post(Agreement agreement, String path, Duration patience, ObjectNode question)
            throws IOException, InterruptedException {
        Party other = Objects.requireNonNull(agreement.otherParty());
        URI address = other.address();
        if (address == null) {
            throw new IOException(other.organisation() + " has no address; it calls this node");
        }
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve("." + path))
                        .timeout(patience)
                        .header("Authorization", credentials.header(agreement))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(question.toString()))
                        .build();
        HttpClient client = clients.of(other);
        HttpResponse<InputStream> answer =
                client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            byte[] read = body.readNBytes(Post.MAX_BYTES + 1);
            if (read.length > Post.MAX_BYTES) {
                throw new IOException("it sends an answer that does not end");
            }
            JsonNode json = Json.mapper().readTree(read);
            if (answer.statusCode() != 200) {
                String why =
                        json.path("detail")
                                .asString(json.path("title").asString("no reason given"));
                throw new IOException(
                        "it answers "
                                + answer.statusCode()
                                + ": "
                                + why.substring(0, Math.min(why.length(), LONGEST_REASON)));
            }
            return json;
        } catch (JacksonException e) {
            throw new IOException("it answers " + answer.statusCode() + " and no JSON", e);
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
