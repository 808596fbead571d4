package org.kerege.node.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.BundleReader;
import org.kerege.stix.StixObject;
import org.kerege.taxii.client.PullSink;
import org.kerege.taxii.client.PullState;

/// Keeps what is pulled as numbered envelopes in a folder. A page's number follows from the state before it, so
/// that a page which comes again after a break takes the place of itself: no object stands there twice.
final class FolderSink implements PullSink {

    private static final String STATE = "pull.json";

    private final Path folder;
    private final Consumer<String> refusals;
    private final Path part;
    private @Nullable OutputStream open;
    private long objects;
    private long inPage;

    FolderSink(Path folder, Consumer<String> refusals) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.part = folder.resolve("page.part");
        this.refusals = refusals;
    }

    /// Where the last pull into this folder stopped.
    PullState state() throws IOException {
        try {
            return PullState.read(Files.readAllBytes(folder.resolve(STATE)));
        } catch (NoSuchFileException e) {
            return PullState.START;
        }
    }

    long objects() {
        return objects;
    }

    @Override
    public void add(BundleReader.Item item) throws IOException {
        switch (item) {
            case BundleReader.Item.Refused(int _, var why) ->
                    refusals.accept("left out an object: " + why.getMessage());
            case BundleReader.Item.Read(int _, StixObject object) -> {
                OutputStream out = open;
                if (out == null) {
                    out = new BufferedOutputStream(Files.newOutputStream(part));
                    open = out;
                    out.write("{\"objects\":[\n".getBytes(UTF_8));
                } else {
                    out.write(",\n".getBytes(UTF_8));
                }
                out.write(object.bytes());
                inPage++;
            }
        }
    }

    @Override
    public void keep(PullState state) throws IOException {
        OutputStream out = open;
        if (out != null) {
            out.write("\n]}\n".getBytes(UTF_8));
            out.close();
            open = null;
            moveDurably(part, folder.resolve("page-%08d.json".formatted(state.pages())));
            objects += inPage;
            inPage = 0;
        }
        Path fresh = folder.resolve(STATE + ".part");
        Files.write(fresh, state.write());
        moveDurably(fresh, folder.resolve(STATE));
    }

    @Override
    public void drop() throws IOException {
        OutputStream out = open;
        if (out != null) {
            out.close();
            open = null;
            Files.deleteIfExists(part);
        }
        inPage = 0;
    }

    private static void moveDurably(Path from, Path to) throws IOException {
        try (FileChannel file = FileChannel.open(from, StandardOpenOption.WRITE)) {
            file.force(true);
        }
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
