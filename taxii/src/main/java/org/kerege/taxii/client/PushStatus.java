package org.kerege.taxii.client;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What became of objects that were handed over, TAXII 2.1 §4.3.1.
///
/// @param id of the status resource, empty where the server gives none
/// @param failures those refused, with the server's reason
public record PushStatus(
        String id,
        boolean complete,
        int success,
        int failure,
        int pending,
        List<Failure> failures) {

    public PushStatus {
        failures = List.copyOf(failures);
    }

    /// One object that was not taken.
    public record Failure(String id, String message) {}

    static PushStatus read(JsonNode status) {
        List<Failure> failures = new ArrayList<>();
        for (JsonNode one : status.path("failures")) {
            failures.add(
                    new Failure(one.path("id").asString(""), one.path("message").asString("")));
        }
        return new PushStatus(
                status.path("id").asString(""),
                !"pending".equals(status.path("status").asString("complete")),
                status.path("success_count").asInt(0),
                status.path("failure_count").asInt(failures.size()),
                status.path("pending_count").asInt(0),
                failures);
    }

    PushStatus and(PushStatus other) {
        List<Failure> all = new ArrayList<>(failures);
        all.addAll(other.failures);
        return new PushStatus(
                other.id,
                complete && other.complete,
                success + other.success,
                failure + other.failure,
                pending + other.pending,
                all);
    }
}
