package org.kerege.node.council;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.kerege.charter.act.Act;
import org.kerege.charter.act.Kind;
import org.kerege.stix.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `./kerege charter sign`: any act of any kind, signed by a key of the folder.
@Command(
        name = "sign",
        mixinStandardHelpOptions = true,
        description = "Signs an act of any kind, logs it and has it witnessed.")
public final class SignCommand implements Callable<Integer> {

    private static final int MAX_CONTENT = 1 << 20;

    @Spec private CommandSpec spec;

    @Mixin private SigningOptions signing;

    @Option(
            names = "--kind",
            required = true,
            paramLabel = "KIND",
            description = "Such as convene, agenda, presence, decision (docs/charter.md).")
    private String kind;

    @Option(
            names = "--content",
            required = true,
            paramLabel = "JSON|@FILE",
            description = {
                "The act's content. What a closing act must list is filled in when absent:",
                "the votes of a decision, the acts of a session-closed."
            })
    private String content;

    @Option(
            names = "--follows",
            paramLabel = "DIGEST",
            description = "An act that it builds on; may be repeated.")
    private List<String> follows = List.of();

    @Override
    public Integer call() throws IOException {
        ObjectNode object = content();
        List<String> digests = new ArrayList<>();
        for (String prefix : follows) {
            digests.add(signing.act(prefix).digest());
        }
        for (String name : List.of("session", "proposal", "decision", "statement", "request")) {
            JsonNode reference = object.path(name);
            if (reference.isString()) {
                Act referred = signing.act(reference.stringValue());
                object.put(name, referred.digest());
                digests.add(referred.digest());
            }
        }
        if (kind.equals(Kind.DECISION) && !object.has("votes")) {
            digests.addAll(Closing.listVotes(object, signing.place().verification()));
        }
        if (kind.equals(Kind.SESSION_CLOSED) && !object.has("acts")) {
            digests.addAll(Closing.listActs(object, signing.place().verification()));
        }
        return signing.sign(
                kind, object, digests.stream().distinct().toList(), spec.commandLine().getOut());
    }

    private ObjectNode content() throws IOException {
        try {
            JsonNode read =
                    content.startsWith("@")
                            ? Json.mapper().readTree(bounded(Path.of(content.substring(1))))
                            : Json.mapper().readTree(content);
            if (read instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException("--content: " + Json.reason(e), e);
        }
        throw new IllegalArgumentException("--content is a JSON object");
    }

    private static byte[] bounded(Path file) throws IOException {
        if (Files.size(file) > MAX_CONTENT) {
            throw new IllegalArgumentException("--content has at most " + MAX_CONTENT + " bytes");
        }
        return Files.readAllBytes(file);
    }
}
