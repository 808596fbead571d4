package org.kerege.node.command;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Channel;
import org.kerege.gate.Label;
import org.kerege.gate.ReasonSentences;
import org.kerege.gate.Standing;
import org.kerege.gate.Terms;
import org.kerege.node.exchange.DeliveredObjects;
import org.kerege.node.gate.Explanation;
import org.kerege.node.gate.Gate;
import org.kerege.node.gate.Supposition;
import org.kerege.node.settings.Settings;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.kerege.stix.marking.Tlp;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `./kerege release`: who gets an object and why, and who has it already. Answered by the gate itself.
@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        subcommands = {
            ReleaseSteps.Awaiting.class,
            ReleaseSteps.Confirm.class,
            ReleaseSteps.Undo.class,
            ReleaseSteps.Ask.class,
            ReleaseSteps.Requests.class,
            ReleaseSteps.Answer.class
        },
        description = {
            "Says who gets an object and why, and who has it already; confirms releases and takes them back;",
            "asks the source of an object for more, and answers such questions."
        })
public final class ReleaseCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Say what to do: explain, deliveries, awaiting, confirm, undo, ask, requests or answer.");
    }

    @Command(
            name = "explain",
            mixinStandardHelpOptions = true,
            description = "Says who gets an object, whole or reduced, and why the others do not.")
    int explain(
            @Mixin StoreOptions store,
            @Parameters(paramLabel = "OBJECT", description = "Identifier of the object.")
                    String object,
            @Option(
                            names = "--to",
                            paramLabel = "ORGANISATION",
                            description = "One recipient, by name or identifier; default: all.")
                    @Nullable String to,
            @Option(
                            names = "--if-marked",
                            paramLabel = "MARKING",
                            description =
                                    "Says what would be if the object were marked so: a colour of TLP or a"
                                            + " marking-definition; once for each marking.")
                    @Nullable List<String> marked,
            @Option(
                            names = "--if-standing",
                            paramLabel = "ORGANISATION=STANDING",
                            description =
                                    "Says what would be if an organisation were member, observer, partner, expert,"
                                            + " suspended or stranger.")
                    @Nullable Map<String, Standing> standings,
            @Option(
                            names = "--channel",
                            description = "Way out: ${COMPLETION-CANDIDATES}; default: TAXII.",
                            defaultValue = "TAXII")
                    Channel channel,
            @Option(
                            names = "--language",
                            paramLabel = "en|ru|ky",
                            description = "Language of the reasons; default: ${DEFAULT-VALUE}.",
                            defaultValue = "en")
                    String language,
            @Option(names = "--json", description = "Answers in JSON.") boolean json)
            throws Exception {
        StixId id = StixId.parse(object);
        Supposition supposed =
                new Supposition(
                        marked == null
                                ? null
                                : marked.stream().map(ReleaseCommand::marking).toList(),
                        standings == null ? Map.of() : standings);
        return withStore(
                store,
                (gate, database) -> {
                    List<Explanation.Held> held =
                            new Explanation(gate, database)
                                    .explain(
                                            id, to, channel, Clock.systemUTC().instant(), supposed);
                    PrintWriter out = spec.commandLine().getOut();
                    ReasonSentences sentences = ReasonSentences.in(Locale.of(language));
                    if (json) {
                        out.println(json(id, held, sentences));
                    } else {
                        print(out, id, held, sentences);
                    }
                    out.flush();
                    boolean any =
                            held.stream()
                                    .flatMap(one -> one.answers().stream())
                                    .anyMatch(answer -> answer.decision().released());
                    return any ? ExitCode.SUCCESS : ExitCode.NEGATIVE;
                });
    }

    @Command(
            name = "deliveries",
            mixinStandardHelpOptions = true,
            description = "Lists who was given an object, since when and under which rule.")
    int deliveries(
            @Mixin StoreOptions store,
            @Parameters(paramLabel = "OBJECT", description = "Identifier of the object.")
                    String object,
            @Option(names = "--json", description = "Answers in JSON.") boolean json)
            throws Exception {
        StixId id = StixId.parse(object);
        return withStore(
                store,
                (_, database) -> {
                    List<DeliveredObjects.Delivery> found = new DeliveredObjects(database).of(id);
                    PrintWriter out = spec.commandLine().getOut();
                    ArrayNode list = Json.mapper().createArrayNode();
                    for (DeliveredObjects.Delivery one : found) {
                        if (json) {
                            list.addObject()
                                    .put("recipient", one.recipient())
                                    .put("version", one.version())
                                    .put("since", one.since().toString())
                                    .put("rule", one.rule())
                                    .put("entry", one.entry());
                        } else {
                            out.printf(
                                    "%-30s %s  since %s  by %s  (entry %d)%n",
                                    one.recipient(),
                                    one.version(),
                                    one.since(),
                                    one.rule(),
                                    one.entry());
                        }
                    }
                    if (json) {
                        out.println(list);
                    } else if (found.isEmpty()) {
                        out.println("Nobody outside was given " + id + ".");
                    }
                    out.flush();
                    return found.isEmpty() ? ExitCode.NEGATIVE : ExitCode.SUCCESS;
                });
    }

    @FunctionalInterface
    private interface Work {
        int with(Gate gate, JdbcClient database);
    }

    private static int withStore(StoreOptions options, Work work) throws Exception {
        Settings settings = options.settings();
        try (OpenStore store = OpenStore.of(settings)) {
            Gate gate =
                    Gate.over(
                            store.database(),
                            settings.organisation(),
                            settings.standings(),
                            settings.data().resolve("members.yaml"),
                            Clock.systemUTC());
            return work.with(gate, JdbcClient.create(store.database()));
        }
    }

    private static void print(
            PrintWriter out, StixId id, List<Explanation.Held> held, ReasonSentences sentences) {
        if (held.isEmpty()) {
            out.println(id + " is not held here.");
        }
        for (Explanation.Held one : held) {
            out.println(id + " in '" + one.collection() + "'");
            out.println("  marked " + String.join(", ", marks(one.terms())));
            out.println(
                    "  from "
                            + one.source()
                            + ", held here as "
                            + one.terms().role().name().toLowerCase(Locale.ROOT));
            for (Explanation.Answer answer : one.answers()) {
                out.printf(
                        "  %-9s %-30s %-9s %s%n",
                        answer.decision().outcome().name().toLowerCase(Locale.ROOT),
                        answer.organisation(),
                        answer.standing().name().toLowerCase(Locale.ROOT),
                        sentences.say(answer.decision().reason()));
                if (answer.before() != null) {
                    out.printf(
                            "  %-9s as things are: %s%n",
                            "(" + answer.before().outcome().name().toLowerCase(Locale.ROOT) + ")",
                            sentences.say(answer.before().reason()));
                }
            }
        }
    }

    private static StixId marking(String text) {
        Tlp.Level level = Gate.level(text);
        return level == null ? StixId.parse(text) : Tlp.valueOf(level.name() + "_2").id();
    }

    private static ObjectNode json(
            StixId id, List<Explanation.Held> held, ReasonSentences sentences) {
        ObjectNode json = Json.mapper().createObjectNode().put("object", id.toString());
        ArrayNode collections = json.putArray("collections");
        for (Explanation.Held one : held) {
            ObjectNode entry = collections.addObject().put("collection", one.collection());
            entry.put("source", one.source());
            entry.put("role", one.terms().role().name().toLowerCase(Locale.ROOT));
            ArrayNode marks = entry.putArray("marked");
            marks(one.terms()).forEach(marks::add);
            ArrayNode recipients = entry.putArray("recipients");
            for (Explanation.Answer answer : one.answers()) {
                ObjectNode recipient =
                        recipients
                                .addObject()
                                .put("organisation", answer.organisation())
                                .put("standing", answer.standing().name().toLowerCase(Locale.ROOT))
                                .put("channel", answer.channel().name().toLowerCase(Locale.ROOT))
                                .put(
                                        "outcome",
                                        answer.decision().outcome().name().toLowerCase(Locale.ROOT))
                                .put("code", answer.decision().reason().code().name())
                                .put("reason", sentences.say(answer.decision().reason()));
                ObjectNode facts = recipient.putObject("facts");
                answer.decision().reason().facts().forEach(facts::put);
                if (answer.before() != null) {
                    recipient
                            .putObject("as_things_are")
                            .put(
                                    "outcome",
                                    answer.before().outcome().name().toLowerCase(Locale.ROOT))
                            .put("code", answer.before().reason().code().name())
                            .put("reason", sentences.say(answer.before().reason()));
                }
            }
        }
        return json;
    }

    /// What the markings say, in the words of the standards.
    private static List<String> marks(Terms terms) {
        Label label = terms.label();
        List<String> marks = new ArrayList<>();
        if (label.tlp() != null) {
            marks.add(label.tlp().toString());
        }
        if (label.pap() != null) {
            marks.add(label.pap().toString());
        }
        label.release().lists().forEach(list -> marks.add("releasable to " + list));
        Instant opens = label.window().opens();
        if (opens != null) {
            marks.add("embargo until " + opens);
        }
        Instant closes = label.window().closes();
        if (closes != null) {
            marks.add("expires at " + closes);
        }
        if (label.purposes() != null) {
            marks.add("for " + label.purposes());
        }
        label.duties()
                .forEach(duty -> marks.add(duty.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        label.faults()
                .forEach(fault ->
                        marks.add(
                                fault.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                                        + " "
                                        + fault.about()));
        return marks;
    }
}
