package org.kerege.node.council;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.kerege.charter.act.Dossier;
import org.kerege.charter.act.Kind;
import org.kerege.node.command.ExitCode;
import org.kerege.stix.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `./kerege charter accept`: the next chair takes over items of the dossier; at the end both sides sign its inventory.
@Command(
        name = "accept",
        mixinStandardHelpOptions = true,
        description = {
            "Takes over items of the handover dossier (all that nobody accepted yet, or those",
            "named). With --close signs the inventory, once every item is accepted; the dossier is",
            "closed when both sides have."
        })
public final class AcceptCommand implements Callable<Integer> {

    private static final int AT_ONCE = 1_000;

    @Spec private CommandSpec spec;

    @Mixin private SigningOptions signing;

    @Option(names = "--item", paramLabel = "ID", description = "May be repeated.")
    private List<String> items = List.of();

    @Option(names = "--close", description = "Signs the inventory.")
    private boolean close;

    @Override
    public Integer call() throws IOException {
        Dossier dossier = Dossier.of(signing.place().verification().replay().state(), signing.at());
        ObjectNode content = Json.mapper().createObjectNode();
        Instant handover = dossier.handover();
        if (close) {
            if (handover == null) {
                throw new IllegalArgumentException("no end of the present term is known");
            }
            content.put("handover", handover.toString()).put("inventory", dossier.inventory());
            return signing.sign(
                    Kind.DOSSIER_CLOSED, content, List.of(), spec.commandLine().getOut());
        }
        List<String> open =
                items.isEmpty()
                        ? dossier.items().stream()
                                .filter(item -> item.acceptedBy() == null)
                                .map(Dossier.Item::id)
                                .limit(AT_ONCE)
                                .toList()
                        : items;
        if (open.isEmpty()) {
            spec.commandLine().getOut().println("every item is accepted");
            return ExitCode.SUCCESS;
        }
        ArrayNode list = content.putArray("items");
        open.forEach(list::add);
        return signing.sign(Kind.ITEM_ACCEPTED, content, List.of(), spec.commandLine().getOut());
    }
}
