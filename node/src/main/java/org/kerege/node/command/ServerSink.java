package org.kerege.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.kerege.stix.BundleReader;
import org.kerege.stix.StixObject;
import org.kerege.taxii.client.PullSink;
import org.kerege.taxii.client.PullState;
import org.kerege.taxii.client.PushStatus;
import org.kerege.taxii.client.RemoteCollection;
import org.kerege.taxii.client.TaxiiClient;

/// Hands what is pulled on to a node, page by page. The state is written once the node has decided on the page; a
/// page that comes again after a break in between is known to the node and changes nothing.
final class ServerSink implements PullSink {

    private final TaxiiClient client;
    private final RemoteCollection into;
    private final Path stateFile;
    private final Consumer<String> refusals;
    private final List<StixObject> page = new ArrayList<>();
    private long objects;

    ServerSink(
            TaxiiClient client, RemoteCollection into, Path stateFile, Consumer<String> refusals) {
        this.client = client;
        this.into = into;
        this.stateFile = stateFile;
        this.refusals = refusals;
    }

    PullState state() throws IOException {
        try {
            return PullState.read(Files.readAllBytes(stateFile));
        } catch (NoSuchFileException e) {
            return PullState.START;
        }
    }

    long objects() {
        return objects;
    }

    @Override
    public void add(BundleReader.Item item) {
        switch (item) {
            case BundleReader.Item.Refused(int _, var why) ->
                    refusals.accept("left out an object: " + why.getMessage());
            case BundleReader.Item.Read(int _, StixObject object) -> page.add(object);
        }
    }

    @Override
    public void keep(PullState state) throws IOException {
        try {
            PushStatus status = client.push(into, page);
            if (!status.complete()) {
                throw new IOException("the node has not decided on the page in time");
            }
            status.failures()
                    .forEach(failure -> refusals.accept(failure.id() + ": " + failure.message()));
            objects += status.success();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while a page was handed on", e);
        }
        page.clear();
        Path fresh = stateFile.resolveSibling(stateFile.getFileName() + ".part");
        Files.write(fresh, state.write());
        Files.move(
                fresh,
                stateFile,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void drop() {
        page.clear();
    }
}
