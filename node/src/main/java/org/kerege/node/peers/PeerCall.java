package org.kerege.node.peers;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.kerege.tlog.SigningKey;
import org.kerege.tlog.VerifierKey;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The credentials of a node that calls another: a short statement, signed with the key that the agreement pins, that it
/// calls this one now. It names the agreement and the one called, so that nobody can use it elsewhere, and is over after
/// five minutes. What is called must be reached over TLS or loopback, as with any bearer's credentials.
///
/// @param to identity of the organisation that is called
record PeerCall(UUID agreement, StixId to, Instant at) {

    /// Name of the scheme in the `Authorization` header.
    static final String SCHEME = "Kerege-Peer";

    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final int LONGEST = 1_000;
    private static final byte[] CONTEXT = "kerege peer call\n".getBytes(StandardCharsets.US_ASCII);

    /// A call as read, before it is known whose it is.
    record Claimed(PeerCall call, byte[] statement, byte[] signature) {

        boolean isSignedBy(VerifierKey key) {
            return key.verifies(inContext(statement), signature);
        }
    }

    /// The header's value.
    String header(SigningKey key) {
        byte[] statement =
                Json.mapper()
                        .createObjectNode()
                        .put("agreement", agreement.toString())
                        .put("to", to.toString())
                        .put("at", at.toString())
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return SCHEME
                + " "
                + encoder.encodeToString(statement)
                + "."
                + encoder.encodeToString(key.sign(inContext(statement)));
    }

    /// Reads what comes after the scheme; null when it is none.
    static @Nullable Claimed read(String credentials) {
        int dot = credentials.indexOf('.');
        if (dot < 0 || credentials.length() > LONGEST) {
            return null;
        }
        try {
            byte[] statement = Base64.getUrlDecoder().decode(credentials.substring(0, dot));
            byte[] signature =
                    Base64.getUrlDecoder().decode(credentials.substring(dot + 1).strip());
            JsonNode json = Json.mapper().readTree(statement);
            PeerCall call =
                    new PeerCall(
                            UUID.fromString(json.path("agreement").asString("")),
                            StixId.parse(json.path("to").asString("")),
                            Instant.parse(json.path("at").asString("")));
            return new Claimed(call, statement, signature);
        } catch (RuntimeException e) {
            if (e instanceof IllegalArgumentException
                    || e instanceof JacksonException
                    || e instanceof java.time.DateTimeException
                    || e instanceof org.kerege.stix.MalformedStix) {
                return null;
            }
            throw e;
        }
    }

    /// Whether it was made within the last minutes, by clocks that may differ by as much.
    boolean isFresh(Instant now) {
        return Duration.between(at, now).abs().compareTo(LIFE) <= 0;
    }

    private static byte[] inContext(byte[] statement) {
        byte[] all = new byte[CONTEXT.length + statement.length];
        System.arraycopy(CONTEXT, 0, all, 0, CONTEXT.length);
        System.arraycopy(statement, 0, all, CONTEXT.length, statement.length);
        return all;
    }
}
