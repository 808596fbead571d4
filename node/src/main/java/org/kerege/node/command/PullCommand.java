package org.kerege.node.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kerege.taxii.client.ClientSettings;
import org.kerege.taxii.client.Credentials;
import org.kerege.taxii.client.Pull;
import org.kerege.taxii.client.RemoteCollection;
import org.kerege.taxii.client.TaxiiClient;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./kerege pull`: reads a collection of any TAXII 2.1 server into a folder or a node, and goes on where the last pull
/// stopped.
@Command(
        name = "pull",
        mixinStandardHelpOptions = true,
        description = "Reads what is new in a collection of another server.")
public final class PullCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "URL", description = "Discovery, API root or collection.")
    private URI from;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Target target = new Target();

    @Option(
            names = "--type",
            split = ",",
            paramLabel = "TYPE",
            description = "Only objects of these types.")
    private List<String> types = List.of();

    @Option(names = "--all-versions", description = "Every version in place of the last.")
    private boolean allVersions;

    @Option(
            names = "--page",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Objects asked for at a time; default: ${DEFAULT-VALUE}.")
    private int page;

    @Mixin private RemoteOptions remote = new RemoteOptions();

    /// Where the objects go.
    static final class Target {

        @Option(
                names = "--to",
                paramLabel = "DIR",
                description = "Folder for envelopes and the state of the pull.")
        private @Nullable Path folder;

        @ArgGroup(exclusive = false)
        private @Nullable Node node;
    }

    /// A node that takes the objects in.
    static final class Node {

        @Option(
                names = "--into",
                required = true,
                paramLabel = "URL",
                description = "Collection of a node, such as this member's.")
        private URI address;

        @Option(
                names = "--into-token-file",
                required = true,
                paramLabel = "FILE",
                description = "File with a token of that node.")
        private Path tokenFile;

        @Option(
                names = "--state",
                required = true,
                paramLabel = "FILE",
                description = "Where the pull stands; made by the first.")
        private Path state;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (page < 1) {
            throw new IllegalArgumentException("--page is at least 1");
        }
        TaxiiClient client = new TaxiiClient(remote.settings());
        RemoteCollection collection =
                remote.choose(
                        client.collectionsAt(from).stream()
                                .filter(RemoteCollection::canRead)
                                .toList());
        Pull pull = new Pull(client, collection, types, allVersions, page);
        PrintWriter errors = spec.commandLine().getErr();
        long objects =
                target.folder == null
                        ? intoNode(pull, errors)
                        : intoFolder(pull, target.folder, errors);
        spec.commandLine().getOut().println(objects + " new objects");
        spec.commandLine().getOut().flush();
        return ExitCode.SUCCESS;
    }

    private static long intoFolder(Pull pull, Path folder, PrintWriter errors)
            throws IOException, InterruptedException {
        FolderSink sink = new FolderSink(folder, errors::println);
        pull.run(sink.state(), sink);
        return sink.objects();
    }

    private long intoNode(Pull pull, PrintWriter errors) throws IOException, InterruptedException {
        Node node = target.node;
        if (node == null) {
            throw new IllegalArgumentException("say --to DIR or --into URL");
        }
        String token = Files.readString(node.tokenFile).strip();
        TaxiiClient client = new TaxiiClient(ClientSettings.of(new Credentials.Bearer(token)));
        List<RemoteCollection> into =
                client.collectionsAt(node.address).stream()
                        .filter(RemoteCollection::canWrite)
                        .toList();
        if (into.size() != 1) {
            throw new IllegalArgumentException("--into names one collection that can be written");
        }
        ServerSink sink = new ServerSink(client, into.getFirst(), node.state, errors::println);
        pull.run(sink.state(), sink);
        return sink.objects();
    }
}
