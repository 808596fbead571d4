package org.kerege.node.exchange.taxii;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.kerege.node.exchange.ApiRoot;
import org.kerege.node.exchange.Collection;
import org.kerege.node.exchange.Verdicts;
import org.kerege.stix.Json;
import org.kerege.taxii.MediaType;
import org.kerege.taxii.TaxiiTimestamp;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON of TAXII's small resources. Empty lists are left out, as the standard asks.
final class Resources {

    private Resources() {}

    /// Source: TAXII 2.1 §4.1.1.
    static ObjectNode discovery(String title, String address, List<ApiRoot> roots) {
        ObjectNode json = Json.mapper().createObjectNode().put("title", title);
        json.put("description", "TAXII 2.1 server of a Kerege node");
        if (!roots.isEmpty()) {
            roots.stream()
                    .filter(ApiRoot::isDefault)
                    .findFirst()
                    .ifPresent(root -> json.put("default", address + "/" + root.name() + "/"));
            ArrayNode list = json.putArray("api_roots");
            roots.forEach(root -> list.add(address + "/" + root.name() + "/"));
        }
        return json;
    }

    /// Source: TAXII 2.1 §4.2.1.
    static ObjectNode apiRoot(ApiRoot root) {
        ObjectNode json = Json.mapper().createObjectNode().put("title", root.title());
        if (root.description() != null) {
            json.put("description", root.description());
        }
        json.putArray("versions").add(MediaType.TAXII_21);
        return json.put("max_content_length", root.maxContentLength());
    }

    /// Source: TAXII 2.1 §5.1.1.
    static ObjectNode collections(List<ObjectNode> collections) {
        ObjectNode json = Json.mapper().createObjectNode();
        if (!collections.isEmpty()) {
            json.putArray("collections").addAll(collections);
        }
        return json;
    }

    /// Source: TAXII 2.1 §5.2.1.
    static ObjectNode collection(Collection collection, boolean canRead, boolean canWrite) {
        ObjectNode json =
                Json.mapper()
                        .createObjectNode()
                        .put("id", collection.id().toString())
                        .put("title", collection.title());
        if (collection.description() != null) {
            json.put("description", collection.description());
        }
        if (collection.alias() != null) {
            json.put("alias", collection.alias());
        }
        json.put("can_read", canRead).put("can_write", canWrite);
        ArrayNode types = json.putArray("media_types");
        for (String version : collection.specVersions().split(",")) {
            types.add(MediaType.ofStix(version));
        }
        return json;
    }

    /// Source: TAXII 2.1 §4.3.1.
    static ObjectNode status(UUID id, Instant requested, Verdicts verdicts) {
        List<Verdicts.Verdict> accepted = verdicts.accepted();
        List<Verdicts.Verdict> refused = verdicts.refused();
        ObjectNode json =
                Json.mapper()
                        .createObjectNode()
                        .put("id", id.toString())
                        .put("status", "complete")
                        .put("request_timestamp", TaxiiTimestamp.format(requested))
                        .put("total_count", verdicts.all().size())
                        .put("success_count", accepted.size())
                        .put("failure_count", refused.size())
                        .put("pending_count", 0);
        putDetails(json, "successes", accepted);
        putDetails(json, "failures", refused);
        return json;
    }

    private static void putDetails(ObjectNode json, String name, List<Verdicts.Verdict> verdicts) {
        if (verdicts.isEmpty()) {
            return;
        }
        ArrayNode list = json.putArray(name);
        for (Verdicts.Verdict verdict : verdicts) {
            list.addObject()
                    .put(
                            "id",
                            verdict.objectId() == null
                                    ? "object " + verdict.index()
                                    : verdict.objectId())
                    .put("version", verdict.version() == null ? "" : verdict.version())
                    .put("message", verdict.message());
        }
    }

    /// Source: TAXII 2.1 §3.6.1.
    static ObjectNode error(int status, String title) {
        return Json.mapper()
                .createObjectNode()
                .put("title", title)
                .put("http_status", Integer.toString(status));
    }
}
