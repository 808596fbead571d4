package org.kerege.charter.act;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.kerege.stix.CanonicalJson;
import org.kerege.stix.Json;
import org.kerege.tlog.SigningKey;
import org.kerege.tlog.VerifierKey;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Signatures that stand in an object beside what they sign: a JWS in compact form without its payload, with the header
/// `{alg: EdDSA, kid: name of the key}` and nothing beyond. Source: RFC 7515 appendix F, RFC 8037.
public final class DetachedJws {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private DetachedJws() {}

    /// The signature of a key over a payload.
    public static String sign(SigningKey key, byte[] payload) {
        ObjectNode header = Json.mapper().createObjectNode();
        header.put("alg", "EdDSA").put("kid", key.verifier().name());
        String protectedHeader = BASE64.encodeToString(CanonicalJson.write(header));
        byte[] signature = key.sign(signingInput(protectedHeader, payload));
        return protectedHeader + ".." + BASE64.encodeToString(signature);
    }

    /// Whether a signature is that of `key` over a payload.
    public static boolean verifies(VerifierKey key, byte[] payload, String signature) {
        String[] parts = signature.split("\\.", -1);
        if (parts.length != 3 || !parts[1].isEmpty()) {
            return false;
        }
        try {
            JsonNode header = Json.mapper().readTree(Base64.getUrlDecoder().decode(parts[0]));
            // What a header marks as critical must be understood; we understand nothing beyond
            // these two.
            boolean known =
                    header.path("alg").asString("").equals("EdDSA")
                            && header.path("kid").asString("").equals(key.name())
                            && header.size() == 2;
            return known
                    && key.verifies(
                            signingInput(parts[0], payload),
                            Base64.getUrlDecoder().decode(parts[2]));
        } catch (IllegalArgumentException | JacksonException e) {
            return false;
        }
    }

    private static byte[] signingInput(String protectedHeader, byte[] payload) {
        return (protectedHeader + "." + BASE64.encodeToString(payload))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
