package org.kerege.node.peers;

import java.io.IOException;
import java.io.InputStream;
import org.kerege.node.agreement.AgreementRefused;
import org.kerege.node.identity.Problems;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// How the routes of the peers read requests and answer them.
final class Answers {

    private Answers() {}

    /// What a route does with a request.
    @FunctionalInterface
    interface Deed {
        ResponseEntity<?> answer(JsonNode request);
    }

    /// Reads a JSON request and answers it; what is wrong with it is said.
    static ResponseEntity<?> to(InputStream body, int mostBytes, Deed deed) throws IOException {
        byte[] read = body.readNBytes(mostBytes + 1);
        if (read.length > mostBytes) {
            return Problems.answer(413, "a request has at most " + mostBytes + " bytes");
        }
        try {
            return deed.answer(Json.mapper().readTree(read));
        } catch (JacksonException e) {
            return Problems.answer(400, "a request is one JSON object");
        } catch (AgreementRefused | RecallRefused e) {
            return Problems.answer(409, String.valueOf(e.getMessage()));
        } catch (MalformedStix | IllegalArgumentException e) {
            return Problems.answer(400, String.valueOf(e.getMessage()));
        }
    }

    static ResponseEntity<?> json(int status, JsonNode json) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.toString());
    }

    /// A text that a request has to have.
    static String text(JsonNode request, String name) {
        JsonNode value = request.path(name);
        if (!value.isString() || value.stringValue().isBlank()) {
            throw new IllegalArgumentException("a request needs the text '" + name + "'");
        }
        return value.stringValue();
    }
}
