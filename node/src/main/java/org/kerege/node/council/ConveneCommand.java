package org.kerege.node.council;

import java.io.IOException;
import java.util.ArrayList;
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
import tools.jackson.databind.node.ObjectNode;

/// `./kerege charter convene`: the chair calls a session.
@Command(
        name = "convene",
        mixinStandardHelpOptions = true,
        description = {
            "The chair calls a session; where enough members asked for one (sign --kind",
            "session-requested) and the chair let its time pass, one of them does."
        })
public final class ConveneCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private SigningOptions signing;

    @Option(names = "--title", required = true, description = "What session it is.")
    private String title;

    @Option(names = "--place", description = "Where it meets.")
    private @Nullable String place;

    @Option(names = "--starts", paramLabel = "T", description = "When it begins.")
    private @Nullable String starts;

    @Option(names = "--ends", paramLabel = "T", description = "When it ends.")
    private @Nullable String ends;

    @Option(
            names = "--request",
            paramLabel = "DIGEST",
            description = "The request that it answers, by the beginning of its digest.")
    private @Nullable String request;

    @Override
    public Integer call() throws IOException {
        ObjectNode content = Json.mapper().createObjectNode().put("title", title);
        List<String> follows = new ArrayList<>();
        if (place != null) {
            content.put("place", place);
        }
        put(content, "starts", starts);
        put(content, "ends", ends);
        if (request != null) {
            String digest = signing.act(request).digest();
            content.put("request", digest);
            follows.add(digest);
        }
        return signing.sign(Kind.CONVENE, content, follows, spec.commandLine().getOut());
    }

    private void put(ObjectNode content, String name, @Nullable String instant) {
        if (instant != null) {
            content.put(
                    name, AllianceOptions.instant("--" + name, instant, signing.at()).toString());
        }
    }
}
