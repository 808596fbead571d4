package org.kerege.node.enforcement;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Role;
import org.kerege.pattern.decay.Decay;
import org.kerege.pattern.enforce.Enforcement;
import org.kerege.stix.Json;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Exports for enforcement, as a firewall or a sensor fetches them: `/enforcement/FORMAT?use=…&kind=…`. One file comes
/// as text, several in a ZIP archive; whoever accepts JSON alone is told too what was left out and why.
@RestController
final class ExportRoutes {

    private final HeldIndicators held;

    ExportRoutes(HeldIndicators held) {
        this.held = held;
    }

    @GetMapping("/enforcement/{format}")
    @Callers(Role.READER)
    ResponseEntity<byte[]> export(
            @PathVariable String format,
            @RequestParam(required = false) @Nullable String use,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(name = "min-score", defaultValue = "0") int minScore,
            @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = "*/*") String accept,
            @AuthenticationPrincipal Caller caller)
            throws IOException {
        Wanted wanted;
        try {
            wanted = Wanted.read(format, use, kind).with(Decay.usual(), minScore);
        } catch (IllegalArgumentException e) {
            ProblemDetail problem = ProblemDetail.forStatus(400);
            problem.setDetail(e.getMessage());
            return ResponseEntity.badRequest()
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(Json.mapper().writeValueAsBytes(problem));
        }
        Enforcement.Written written = held.export(wanted, caller);
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.ok()
                        .header("Kerege-Indicators", Integer.toString(written.indicators()))
                        .header("Kerege-Left-Out", Integer.toString(written.refusals().size()))
                        .header("X-Content-Type-Options", "nosniff");
        if (accept.startsWith(MediaType.APPLICATION_JSON_VALUE)) {
            return answer.contentType(MediaType.APPLICATION_JSON)
                    .body(json(written).toString().getBytes(StandardCharsets.UTF_8));
        }
        if (written.files().size() == 1) {
            return answer.contentType(new MediaType("text", "plain", StandardCharsets.UTF_8))
                    .body(
                            written.files()
                                    .values()
                                    .iterator()
                                    .next()
                                    .getBytes(StandardCharsets.UTF_8));
        }
        return answer.contentType(MediaType.parseMediaType("application/zip"))
                .body(zip(written.files()));
    }

    private static ObjectNode json(Enforcement.Written written) {
        ObjectNode json = Json.mapper().createObjectNode();
        ObjectNode files = json.putObject("files");
        written.files().forEach(files::put);
        json.put("indicators", written.indicators()).put("values", written.values());
        ArrayNode leftOut = json.putArray("left_out");
        written.refusals()
                .forEach(one ->
                        leftOut.addObject()
                                .put("indicator", one.indicator())
                                .put("reason", one.reason()));
        return json;
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                // Equal exports are equal bytes.
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
