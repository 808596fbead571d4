package org.kerege.charter.act;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kerege.stix.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The report of a mandate, built from the records that its key signed: each figure names the acts that it counts.
public final class MandateReport {

    private MandateReport() {}

    /// The reports of all mandates, by the digest of the decision that gave each.
    ///
    /// @param at the time for which lapse and delay are asked
    public static ObjectNode all(AllianceState state, Instant at) {
        ObjectNode reports = Json.mapper().createObjectNode();
        state.mandates.forEach(
                (mandate, json) -> reports.set(mandate, report(state, mandate, json, at)));
        return reports;
    }

    private static ObjectNode report(
            AllianceState state, String mandate, ObjectNode json, Instant at) {
        List<ObjectNode> records = state.mandateRecords.getOrDefault(mandate, List.of());
        ObjectNode report = Json.mapper().createObjectNode();
        for (String name : List.of("title", "holder", "member", "from", "until", "limits")) {
            if (json.has(name)) {
                report.set(name, json.path(name));
            }
        }
        report.put("lapsed", !at.isBefore(Instant.parse(json.path("until").asString(""))));
        report.set("double_hat", doubleHat(state, mandate, json));
        ObjectNode tasks = report.putObject("tasks");
        ArrayNode unmet = report.putArray("unmet_tasks");
        for (JsonNode task : json.path("tasks")) {
            String name = task.asString("");
            ObjectNode counted = tasks.putObject(name);
            ArrayNode acts = counted.putArray("acts");
            for (ObjectNode one : records) {
                if (one.path("task").asString("").equals(name)) {
                    acts.add(one.path("act").asString(""));
                }
            }
            counted.put("records", acts.size());
            if (acts.isEmpty()) {
                unmet.add(name);
            }
        }
        ZoneId zone = state.rotation().rules().handover().zone();
        ArrayNode due = report.putArray("undelivered_reports");
        for (LocalDate day : undelivered(state, mandate, json)) {
            due.addObject()
                    .put("due", day.toString())
                    .put("overdue", day.isBefore(LocalDate.ofInstant(at, zone)));
        }
        return report;
    }

    /// Days on which a report is due that no record delivers; a record delivers with `report`, the day.
    static List<LocalDate> undelivered(AllianceState state, String mandate, ObjectNode json) {
        Set<String> delivered = new HashSet<>();
        for (ObjectNode one : state.mandateRecords.getOrDefault(mandate, List.of())) {
            delivered.add(one.path("report").asString(""));
        }
        List<LocalDate> days = new ArrayList<>();
        for (JsonNode day : json.path("reports")) {
            if (!delivered.contains(day.asString(""))) {
                days.add(LocalDate.parse(day.asString("")));
            }
        }
        return days;
    }

    /// Other mandates and offices of the same holder, which a reader must know.
    private static ArrayNode doubleHat(AllianceState state, String mandate, ObjectNode json) {
        ArrayNode others = Json.mapper().createArrayNode();
        String holder = json.path("holder").asString("");
        if (holder.isEmpty()) {
            return others;
        }
        for (Map.Entry<String, ObjectNode> other : state.mandates.entrySet()) {
            if (!other.getKey().equals(mandate)
                    && other.getValue().path("holder").asString("").equals(holder)) {
                others.add(other.getValue().path("title").asString(""));
            }
        }
        state.offices.forEach((office, held) -> {
            if (held.path("holder").asString("").equals(holder)) {
                others.add(office);
            }
        });
        return others;
    }

    /// Refuses a mandate whose dates or tasks cannot be read, before it is given.
    static void requireWellFormed(ObjectNode json) {
        for (String name : List.of("tasks", "reports")) {
            if (json.has(name) && !json.path(name).isArray()) {
                throw Refusal.malformed("'" + name + "' of a mandate is a list");
            }
        }
        for (JsonNode day : json.path("reports")) {
            try {
                LocalDate.parse(day.asString(""));
            } catch (DateTimeException e) {
                throw Refusal.malformed("'" + day.asString("") + "' is no day of a report");
            }
        }
    }
}
