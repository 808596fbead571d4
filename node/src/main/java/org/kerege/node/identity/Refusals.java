package org.kerege.node.identity;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.kerege.stix.Json;
import org.kerege.taxii.MediaType;

/// Answers to callers that are not let in, as TAXII error messages, which people and programs can read. Source:
/// TAXII 2.1 §3.6.1.
final class Refusals {

    private Refusals() {}

    static void unauthorised(HttpServletResponse response) throws IOException {
        CallerFilter.challenges()
                .forEach(challenge -> response.addHeader("WWW-Authenticate", challenge));
        write(
                response,
                401,
                "Say who you are: Basic or Bearer credentials of an account of this node");
    }

    static void write(HttpServletResponse response, int status, String title) throws IOException {
        byte[] body =
                Json.mapper()
                        .createObjectNode()
                        .put("title", title)
                        .put("http_status", Integer.toString(status))
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(MediaType.TAXII_21);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
