package org.kerege.node.peers;

import jakarta.servlet.http.HttpServletResponse;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.node.agreement.Agreement;
import org.kerege.node.agreement.Agreements;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Problems;
import org.kerege.node.identity.Role;
import org.kerege.stix.Json;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Bundles for and from peers without a network, for people of this node's own organisation. Several parts go over as one
/// body, each as its length in 8 bytes and then itself.
@RestController
final class BundleRoutes {

    private static final int MAX_REQUEST = 64 << 10;
    private static final long MAX_BYTES = 256L << 30;
    private static final int DEFAULT_PART_MEGABYTES = 640;
    private static final int LARGEST_PART_MEGABYTES = 1 << 20;

    private final Bundles bundles;
    private final BundleIntake intake;
    private final Agreements agreements;
    private final Gate gate;

    BundleRoutes(Bundles bundles, BundleIntake intake, Agreements agreements, Gate gate) {
        this.bundles = bundles;
        this.intake = intake;
        this.agreements = agreements;
        this.gate = gate;
    }

    @PostMapping("/peers/{agreement}/bundles")
    @Callers({Role.RELEASER, Role.ADMINISTRATOR})
    @Nullable ResponseEntity<?> make(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String agreement,
            InputStream body,
            HttpServletResponse response)
            throws IOException {
        if (!gate.isOwn(caller.organisation())) {
            return outside();
        }
        Agreement found =
                agreements.all().stream()
                        .filter(one ->
                                one.agreement().toString().equals(agreement)
                                        && one.acceptance() != null)
                        .findFirst()
                        .orElse(null);
        if (found == null) {
            return Problems.answer(404, "there is no accepted agreement " + agreement);
        }
        JsonNode request;
        try {
            request = Json.mapper().readTree(body.readNBytes(MAX_REQUEST));
        } catch (JacksonException e) {
            return Problems.answer(400, "a request is one JSON object");
        }
        double megabytes = request.path("part_megabytes").asDouble(DEFAULT_PART_MEGABYTES);
        if (megabytes < 0.01 || megabytes > LARGEST_PART_MEGABYTES) {
            return Problems.answer(
                    400, "a part has 0.01 to " + LARGEST_PART_MEGABYTES + " megabytes");
        }
        response.setContentType("application/octet-stream");
        OutputStream out = response.getOutputStream();
        bundles.make(
                found, (long) (megabytes * (1 << 20)), request.path("anew").asBoolean(false), out);
        return null;
    }

    @PostMapping("/peers/bundles")
    @Callers({Role.PUBLISHER, Role.ADMINISTRATOR})
    ResponseEntity<?> take(@AuthenticationPrincipal Caller caller, InputStream body)
            throws IOException {
        if (!gate.isOwn(caller.organisation())) {
            return outside();
        }
        List<Path> parts = new ArrayList<>();
        try {
            spool(new DataInputStream(body), parts);
            BundleIntake.Taken taken = intake.take(parts);
            return Answers.json(
                    201,
                    Json.mapper()
                            .createObjectNode()
                            .put("from", taken.from())
                            .put("number", taken.number())
                            .put("objects", taken.objects())
                            .put("refused", taken.refused())
                            .put("mail", taken.mail())
                            .put("same", taken.same()));
        } catch (BundleRefused e) {
            return Problems.answer(409, String.valueOf(e.getMessage()));
        } catch (EOFException e) {
            return Problems.answer(409, "changed: the bundle is cut off");
        } finally {
            for (Path one : parts) {
                Files.deleteIfExists(one);
            }
        }
    }

    private static void spool(DataInputStream body, List<Path> parts) throws IOException {
        long left = MAX_BYTES;
        for (int first = body.read(); first >= 0; first = body.read()) {
            long length = first;
            for (int i = 1; i < Long.BYTES; i++) {
                length = length << Byte.SIZE | body.readUnsignedByte();
            }
            left -= length;
            if (length < 0 || left < 0 || parts.size() == BundlePart.MOST_PARTS) {
                throw new BundleRefused("changed", "it is larger than any bundle may be");
            }
            Path part = Files.createTempFile("kerege-bundle", ".part");
            parts.add(part);
            try (OutputStream out = Files.newOutputStream(part)) {
                BundleWriter.copy(body, out, length);
            }
        }
    }

    private static ResponseEntity<?> outside() {
        return Problems.answer(403, "bundles are a matter of the node's own organisation");
    }
}
