package org.kerege.node.peers;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kerege.node.command.ExitCode;
import org.kerege.node.command.NodeAnswer;
import org.kerege.node.command.NodeOptions;
import org.kerege.node.command.RemoteOptions;
import org.kerege.stix.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `./kerege peers`: other organisations' nodes, the agreements with them, and how the exchange is doing. It asks this
/// member's running node.
@Command(
        name = "peers",
        mixinStandardHelpOptions = true,
        description = "Agreements with other organisations' nodes, and how the exchange is doing.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "1:refused; the reason is said", "2:the command line is wrong"})
public final class PeersCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private RemoteOptions remote = new RemoteOptions();

    @Mixin private NodeOptions node = new NodeOptions();

    @Option(names = "--json", description = "Answers in JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return list(remote, node, json);
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists agreements and how the exchange under each is doing.")
    int list(
            @Mixin RemoteOptions who,
            @Mixin NodeOptions where,
            @Option(names = "--json", description = "Answers in JSON.") boolean asJson)
            throws IOException, InterruptedException {
        Asked asked = ask(who, where, "/peers", null);
        if (asked.answer() == null) {
            return asked.exit();
        }
        if (asJson) {
            say(asked.answer().toString());
            return ExitCode.SUCCESS;
        }
        if (asked.answer().isEmpty()) {
            say("No agreement yet; './kerege peers invite' makes the first paper.");
        }
        for (JsonNode one : asked.answer()) {
            print(one);
        }
        return ExitCode.SUCCESS;
    }

    private void print(JsonNode one) {
        say(
                "%-20s %-10s %-8s up to %s  agreement %s"
                        .formatted(
                                one.path("organisation").asString(),
                                one.path("state").asString(),
                                one.path("tier").asString(),
                                one.path("ceiling").asString(),
                                one.path("agreement").asString()));
        say("    for: " + one.path("purpose").asString());
        line("    ends: ", one, "until");
        line("    because: ", one, "reason");
        line("    last exchange: ", one, "last_good");
        line("    fails: ", one, "problem");
        line("    quarantined: ", one, "quarantine");
        if (one.path("refused").asLong() > 0) {
            say(
                    "    refused here: "
                            + one.path("refused").asLong()
                            + ", last: "
                            + one.path("last_refusal").asString(""));
        }
        if (one.path("mail_waiting").asInt() > 0) {
            say("    mail that waits for it: " + one.path("mail_waiting").asInt());
        }
    }

    private void line(String before, JsonNode one, String name) {
        if (one.has(name)) {
            say(before + one.path(name).asString());
        }
    }

    @Command(
            name = "invite",
            mixinStandardHelpOptions = true,
            description = {
                "Makes a signed invitation to an agreement, as a file that goes to the other side by any way.",
                "The other side accepts it with './kerege peers accept FILE' and sends its answer back."
            })
    int invite(
            @Mixin RemoteOptions who,
            @Mixin NodeOptions where,
            @Parameters(paramLabel = "ORGANISATION", description = "For whom, by its name.")
                    String organisation,
            @Option(
                            names = "--tier",
                            required = true,
                            paramLabel = "TIER",
                            description = "member, observer, partner or expert.")
                    String tier,
            @Option(
                            names = "--ceiling",
                            paramLabel = "TLP",
                            defaultValue = "TLP:GREEN",
                            description =
                                    "Strictest marking that either side gives; default: ${DEFAULT-VALUE}.")
                    String ceiling,
            @Option(
                            names = "--purpose",
                            required = true,
                            paramLabel = "TEXT",
                            description = "What it is for, in a sentence.")
                    String purpose,
            @Option(
                            names = "--from",
                            paramLabel = "TIME",
                            description = "When it begins; default: now.")
                    @Nullable String from,
            @Option(
                            names = "--until",
                            paramLabel = "TIME",
                            description = "When it ends by itself; default: never.")
                    @Nullable String until,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            defaultValue = "30",
                            description =
                                    "How long the invitation can be accepted; default: ${DEFAULT-VALUE} days.")
                    int days,
            @Mixin Side side,
            @Option(
                            names = "--out",
                            required = true,
                            paramLabel = "FILE",
                            description = "Where the invitation is written.")
                    Path out)
            throws IOException, InterruptedException {
        ObjectNode request =
                side.request()
                        .put("organisation", organisation)
                        .put("tier", tier)
                        .put("ceiling", ceiling)
                        .put("purpose", purpose)
                        .put("days", days);
        Views.putText(request, "from", from);
        Views.putText(request, "until", until);
        Asked asked = ask(who, where, "/peers/invitations", request);
        if (asked.answer() == null) {
            return asked.exit();
        }
        write(out, asked.answer());
        say("The invitation for " + organisation + " is in " + out + ".");
        say("Tell them this key by another way: " + key(asked.answer()));
        return ExitCode.SUCCESS;
    }

    @Command(
            name = "accept",
            mixinStandardHelpOptions = true,
            description = {
                "Takes a paper of the other side: an invitation, its answer to ours, an end, a new key.",
                "Compare the key that is shown with the one that they told you by another way."
            })
    int accept(
            @Mixin RemoteOptions who,
            @Mixin NodeOptions where,
            @Parameters(paramLabel = "FILE", description = "What the other side sent.") Path file,
            @Mixin Side side,
            @Option(
                            names = "--lost-key",
                            paramLabel = "KEY",
                            description =
                                    "The other side's new key, told by another way, where it lost its old one.")
                    @Nullable String lostKey,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            description = "Where the answer to an invitation is written.")
                    @Nullable Path out)
            throws IOException, InterruptedException {
        JsonNode paper = Json.mapper().readTree(Files.readAllBytes(file));
        if (out == null && paper.path("step").asString("").equals("invite")) {
            throw new IllegalArgumentException(
                    "an invitation is answered by a paper; say with --out where it is to go");
        }
        ObjectNode request = side.request();
        request.set("paper", paper);
        Views.putText(request, "lost_key", lostKey);
        Asked asked = ask(who, where, "/peers/papers", request);
        if (asked.answer() == null) {
            return asked.exit();
        }
        print(asked.answer().path("agreement"));
        say("Their key: " + asked.answer().path("agreement").path("key").asString("not known yet"));
        if (out != null && asked.answer().has("answer")) {
            write(out, asked.answer().path("answer"));
            say("The answer is in " + out + "; it goes back to them.");
            say("Tell them this key by another way: " + key(asked.answer().path("answer")));
        }
        return ExitCode.SUCCESS;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows an agreement and what the other side holds of this node's.")
    int show(
            @Mixin RemoteOptions who,
            @Mixin NodeOptions where,
            @Parameters(paramLabel = "AGREEMENT", description = "Its identifier.") String agreement,
            @Option(names = "--json", description = "Answers in JSON.") boolean asJson)
            throws IOException, InterruptedException {
        Asked all = ask(who, where, "/peers", null);
        Asked holdings = ask(who, where, "/peers/" + agreement + "/holdings", null);
        if (all.answer() == null || holdings.answer() == null) {
            return all.answer() == null ? all.exit() : holdings.exit();
        }
        JsonNode found =
                all.answer()
                        .valueStream()
                        .filter(one -> one.path("agreement").asString().equals(agreement))
                        .findFirst()
                        .orElseThrow();
        if (asJson) {
            ObjectNode both = found.deepCopy().asObject();
            both.set("holdings", holdings.answer());
            say(both.toString());
            return ExitCode.SUCCESS;
        }
        print(found);
        say("    their key: " + found.path("key").asString("not known yet"));
        say("    it holds " + holdings.answer().size() + " versions of objects:");
        for (JsonNode one : holdings.answer()) {
            say(
                    "      %s  %s  since %s"
                            .formatted(
                                    one.path("object").asString(),
                                    one.path("version").asString(),
                                    one.path("since").asString()));
        }
        return ExitCode.SUCCESS;
    }

    @Command(
            name = "end",
            mixinStandardHelpOptions = true,
            description = {
                "Ends an agreement at an instant, or suspends or resumes it. The other side is told by mail; the paper",
                "that is written goes to one that has no network. What it holds is listed by './kerege peers show'."
            })
    int end(
            @Mixin RemoteOptions who,
            @Mixin NodeOptions where,
            @Parameters(paramLabel = "AGREEMENT", description = "Its identifier.") String agreement,
            @Option(
                            names = "--why",
                            required = true,
                            paramLabel = "TEXT",
                            description = "The reason; the other side reads it.")
                    String why,
            @Option(names = "--at", paramLabel = "TIME", description = "When; default: now.")
                    @Nullable String at,
            @Option(names = "--suspend", description = "Suspends it until it is resumed.")
                    boolean suspend,
            @Option(names = "--resume", description = "Resumes what this side suspended.")
                    boolean resume,
            @Option(names = "--out", paramLabel = "FILE", description = "Where the paper goes.")
                    @Nullable Path out)
            throws IOException, InterruptedException {
        String deed = suspend ? "suspend" : resume ? "resume" : "end";
        ObjectNode request = Json.mapper().createObjectNode().put("deed", deed).put("why", why);
        Views.putText(request, "at", at);
        Asked asked = ask(who, where, "/peers/" + agreement + "/changes", request);
        if (asked.answer() == null) {
            return asked.exit();
        }
        say(deed + " as of " + asked.answer().path("at").asString());
        if (out != null) {
            write(out, asked.answer());
        }
        return ExitCode.SUCCESS;
    }

    @Command(
            name = "trust",
            mixinStandardHelpOptions = true,
            description = "Takes from a quarantined peer again, once its fault has been looked at.")
    int trust(
            @Mixin RemoteOptions who,
            @Mixin NodeOptions where,
            @Parameters(paramLabel = "AGREEMENT", description = "Its identifier.") String agreement)
            throws IOException, InterruptedException {
        Asked asked =
                ask(who, where, "/peers/" + agreement + "/trust", Json.mapper().createObjectNode());
        if (asked.answer() != null) {
            say(asked.answer().path("organisation").asString() + " is taken from again");
        }
        return asked.exit();
    }

    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = {
                "Makes a new key for this node. Peers take it by mail when the old key vouches for it; with --lost a person",
                "there has to confirm it, with './kerege peers accept FILE --lost-key KEY'."
            })
    int rotate(
            @Mixin RemoteOptions who,
            @Mixin NodeOptions where,
            @Option(names = "--lost", description = "The old key is lost, or in other hands.")
                    boolean lost,
            @Option(
                            names = "--out",
                            required = true,
                            paramLabel = "DIR",
                            description = "Folder for a paper for each agreement.")
                    Path out)
            throws IOException, InterruptedException {
        Asked asked =
                ask(who, where, "/peers/keys", Json.mapper().createObjectNode().put("lost", lost));
        if (asked.answer() == null) {
            return asked.exit();
        }
        Files.createDirectories(out);
        for (JsonNode one : asked.answer()) {
            write(out.resolve(one.path("agreement").asString() + ".json"), one);
            say("The new key: " + one.path("key").asString());
        }
        say(asked.answer().size() + " papers are in " + out);
        return ExitCode.SUCCESS;
    }

    /// What this side brings to an agreement.
    static final class Side {

        @Option(
                names = "--gives",
                paramLabel = "ALIAS",
                description = "A collection that the other side may read; once for each.")
        private List<String> gives = List.of();

        @Option(
                names = "--address",
                paramLabel = "URL",
                description =
                        "Where the other side reaches this node; without it this node alone calls.")
        private @Nullable String address;

        @Option(
                names = "--act",
                paramLabel = "DIGEST",
                description =
                        "The council's act that admits the other side, where a charter is in force.")
        private @Nullable String act;

        ObjectNode request() {
            ObjectNode request = Json.mapper().createObjectNode();
            ArrayNode list = request.putArray("gives");
            gives.forEach(list::add);
            Views.putText(request, "address", address);
            Views.putText(request, "act", act);
            return request;
        }
    }

    private static String key(JsonNode paper) {
        return paper.path("party").path("key").asString("");
    }

    private static void write(Path file, JsonNode paper) throws IOException {
        Files.writeString(file, paper.toPrettyString() + "\n");
    }

    /// What the node answered; null where it refused, which has been said.
    record Asked(@Nullable JsonNode answer, int exit) {}

    private Asked ask(RemoteOptions who, NodeOptions where, String path, @Nullable JsonNode request)
            throws IOException, InterruptedException {
        return ask(spec, who, where, path, request);
    }

    static Asked ask(
            CommandSpec spec,
            RemoteOptions who,
            NodeOptions where,
            String path,
            @Nullable JsonNode request)
            throws IOException, InterruptedException {
        NodeAnswer answer = where.ask(who, path, request == null ? null : request.toString());
        return answer.isGood()
                ? new Asked(answer.json(), ExitCode.SUCCESS)
                : new Asked(null, answer.refused(spec, answer.reason(null)));
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
