package org.kerege.node.council;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.kerege.charter.act.Act;
import org.kerege.charter.act.Kind;
import org.kerege.charter.alliance.ProvenAct;
import org.kerege.stix.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
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
            description = "The act's content. A decision's votes are filled in when absent.")
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
        for (String name : List.of("session", "proposal", "decision")) {
            JsonNode reference = object.path(name);
            if (reference.isString()) {
                Act referred = signing.act(reference.stringValue());
                object.put(name, referred.digest());
                digests.add(referred.digest());
            }
        }
        if (kind.equals(Kind.DECISION) && !object.has("votes")) {
            ArrayNode votes = object.putArray("votes");
            for (String vote : lastVotes(object.path("proposal").asString(""))) {
                votes.add(vote);
                digests.add(vote);
            }
        }
        return signing.sign(
                kind, object, digests.stream().distinct().toList(), spec.commandLine().getOut());
    }

    /// The last vote of each key on a proposal, which is what a closing act must list.
    private List<String> lastVotes(String proposal) throws IOException {
        Map<String, String> last = new LinkedHashMap<>();
        for (ProvenAct proven : signing.acts()) {
            Act act = proven.act();
            if (act.kind().equals(Kind.VOTE)
                    && act.content().path("proposal").asString("").equals(proposal)) {
                last.put(act.key(), act.digest());
            }
        }
        return List.copyOf(last.values());
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
