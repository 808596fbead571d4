package org.kerege.node.council;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.act.Kind;
import org.kerege.stix.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
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

    @Mixin private MeasureOptions measures;

    @Option(
            names = "--title",
            description = "What is proposed, in one line; the measure in words when absent.")
    private @Nullable String title;

    @Option(
            names = "--due",
            paramLabel = "DAY",
            description = "By when members carry it out at home.")
    private @Nullable String due;

    @Option(names = "--procedure", description = "A matter of procedure, not of substance.")
    private boolean procedure;

    @Override
    public Integer call() throws IOException {
        ArrayNode list = measures.read(signing);
        if (title == null && list.isEmpty()) {
            throw new IllegalArgumentException("say what is proposed: --title, or a measure");
        }
        ObjectNode content = Json.mapper().createObjectNode();
        content.put("title", title == null ? MeasureOptions.title(list) : title);
        content.put("matter", procedure ? "procedure" : "substance");
        content.set("measures", list);
        if (due != null) {
            content.put("due", due);
        }
        return signing.sign(Kind.PROPOSE, content, List.of(), spec.commandLine().getOut());
    }
}
