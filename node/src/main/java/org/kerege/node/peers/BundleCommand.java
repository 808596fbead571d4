package org.kerege.node.peers;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.kerege.node.command.ExitCode;
import org.kerege.node.command.NodeAnswer;
import org.kerege.node.command.NodeOptions;
import org.kerege.node.command.RemoteOptions;
import org.kerege.stix.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `./kerege bundle`: the exchange with a peer that has no network, on a medium.
@Command(
        name = "bundle",
        mixinStandardHelpOptions = true,
        description = "Exchanges with a peer that has no network, by files on a medium.")
public final class BundleCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do: 'out --to AGREEMENT' or 'in FILE...'.");
    }

    @Command(
            name = "out",
            mixinStandardHelpOptions = true,
            description = {
                "Writes the next bundle for a peer: what the gate gives it since the last one, and its mail, encrypted to it",
                "and signed. Bundles are numbered and follow one another; the other side takes them in their order."
            })
    int out(
            @Mixin RemoteOptions who,
            @Mixin NodeOptions where,
            @Option(
                            names = "--to",
                            required = true,
                            paramLabel = "MEMBER",
                            description = "The other organisation by name, or the agreement.")
                    String to,
            @Option(
                            names = "--part",
                            paramLabel = "MB",
                            defaultValue = "640",
                            description = "Largest part; default: ${DEFAULT-VALUE} megabytes.")
                    double part,
            @Option(
                            names = "--anew",
                            description =
                                    "Begins anew with everything, for a peer that has lost a bundle.")
                    boolean anew,
            @Parameters(paramLabel = "DIR", description = "Folder for the parts.") Path folder)
            throws IOException, InterruptedException {
        PeersCommand.Asked peers = PeersCommand.ask(spec, who, where, "/peers", null);
        if (peers.answer() == null) {
            return peers.exit();
        }
        List<JsonNode> called =
                peers.answer()
                        .valueStream()
                        .filter(one ->
                                to.equals(one.path("agreement").asString())
                                        || (to.equals(one.path("organisation").asString())
                                                && one.path("state").asString().equals("in_force")))
                        .toList();
        if (called.size() != 1) {
            throw new IllegalArgumentException(
                    "there are " + called.size() + " agreements in force with '" + to + "'");
        }
        Files.createDirectories(folder);
        Path whole = Files.createTempFile(folder, "bundle", ".tmp");
        try {
            String agreement = called.getFirst().path("agreement").asString();
            HttpResponse<Path> answer =
                    where.download(
                            who,
                            "/peers/" + agreement + "/bundles",
                            Json.mapper()
                                    .createObjectNode()
                                    .put("part_megabytes", part)
                                    .put("anew", anew)
                                    .toString(),
                            whole);
            if (answer.statusCode() != 200) {
                String why = Files.readString(whole);
                spec.commandLine().getErr().println("kerege: " + why);
                return ExitCode.NEGATIVE;
            }
            split(whole, folder, called.getFirst().path("organisation").asString());
            return ExitCode.SUCCESS;
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private void split(Path whole, Path folder, String to) throws IOException {
        String name = to.toLowerCase(java.util.Locale.ROOT).replaceAll("[^\\p{Alnum}]+", "-");
        try (DataInputStream in = new DataInputStream(Files.newInputStream(whole))) {
            long left = Files.size(whole);
            while (left > 0) {
                long length = in.readLong();
                Path part = Files.createTempFile(folder, "part", ".tmp");
                try (OutputStream out = Files.newOutputStream(part)) {
                    BundleWriter.copy(in, out, length);
                }
                BundlePart head = BundlePart.in(part);
                Path named =
                        folder.resolve(
                                "%s-%04d-%dof%d.kbundle"
                                        .formatted(name, head.number(), head.part(), head.parts()));
                Files.move(part, named);
                say(named + "  " + Files.size(named) + " bytes");
                left -= Long.BYTES + length;
            }
        }
    }

    @Command(
            name = "in",
            mixinStandardHelpOptions = true,
            description = {
                "Takes a bundle: all its parts, in any order. One that is not whole, was changed, comes twice, or follows one",
                "that is missing is refused, and nothing of it is taken."
            })
    int in(
            @Mixin RemoteOptions who,
            @Mixin NodeOptions where,
            @Parameters(paramLabel = "FILE", arity = "1..*", description = "Its parts.")
                    List<Path> files)
            throws IOException, InterruptedException {
        Path whole = Files.createTempFile("kerege-bundle", ".in");
        try {
            try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(whole))) {
                for (Path file : files) {
                    out.writeLong(Files.size(file));
                    Files.copy(file, out);
                }
            }
            NodeAnswer answer = where.upload(who, "/peers/bundles", whole);
            if (!answer.isGood()) {
                // A bundle that cannot be read is a bad bundle, not a wrong command.
                answer.refused(spec, answer.reason(null));
                return ExitCode.NEGATIVE;
            }
            JsonNode json = answer.json();
            say(
                    "bundle %d of %s: %d objects, %d refused, %d pieces of mail"
                            .formatted(
                                    json.path("number").asLong(),
                                    json.path("from").asString(),
                                    json.path("objects").asLong(),
                                    json.path("refused").asLong(),
                                    json.path("mail").asInt()));
            say(
                    json.path("same").asBoolean()
                            ? "Everything that it gives stands here now."
                            : "What stands here from it differs from what it gives: something was refused, recalled, or"
                                    + " came from another before.");
            return ExitCode.SUCCESS;
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
