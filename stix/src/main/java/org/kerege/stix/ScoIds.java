package org.kerege.stix;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Deterministic identifiers of cyber-observable objects: the same observable made by two members has the same
/// identifier. Source: STIX 2.1 §2.9 and "ID Contributing Properties" of each type in §6.
public final class ScoIds {

    private static final UUID NAMESPACE = UUID.fromString("00abedb4-aa42-466c-9c01-fed23315a9b7");

    /// The one hash that contributes is the first of these that is there, else the first in code-point order.
    private static final List<String> HASH_ORDER = List.of("MD5", "SHA-1", "SHA-256", "SHA-512");

    private static final Map<String, List<String>> CONTRIBUTING =
            Map.ofEntries(
                    Map.entry("artifact", List.of("hashes", "payload_bin")),
                    Map.entry("autonomous-system", List.of("number")),
                    Map.entry("directory", List.of("path")),
                    Map.entry("domain-name", List.of("value")),
                    Map.entry("email-addr", List.of("value")),
                    Map.entry("email-message", List.of("body", "from_ref", "subject")),
                    Map.entry(
                            "file",
                            List.of("extensions", "hashes", "name", "parent_directory_ref")),
                    Map.entry("ipv4-addr", List.of("value")),
                    Map.entry("ipv6-addr", List.of("value")),
                    Map.entry("mac-addr", List.of("value")),
                    Map.entry("mutex", List.of("name")),
                    Map.entry(
                            "network-traffic",
                            List.of(
                                    "dst_port",
                                    "dst_ref",
                                    "end",
                                    "extensions",
                                    "protocols",
                                    "src_port",
                                    "src_ref",
                                    "start")),
                    Map.entry("process", List.of()),
                    Map.entry("software", List.of("cpe", "name", "swid", "vendor", "version")),
                    Map.entry("url", List.of("value")),
                    Map.entry("user-account", List.of("account_login", "account_type", "user_id")),
                    Map.entry("windows-registry-key", List.of("key", "values")),
                    Map.entry("x509-certificate", List.of("hashes", "serial_number")));

    private ScoIds() {}

    /// The identifier of an observable, from its `type` and contributing properties; a random one where nothing
    /// contributes. An `id` that is already there is not looked at.
    ///
    /// @throws MalformedStix when there is no `type`
    public static StixId idOf(ObjectNode sco) {
        String type = sco.path("type").asString("");
        ObjectNode contributing = contributing(sco);
        UUID uuid =
                contributing == null
                        ? UUID.randomUUID()
                        : version5(CanonicalJson.write(contributing));
        return new StixId(type, uuid);
    }

    /// The properties that the identifier is computed from.
    ///
    /// @return null when none is there
    public static @Nullable ObjectNode contributing(ObjectNode sco) {
        ObjectNode found = Json.mapper().createObjectNode();
        for (String name : CONTRIBUTING.getOrDefault(sco.path("type").asString(""), List.of())) {
            JsonNode value = sco.get(name);
            if (value == null) {
                continue;
            }
            if (name.equals("hashes")) {
                if (value instanceof ObjectNode hashes && !hashes.isEmpty()) {
                    String chosen = chosenHash(hashes);
                    found.putObject(name).set(chosen, hashes.get(chosen));
                }
            } else {
                found.set(name, value);
            }
        }
        return found.isEmpty() ? null : found;
    }

    private static String chosenHash(ObjectNode hashes) {
        return HASH_ORDER.stream()
                .filter(hashes::has)
                .findFirst()
                .orElseGet(
                        () -> hashes.propertyNames().stream().sorted().findFirst().orElseThrow());
    }

    /// A UUID of version 5 in STIX's namespace. Source: RFC 4122 §4.3.
    private static UUID version5(byte[] name) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(
                    ByteBuffer.allocate(16)
                            .putLong(NAMESPACE.getMostSignificantBits())
                            .putLong(NAMESPACE.getLeastSignificantBits())
                            .array());
            ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name));
            long high = (hash.getLong() & ~0xF000L) | 0x5000L;
            long low = (hash.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    /// The UUID of version 5 that `text` has in STIX's namespace, for objects that Kerege itself makes twice.
    public static UUID uuidOf(String text) {
        return version5(text.getBytes(StandardCharsets.UTF_8));
    }
}
