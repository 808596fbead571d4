package org.kerege.node.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kerege.node.settings.Settings;
import org.kerege.stix.BundleReader;
import org.kerege.stix.StixObject;
import org.kerege.taxii.client.PushStatus;
import org.kerege.taxii.client.RemoteCollection;
import org.kerege.taxii.client.TaxiiClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./kerege publish`: hands STIX files to this member's running node or to any TAXII 2.1 server and says of each
/// refused object why.
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description =
                "Adds the objects of STIX files to a collection of this node or another server.")
public final class PublishCommand implements Callable<Integer> {

    private static final int PIECE = 1_000;

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Bundles, envelopes, JSON lines or single objects, also gzipped.")
    private List<Path> files = List.of();

    @Option(
            names = "--to",
            paramLabel = "URL",
            description =
                    "Discovery, API root or collection of the server; default: this member's node, as the settings name it.")
    private @Nullable URI to;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "Settings file; default: ${DEFAULT-VALUE}.",
            defaultValue = "kerege.yaml")
    private Path settingsFile;

    @Mixin private RemoteOptions remote = new RemoteOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        TaxiiClient client = new TaxiiClient(remote.settings());
        RemoteCollection collection =
                remote.choose(
                        client.collectionsAt(to == null ? ownNode() : to).stream()
                                .filter(RemoteCollection::canWrite)
                                .toList());
        Publication publication = new Publication(client, collection);
        for (Path file : files) {
            publication.add(file);
        }
        publication.flush();
        PrintWriter out = spec.commandLine().getOut();
        publication.refusals.forEach(out::println);
        out.println(publication.accepted + " accepted, " + publication.refused + " refused");
        out.flush();
        return publication.refused == 0 ? ExitCode.SUCCESS : ExitCode.NEGATIVE;
    }

    private URI ownNode() throws IOException {
        Settings settings = Settings.read(settingsFile);
        return URI.create("http://" + settings.address() + ":" + settings.port() + "/taxii2/");
    }

    /// Objects on their way, a piece at a time, so that files of any size pass.
    private static final class Publication {

        private static final int MAX_REFUSALS = 1_000;

        private final TaxiiClient client;
        private final RemoteCollection collection;
        private final List<StixObject> piece = new ArrayList<>();
        private final List<String> refusals = new ArrayList<>();
        private long accepted;
        private long refused;

        Publication(TaxiiClient client, RemoteCollection collection) {
            this.client = client;
            this.collection = collection;
        }

        void add(Path file) throws IOException, InterruptedException {
            try (InputStream in = InputFiles.open(file)) {
                BundleReader.read(in, item -> take(file, item));
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("stopped while objects were handed over");
            }
        }

        private void take(Path file, BundleReader.Item item) {
            switch (item) {
                case BundleReader.Item.Refused(int index, var why) ->
                        refuse(file + ", object " + index + ": " + why.getMessage());
                case BundleReader.Item.Read(int _, StixObject object) -> {
                    piece.add(object);
                    if (piece.size() == PIECE) {
                        try {
                            flush();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                            throw new UncheckedIOException(new IOException("stopped", e));
                        }
                    }
                }
            }
        }

        void flush() throws IOException, InterruptedException {
            PushStatus status = client.push(collection, piece);
            piece.clear();
            if (!status.complete()) {
                throw new IOException(
                        "the server has not decided on "
                                + status.pending()
                                + " objects; its status resource is "
                                + status.id());
            }
            accepted += status.success();
            for (PushStatus.Failure failure : status.failures()) {
                refuse(failure.id() + ": " + failure.message());
            }
            // A server may count failures that it does not list.
            refused += Math.max(0, status.failure() - status.failures().size());
        }

        private void refuse(String sentence) {
            refused++;
            if (refusals.size() < MAX_REFUSALS) {
                refusals.add(sentence);
            }
        }
    }
}
