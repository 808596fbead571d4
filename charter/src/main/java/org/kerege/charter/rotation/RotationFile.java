package org.kerege.charter.rotation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.Fields;
import org.kerege.charter.MalformedCharter;
import org.kerege.stix.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Rule packs with their decisions as JSON files; the format is in `docs/charter.md`. A property that is not known is
/// refused, as is a decision about someone who is no member.
public final class RotationFile {

    /// Largest file that is read.
    public static final long MAX_BYTES = 4L << 20;

    /// More members than a body may have.
    public static final int MAX_MEMBERS = 1_000;

    /// More decisions than a file may hold.
    public static final int MAX_DECISIONS = 10_000;

    private static final int MAX_MONTHS = 1_200;
    private static final int MAX_DAYS = 36_525;

    private final Handover handover;
    private final Instant start;
    private final Set<String> ids = new HashSet<>();

    private RotationFile(Handover handover, Instant start) {
        this.handover = handover;
        this.start = start;
    }

    /// Reads a rule pack from a file.
    ///
    /// @throws IOException when it cannot be read
    /// @throws MalformedCharter when it is no rule pack
    public static Rotation read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new MalformedCharter("", "a rule pack has at most " + MAX_BYTES + " bytes");
        }
        return read(Files.readAllBytes(file));
    }

    /// Reads one of the packs that come with the program, such as `eu-council`.
    ///
    /// @throws IllegalArgumentException when there is none of that name
    public static Rotation bundled(String name) {
        try (var in = RotationFile.class.getResourceAsStream(name + ".json")) {
            if (in == null) {
                throw new IllegalArgumentException("no rule pack of the name " + name);
            }
            return read(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads a rule pack from UTF-8.
    ///
    /// @throws MalformedCharter when it is no rule pack
    public static Rotation read(byte[] json) {
        try {
            return read(Json.mapper().readTree(json), "");
        } catch (JacksonException e) {
            throw new MalformedCharter("", "is not JSON: " + Json.reason(e));
        }
    }

    /// Reads a rule pack that is part of another document.
    ///
    /// @param pointer where in that document
    /// @throws MalformedCharter when it is no rule pack
    public static Rotation read(JsonNode json, String pointer) {
        Fields pack = Fields.of(json, pointer);
        Handover handover =
                new Handover(
                        pack.read("zone", ZoneId::of, "the name of a time zone"),
                        pack.has("handover")
                                ? pack.read("handover", LocalTime::parse, "a time of day")
                                : LocalTime.MIDNIGHT);
        Instant start = pack.read("start", handover::parse, "a day or an instant");
        return new RotationFile(handover, start).read(pack);
    }

    private Rotation read(Fields pack) {
        List<Member> members = new ArrayList<>();
        for (Fields.Item item : pack.items("members", MAX_MEMBERS)) {
            members.add(member(item));
        }
        if (members.isEmpty()) {
            throw new MalformedCharter(pack.at("members"), "names at least one member");
        }
        members.forEach(member -> ids.add(member.id()));
        Order order = order(pack.object("order"), members, pack.at("members"));
        String first = pack.optionalText("first");
        RotationRules rules =
                new RotationRules(
                        pack.text("body"),
                        handover,
                        order,
                        term(pack.object("term")),
                        start,
                        first == null ? order.arrange(members).getFirst().id() : first,
                        members);
        // Admissions first: a decision may name a member that another one, listed later, admits.
        List<Fields.Item> items = pack.items("decisions", MAX_DECISIONS);
        items.forEach(this::collectAdmitted);
        List<Decided> decisions = new ArrayList<>();
        for (Fields.Item item : items) {
            decisions.add(decided(item));
        }
        pack.optionalText("note");
        pack.requireNoOther();
        return new Rotation(rules, decisions);
    }

    private void collectAdmitted(Fields.Item item) {
        if (item.value().path("kind").asString("").equals("admission")) {
            ids.add(admitted(Fields.of(item.value(), item.pointer())).id());
        }
    }

    private static Member admitted(Fields decision) {
        for (Fields.Item item : decision.items("members", 1)) {
            return member(item);
        }
        return new Member(decision.text("member"));
    }

    private static Member member(Fields.Item item) {
        if (item.value().isString() && !item.value().stringValue().isBlank()) {
            return new Member(item.value().stringValue());
        }
        Fields fields = Fields.of(item.value(), item.pointer());
        Map<String, String> names = new HashMap<>();
        if (fields.has("names")) {
            Fields byLanguage = fields.object("names");
            byLanguage.names().forEach(tag -> names.put(tag, byLanguage.text(tag)));
        }
        Member member =
                new Member(
                        fields.text("id"),
                        names,
                        fields.has("joined")
                                ? fields.read("joined", LocalDate::parse, "a day")
                                : null);
        fields.requireNoOther();
        return member;
    }

    private static Order order(Fields fields, List<Member> members, String membersPointer) {
        Order order =
                switch (fields.text("kind")) {
                    case "listed" -> new Order.Listed();
                    case "alphabetical" -> new Order.Alphabetical(fields.text("language"));
                    case "accession" -> new Order.Accession();
                    case "chosen" -> new Order.Chosen();
                    default ->
                            throw new MalformedCharter(
                                    fields.at("kind"),
                                    "is one of listed, alphabetical, accession, chosen");
                };
        if (order instanceof Order.Accession
                && members.stream().anyMatch(member -> member.joined() == null)) {
            throw new MalformedCharter(
                    membersPointer, "an order by accession needs 'joined' of every member");
        }
        fields.requireNoOther();
        return order;
    }

    private Term term(Fields fields) {
        Term term =
                switch (fields.text("kind")) {
                    case "calendar" ->
                            new Term.Calendar(
                                    fields.number("months", 1, MAX_MONTHS),
                                    fields.has("anchor")
                                            ? fields.read("anchor", LocalDate::parse, "a day")
                                            : LocalDate.ofInstant(start, handover.zone()));
                    case "length" ->
                            new Term.Length(
                                    fields.has("days")
                                            ? Period.ofDays(fields.number("days", 1, MAX_DAYS))
                                            : Period.ofMonths(
                                                    fields.number("months", 1, MAX_MONTHS)));
                    case "until-handover" -> new Term.UntilHandover();
                    default ->
                            throw new MalformedCharter(
                                    fields.at("kind"),
                                    "is one of calendar, length, until-handover");
                };
        fields.requireNoOther();
        return term;
    }

    private Decided decided(Fields.Item item) {
        Fields fields = Fields.of(item.value(), item.pointer());
        Instant at = fields.has("decided") ? instant(fields, "decided") : Instant.MIN;
        // What has no beginning of its own acts from its decision, or from the beginning of all.
        Instant from =
                fields.has("from") ? instant(fields, "from") : fields.has("decided") ? at : start;
        Decided decided = new Decided(at, fields.optionalText("reference"), change(fields, from));
        fields.optionalText("note");
        fields.requireNoOther();
        return decided;
    }

    private Change change(Fields fields, Instant from) {
        return switch (fields.text("kind")) {
            case "swap" -> {
                List<Fields.Item> both = fields.items("members", 2);
                if (both.size() != 2) {
                    throw new MalformedCharter(fields.at("members"), "names two members");
                }
                yield new Change.Swap(known(both.getFirst()), known(both.getLast()), from);
            }
            case "skip" -> new Change.Skip(member(fields), from);
            case "extension" ->
                    new Change.Extension(
                            fields.has("during") ? instant(fields, "during") : from,
                            instant(fields, "until"));
            case "choice" -> new Change.Choice(member(fields), from);
            case "handover" -> new Change.HandOver(instant(fields, "at"));
            case "vacancy" -> new Change.Vacancy(from, until(fields, from));
            case "interim" -> new Change.Interim(member(fields), from, until(fields, from));
            case "replacement" -> new Change.Replacement(member(fields), from);
            case "resignation" -> new Change.Resignation(member(fields), from);
            case "suspension" -> new Change.Suspension(member(fields), from, until(fields, from));
            case "readmission" -> new Change.Readmission(member(fields), from);
            case "withdrawal" -> new Change.Withdrawal(member(fields), from);
            case "admission" -> {
                Member admitted = admitted(fields);
                yield new Change.Admission(admitted, from, known(fields, "before"));
            }
            case "rules" -> newRules(fields, from);
            default ->
                    throw new MalformedCharter(
                            fields.at("kind"),
                            "is one of swap, skip, extension, choice, handover, vacancy, interim,"
                                    + " replacement, resignation, suspension, readmission,"
                                    + " withdrawal, admission, rules");
        };
    }

    private Change newRules(Fields fields, Instant from) {
        Change.NewOrder order = null;
        if (fields.has("order")) {
            List<Member> listed = new ArrayList<>();
            for (Fields.Item item : fields.items("members", MAX_MEMBERS)) {
                listed.add(new Member(known(item)));
            }
            order =
                    new Change.NewOrder(
                            order(fields.object("order"), listed, fields.at("members")),
                            listed.stream().map(Member::id).toList(),
                            known(fields.text("first"), fields.at("first")));
        }
        Term term = fields.has("term") ? term(fields.object("term")) : null;
        if (order == null && term == null) {
            throw new MalformedCharter(fields.at("kind"), "new rules name a term or an order");
        }
        return new Change.NewRules(from, term, order);
    }

    private String member(Fields fields) {
        return known(fields.text("member"), fields.at("member"));
    }

    private @Nullable String known(Fields fields, String name) {
        String id = fields.optionalText(name);
        return id == null ? null : known(id, fields.at(name));
    }

    private String known(Fields.Item item) {
        return known(item.value().asString(""), item.pointer());
    }

    private String known(String id, String pointer) {
        if (!ids.contains(id)) {
            throw new MalformedCharter(pointer, "'" + id + "' is not a member");
        }
        return id;
    }

    private @Nullable Instant until(Fields fields, Instant from) {
        if (!fields.has("until")) {
            return null;
        }
        Instant until = instant(fields, "until");
        if (!until.isAfter(from)) {
            throw new MalformedCharter(fields.at("until"), "lies after the beginning");
        }
        return until;
    }

    private Instant instant(Fields fields, String name) {
        return fields.read(name, this::parse, "a day or an instant");
    }

    private Instant parse(String text) throws DateTimeException {
        return handover.parse(text);
    }
}
