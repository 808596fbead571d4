package org.kerege.charter.alliance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.kerege.charter.MalformedCharter;
import org.kerege.charter.act.Act;
import org.kerege.stix.BundleReader;
import org.kerege.stix.CanonicalJson;
import org.kerege.stix.Json;
import org.kerege.stix.StixObject;
import org.kerege.stix.Timestamp;
import org.kerege.tlog.LogProof;
import org.kerege.tlog.MalformedLog;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Acts and their proofs as one STIX bundle. A proof is an object of type `alliance-act-proof` with `act_ref`, `digest`
/// and the text of a C2SP tlog-proof. Objects of other types are passed over.
public final class ActBundle {

    /// Largest bundle that is read.
    public static final int MAX_BYTES = 256 << 20;

    /// The STIX type of proofs.
    public static final String PROOF_TYPE = "alliance-act-proof";

    private ActBundle() {}

    /// A proof and the digest of the act that it is about.
    public record Proof(String digest, LogProof proof) {}

    /// Reads a bundle.
    ///
    /// @return the acts in the order of the bundle, each once
    /// @throws MalformedCharter when it is none, or an act or proof in it is none
    public static List<ProvenAct> read(byte[] utf8) throws IOException {
        if (utf8.length > MAX_BYTES) {
            throw new MalformedCharter("", "a bundle has at most " + MAX_BYTES + " bytes");
        }
        Map<String, Act> acts = new LinkedHashMap<>();
        Map<String, List<LogProof>> proofs = new HashMap<>();
        BundleReader.read(
                new ByteArrayInputStream(utf8),
                item -> {
                    switch (item) {
                        case BundleReader.Item.Refused refused ->
                                throw new MalformedCharter(
                                        "/objects/" + refused.index(),
                                        String.valueOf(refused.why().getMessage()));
                        case BundleReader.Item.Read(int index, StixObject object) ->
                                read(index, object, acts, proofs);
                    }
                });
        List<ProvenAct> proven = new ArrayList<>();
        acts.forEach((digest, act) ->
                proven.add(new ProvenAct(act, proofs.getOrDefault(digest, List.of()))));
        return proven;
    }

    private static void read(
            int index,
            StixObject object,
            Map<String, Act> acts,
            Map<String, List<LogProof>> proofs) {
        try {
            if (object.type().equals(Act.TYPE)) {
                Act act = Act.read(object.json());
                acts.put(act.digest(), act);
            } else if (object.type().equals(PROOF_TYPE)) {
                Proof proof = readProof(object.json());
                proofs.computeIfAbsent(proof.digest(), _ -> new ArrayList<>()).add(proof.proof());
            }
        } catch (MalformedCharter | MalformedLog e) {
            throw new MalformedCharter("/objects/" + index, String.valueOf(e.getMessage()));
        }
    }

    /// Reads a proof from UTF-8.
    ///
    /// @throws MalformedCharter when it is no JSON
    /// @throws MalformedLog when its proof is none
    public static Proof readProof(byte[] utf8) {
        try {
            return readProof(Json.mapper().readTree(utf8));
        } catch (JacksonException e) {
            throw new MalformedCharter("", "is not JSON: " + Json.reason(e));
        }
    }

    private static Proof readProof(JsonNode json) {
        return new Proof(
                json.path("digest").asString(""), LogProof.parse(json.path("proof").asString("")));
    }

    /// Writes a bundle; the same acts and proofs give the same bytes.
    public static byte[] write(List<ProvenAct> acts) {
        ObjectNode bundle = Json.mapper().createObjectNode().put("type", "bundle");
        ArrayNode objects = bundle.putArray("objects");
        for (ProvenAct proven : acts) {
            objects.add(proven.act().json());
            for (LogProof proof : proven.proofs()) {
                objects.add(proofObject(proven.act(), proof));
            }
        }
        bundle.put("id", "bundle--" + UUID.nameUUIDFromBytes(CanonicalJson.write(objects)));
        return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(bundle);
    }

    /// A proof as a STIX object.
    public static ObjectNode proofObject(Act act, LogProof proof) {
        ObjectNode object = Json.mapper().createObjectNode();
        String text = proof.toString();
        UUID id = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        object.put("type", PROOF_TYPE).put("spec_version", "2.1").put("id", PROOF_TYPE + "--" + id);
        String created = Timestamp.format(act.claimed());
        object.put("created", created).put("modified", created);
        object.putObject("extensions").putObject(Act.EXTENSION).put("extension_type", "new-sdo");
        object.put("act_ref", act.id().toString());
        return object.put("digest", act.digest()).put("proof", text);
    }
}
