package org.kerege.node.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.AccountLog;
import org.kerege.node.identity.AccountLog.Event;
import org.kerege.node.identity.AccountLog.Kind;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Role;
import org.kerege.node.ledger.EntryKind;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// What happened, for auditors and administrators of the node's own organisation: sign-ins and accounts, and the
/// ledger. Days are days of UTC.
@Controller
@Callers({Role.AUDITOR, Role.ADMINISTRATOR})
public final class AuditPages {

    private static final int PAGE = 100;
    private static final int MOST_EXPORTED = 10_000;

    private final AccountLog log;
    private final LedgerRecord ledger;
    private final Gate gate;
    private final Rendering rendering;

    /// What is looked for, as the form holds it; empty texts for anything.
    public record Query(String account, String kind, String from, String until) {

        /// The query of an address that asks for the same.
        public String address(long before) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("account", account);
            fields.put("kind", kind);
            fields.put("from", from);
            fields.put("until", until);
            fields.put("before", before == Long.MAX_VALUE ? "" : Long.toString(before));
            return fields.entrySet().stream()
                    .filter(field -> !field.getValue().isEmpty())
                    .map(field ->
                            field.getKey()
                                    + "="
                                    + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
        }
    }

    AuditPages(AccountLog log, LedgerRecord ledger, Gate gate, Rendering rendering) {
        this.log = log;
        this.ledger = ledger;
        this.gate = gate;
        this.rendering = rendering;
    }

    @GetMapping("/desk/audit")
    void events(
            @RequestParam(defaultValue = "") String account,
            @RequestParam(required = false) @Nullable Kind kind,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    @Nullable LocalDate until,
            @RequestParam(defaultValue = "9223372036854775807") long before,
            @RequestParam(required = false) Sheet.@Nullable Format as,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (isForeign(request, response)) {
            return;
        }
        List<Event> found =
                log.find(
                        new AccountLog.Filter(
                                account.isEmpty() ? null : account, kind, start(from), end(until)),
                        before,
                        as == null ? PAGE : MOST_EXPORTED);
        if (as != null) {
            noteExport("sign-ins and accounts", request);
            sheetOfEvents(found).answer(response, "sign-ins", as);
            return;
        }
        rendering.page(
                request,
                response,
                200,
                "audit",
                Map.of(
                        "query",
                        query(account, kind, from, until),
                        "kinds",
                        Arrays.stream(Kind.values()).map(Enum::name).toList(),
                        "events",
                        found,
                        "older",
                        found.size() == PAGE ? found.getLast().id() : 0L));
    }

    @GetMapping("/desk/audit/ledger")
    void ledger(
            @RequestParam(defaultValue = "") String account,
            @RequestParam(required = false) @Nullable EntryKind kind,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    @Nullable LocalDate until,
            @RequestParam(defaultValue = "9223372036854775807") long before,
            @RequestParam(required = false) Sheet.@Nullable Format as,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (isForeign(request, response)) {
            return;
        }
        List<LedgerRecord.Line> found =
                ledger.find(
                        account.isEmpty() ? null : account,
                        kind,
                        start(from),
                        end(until),
                        before,
                        as == null ? PAGE : MOST_EXPORTED);
        if (as != null) {
            noteExport("ledger", request);
            sheetOfLines(found).answer(response, "ledger", as);
            return;
        }
        rendering.page(
                request,
                response,
                200,
                "auditledger",
                Map.of(
                        "query",
                        query(account, kind, from, until),
                        "kinds",
                        Arrays.stream(EntryKind.values()).map(Enum::name).toList(),
                        "lines",
                        found,
                        "older",
                        found.size() == PAGE ? found.getLast().seq() : 0L));
    }

    /// Accounts of other organisations have no part in this one's records.
    private boolean isForeign(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (gate.isOwn(Rendering.caller().organisation())) {
            return false;
        }
        rendering.page(request, response, 403, "problem", Map.of("key", "forbidden"));
        return true;
    }

    private void noteExport(String what, HttpServletRequest request) {
        Caller caller = Rendering.caller();
        log.note(Kind.EXPORTED, caller.account(), caller.account(), request.getRemoteAddr(), what);
    }

    private static Sheet sheetOfEvents(List<Event> events) {
        return new Sheet(
                List.of("time", "kind", "account", "by", "address", "detail", "times"),
                events.stream()
                        .map(event ->
                                List.of(
                                        event.at().toString(),
                                        event.kind().name(),
                                        event.account(),
                                        event.actor(),
                                        event.address(),
                                        event.detail(),
                                        Integer.toString(event.times())))
                        .toList());
    }

    private static Sheet sheetOfLines(List<LedgerRecord.Line> lines) {
        return new Sheet(
                List.of("entry", "time", "kind", "account", "organisation", "detail", "leaf"),
                lines.stream()
                        .map(line ->
                                List.of(
                                        Long.toString(line.seq()),
                                        line.at(),
                                        line.kind().name(),
                                        line.who(),
                                        line.organisation(),
                                        line.detail(),
                                        line.leaf()))
                        .toList());
    }

    private static Query query(
            String account,
            @Nullable Enum<?> kind,
            @Nullable LocalDate from,
            @Nullable LocalDate until) {
        return new Query(
                account,
                kind == null ? "" : kind.name(),
                from == null ? "" : from.toString(),
                until == null ? "" : until.toString());
    }

    private static @Nullable Instant start(@Nullable LocalDate day) {
        return day == null ? null : day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /// The day itself belongs to what is asked for.
    private static @Nullable Instant end(@Nullable LocalDate day) {
        return day == null ? null : start(day.plusDays(1));
    }
}
