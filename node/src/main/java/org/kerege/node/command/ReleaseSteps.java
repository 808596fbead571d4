package org.kerege.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

/// What people decide about releases at a running node: each step is a word to it, which its ledger keeps.
abstract class ReleaseSteps implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private RemoteOptions remote;
    @Mixin private NodeOptions node;

    @Option(names = "--json", description = "Answers in JSON.")
    private boolean json;

    /// Asks the node and prints what it answers.
    ///
    /// @param body null to read
    final int ask(String path, @Nullable ObjectNode body) throws IOException, InterruptedException {
        NodeAnswer answer = node.ask(remote, path, body == null ? null : body.toString());
        if (!answer.isGood()) {
            return answer.refused(spec, answer.reason("your account may not do this"));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(answer.body());
        } else {
            print(out, answer.json());
        }
        out.flush();
        return ExitCode.SUCCESS;
    }

    /// Prints an answer for people.
    abstract void print(PrintWriter out, JsonNode answer);

    private static ObjectNode about(String object) {
        return Json.mapper().createObjectNode().put("object", object);
    }

    private static void printRequests(PrintWriter out, JsonNode requests) {
        for (JsonNode one : requests) {
            out.printf(
                    "%6d  %s  %s asks for %s: %s%n",
                    one.path("number").asLong(),
                    one.path("objectId").asString(""),
                    one.path("organisation").asString(""),
                    one.path("wanted").asString(""),
                    one.path("reason").asString(""));
            if (!one.path("granted").isNull()) {
                out.printf(
                        "        %s: %s%s%n",
                        one.path("granted").asBoolean() ? "granted" : "refused",
                        one.path("answer").asString(""),
                        one.path("version").isNull()
                                ? ""
                                : " (version " + one.path("version").asString("") + ")");
            }
        }
    }

    /// `awaiting`.
    @Command(
            name = "awaiting",
            mixinStandardHelpOptions = true,
            description = "Lists what waits for a second person to confirm its release.")
    static final class Awaiting extends ReleaseSteps {

        @Override
        public Integer call() throws IOException, InterruptedException {
            return ask("/releases/awaiting", null);
        }

        @Override
        void print(PrintWriter out, JsonNode answer) {
            if (answer.isEmpty()) {
                out.println("Nothing waits for a second person.");
            }
            for (JsonNode one : answer) {
                out.printf(
                        "%s  %s  by %s since %s%n",
                        one.path("objectId").asString(""),
                        one.path("version").asString(""),
                        one.path("account").asString("nobody named"),
                        one.path("since").asString(""));
            }
        }
    }

    /// `confirm`.
    @Command(
            name = "confirm",
            mixinStandardHelpOptions = true,
            description =
                    "Confirms, as the second person, the release of an object that waits for it.")
    static final class Confirm extends ReleaseSteps {

        @Parameters(paramLabel = "OBJECT", description = "Identifier of the object.")
        private String object = "";

        @Override
        public Integer call() throws IOException, InterruptedException {
            return ask("/releases/confirm", about(object));
        }

        @Override
        void print(PrintWriter out, JsonNode answer) {
            out.println(object + " is released.");
        }
    }

    /// `undo`.
    @Command(
            name = "undo",
            mixinStandardHelpOptions = true,
            description = {
                "Takes back what was released within the last minute and nobody outside has been given;",
                "it then waits for a second person to confirm it."
            })
    static final class Undo extends ReleaseSteps {

        @Parameters(paramLabel = "OBJECT", description = "Identifier of the object.")
        private String object = "";

        @Override
        public Integer call() throws IOException, InterruptedException {
            return ask("/releases/undo", about(object));
        }

        @Override
        void print(PrintWriter out, JsonNode answer) {
            out.println(object + " is taken back: nobody outside was given it, and nobody is.");
        }
    }

    /// `ask`.
    @Command(
            name = "ask",
            mixinStandardHelpOptions = true,
            description = "Asks the source of an object to let it go further.")
    static final class Ask extends ReleaseSteps {

        @Parameters(paramLabel = "OBJECT", description = "Identifier of the object.")
        private String object = "";

        @Option(
                names = "--for",
                required = true,
                paramLabel = "TEXT",
                description = "To whom it is to go, or how it is to be marked.")
        private String wanted = "";

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
        private String reason = "";

        @Override
        public Integer call() throws IOException, InterruptedException {
            return ask("/releases/requests", about(object).put("to", wanted).put("reason", reason));
        }

        @Override
        void print(PrintWriter out, JsonNode answer) {
            out.println("The source is asked; the question has number " + answer.path("request"));
        }
    }

    /// `requests`.
    @Command(
            name = "requests",
            mixinStandardHelpOptions = true,
            description = "Lists what your organisation asked of others and what it is asked.")
    static final class Requests extends ReleaseSteps {

        @Override
        public Integer call() throws IOException, InterruptedException {
            return ask("/releases/requests", null);
        }

        @Override
        void print(PrintWriter out, JsonNode answer) {
            out.println("Asked of us:");
            printRequests(out, answer.path("to_answer"));
            out.println("Asked by us:");
            printRequests(out, answer.path("asked"));
        }
    }

    /// `answer`.
    @Command(
            name = "answer",
            mixinStandardHelpOptions = true,
            description = {
                "Answers a question as the source. With --marking the object is published again with these markings;",
                "without it the answer is no."
            })
    static final class Answer extends ReleaseSteps {

        @Parameters(paramLabel = "NUMBER", description = "Number of the question.")
        private long number;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
        private String reason = "";

        @Option(
                names = "--marking",
                paramLabel = "MARKING",
                description = "A colour of TLP or a marking-definition; once for each marking.")
        private List<String> markings = List.of();

        @Override
        public Integer call() throws IOException, InterruptedException {
            ObjectNode body =
                    Json.mapper()
                            .createObjectNode()
                            .put("request", number)
                            .put("granted", !markings.isEmpty())
                            .put("reason", reason);
            ArrayNode list = body.putArray("markings");
            markings.forEach(list::add);
            return ask("/releases/requests/answer", body);
        }

        @Override
        void print(PrintWriter out, JsonNode answer) {
            printRequests(out, Json.mapper().createArrayNode().add(answer));
        }
    }
}
