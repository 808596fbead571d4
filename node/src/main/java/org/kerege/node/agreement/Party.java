package org.kerege.node.agreement;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixId;
import org.kerege.tlog.MalformedLog;
import org.kerege.tlog.VerifierKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One side of an agreement as it presents itself.
///
/// @param organisation its name
/// @param identity its STIX identity
/// @param key with which it signs
/// @param address root of its node's addresses; null where it only calls and is not called
/// @param certificate SHA-256 of its TLS certificate's public key, hexadecimal; null where it speaks plain HTTP
/// @param gives aliases of the collections that it lets the other side read
public record Party(
        String organisation,
        StixId identity,
        VerifierKey key,
        @Nullable URI address,
        @Nullable String certificate,
        List<String> gives) {

    private static final int MOST_COLLECTIONS = 100;

    public Party {
        gives = List.copyOf(gives);
    }

    static Party read(JsonNode json) {
        List<String> gives = json.path("gives").valueStream().map(one -> one.asString("")).toList();
        if (gives.size() > MOST_COLLECTIONS || gives.stream().anyMatch(String::isBlank)) {
            throw new MalformedStix(
                    "/party/gives", "up to " + MOST_COLLECTIONS + " names", "is something else");
        }
        return new Party(
                SignedObject.text(json, "organisation"),
                identity(json),
                key(SignedObject.text(json, "key")),
                json.has("address") ? address(SignedObject.text(json, "address")) : null,
                json.has("certificate") ? SignedObject.text(json, "certificate") : null,
                gives);
    }

    private static StixId identity(JsonNode json) {
        StixId id = StixId.parse(SignedObject.text(json, "identity"));
        if (!id.type().equals("identity")) {
            throw new MalformedStix("/party/identity", "names an identity", "names a " + id.type());
        }
        return id;
    }

    /// @throws MalformedStix when the text is no key
    static VerifierKey key(String text) {
        try {
            return VerifierKey.parse(text);
        } catch (MalformedLog e) {
            throw new MalformedStix("/key", "a verifier key", String.valueOf(e.getMessage()));
        }
    }

    private static URI address(String text) {
        try {
            URI address = URI.create(text);
            if (address.getHost() != null
                    && List.of("http", "https").contains(address.getScheme())) {
                return text.endsWith("/") ? address : URI.create(text + "/");
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new MalformedStix("/party/address", "begins with https:// or http://", "is " + text);
    }

    void writeTo(ObjectNode json) {
        json.put("organisation", organisation)
                .put("identity", identity.toString())
                .put("key", key.toString());
        if (address != null) {
            json.put("address", address.toString());
        }
        if (certificate != null) {
            json.put("certificate", certificate);
        }
        ArrayNode list = json.putArray("gives");
        gives.forEach(list::add);
    }

    Party with(VerifierKey other) {
        return new Party(organisation, identity, other, address, certificate, gives);
    }
}
