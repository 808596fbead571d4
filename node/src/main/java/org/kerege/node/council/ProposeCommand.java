package org.kerege.node.council;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.kerege.charter.act.Kind;
import org.kerege.stix.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `./kerege charter propose`: a member proposes a decision.
@Command(
        name = "propose",
        mixinStandardHelpOptions = true,
        description = "A member proposes a decision with its measures.")
public final class ProposeCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private SigningOptions signing;

    @Option(names = "--title", required = true, description = "What is proposed, in one line.")
    private String title;

    @Option(names = "--procedure", description = "A matter of procedure, not of substance.")
    private boolean procedure;

    @Option(
            names = "--measure",
            paramLabel = "JSON",
            description = "What the decision does once adopted (docs/charter.md); may be repeated.")
    private List<String> measures = List.of();

    @Override
    public Integer call() throws IOException {
        ObjectNode content = Json.mapper().createObjectNode().put("title", title);
        content.put("matter", procedure ? "procedure" : "substance");
        ArrayNode list = content.putArray("measures");
        for (String measure : measures) {
            try {
                list.add(Json.mapper().readTree(measure));
            } catch (JacksonException e) {
                throw new IllegalArgumentException("--measure: " + Json.reason(e), e);
            }
        }
        return signing.sign(Kind.PROPOSE, content, List.of(), spec.commandLine().getOut());
    }
}
