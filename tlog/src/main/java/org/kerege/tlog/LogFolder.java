package org.kerege.tlog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// A log as static files, ready to be served as they lie: `checkpoint`, `tile/…`, `tile/entries/…`. Full tiles never
/// change; partial ones stay until their full one is there. Source: C2SP tlog-tiles.
///
/// Every file is written beside its place, forced to the disk and moved into it, the checkpoint last: whatever
/// interrupts, the checkpoint that is read names tiles that are there.
public final class LogFolder {

    /// Longest entry; its length is written in two bytes.
    public static final int MAX_ENTRY_BYTES = 65_535;

    private static final String CHECKPOINT = "checkpoint";

    private final Path folder;

    public LogFolder(Path folder) {
        this.folder = folder;
    }

    /// The signed head as it lies here.
    ///
    /// @throws NoSuchFileException when there is none yet
    /// @throws MalformedLog when it is no note
    public SignedNote checkpoint() throws IOException {
        return SignedNote.parse(bounded(folder.resolve(CHECKPOINT), SignedNote.MAX_BYTES));
    }

    /// Whether a head lies here.
    public boolean isLog() {
        return Files.isRegularFile(folder.resolve(CHECKPOINT));
    }

    /// Replaces the signed head. Its tiles must have been written before.
    public void write(SignedNote checkpoint) throws IOException {
        replace(folder.resolve(CHECKPOINT), SignedNote.textBytes(checkpoint.toString()));
    }

    /// Writes the tiles of hashes and of entries that `tree` has more than a tree of `from` entries.
    ///
    /// @param entries the entries from the last full tile of `from` on, that is from `from - from % 256`
    /// @throws MalformedLog when an entry is too long
    public void write(long from, TreeNodes tree, List<byte[]> entries) throws IOException {
        for (int level = 0; TilePath.hashesAt(level, tree.size()) > 0; level++) {
            long first = TilePath.hashesAt(level, from) / TilePath.FULL * TilePath.FULL;
            long end = TilePath.hashesAt(level, tree.size());
            for (long at = first; at < end; at += TilePath.FULL) {
                TilePath tile = TilePath.holding(level, at, tree.size());
                writeTile(tile, tile.hashes(tree));
            }
        }
        long first = from / TilePath.FULL * TilePath.FULL;
        for (long at = first; at < tree.size(); at += TilePath.FULL) {
            TilePath tile = TilePath.holding(TilePath.ENTRIES, at, tree.size());
            int start = Math.toIntExact(at - first);
            writeTile(tile, bundle(entries.subList(start, start + tile.width())));
        }
    }

    /// The tree that the tiles hold, read as it is asked for and checked against nothing: compare its root with a
    /// checkpoint's.
    ///
    /// @param size as a checkpoint states it
    public TreeNodes tree(long size) {
        return new Tiles(size);
    }

    /// The entries `from` (included) to `to` (excluded), each as long as it was written.
    ///
    /// @param size of the log, from its checkpoint
    /// @throws MalformedLog when a bundle has another form
    public List<byte[]> entries(long from, long to, long size) throws IOException {
        List<byte[]> entries = new ArrayList<>();
        for (long at = from; at < to; ) {
            TilePath tile = TilePath.holding(TilePath.ENTRIES, at, size);
            List<byte[]> bundle = unbundle(tile, readTile(tile, TilePath.FULL * (2 + 65_535)));
            long tileStart = tile.index() * TilePath.FULL;
            int start = Math.toIntExact(at - tileStart);
            int end = Math.toIntExact(Math.min(to - tileStart, tile.width()));
            entries.addAll(bundle.subList(start, end));
            at = tileStart + end;
        }
        return entries;
    }

    /// Reads all entries and checks that they hash to the root of the checkpoint.
    ///
    /// @throws MalformedLog when entries, tiles and root disagree
    public List<byte[]> verifiedEntries(Checkpoint checkpoint) throws IOException {
        List<byte[]> entries = entries(0, checkpoint.size(), checkpoint.size());
        CompactRange range = new CompactRange();
        entries.forEach(entry -> range.append(Hash.ofLeaf(entry)));
        if (!range.root().equals(checkpoint.root())) {
            throw new MalformedLog(
                    "the entries of "
                            + checkpoint.origin()
                            + " do not hash to the root of its checkpoint of size "
                            + checkpoint.size());
        }
        if (!tree(checkpoint.size()).root(checkpoint.size()).equals(checkpoint.root())) {
            throw new MalformedLog(
                    "the tiles of " + checkpoint.origin() + " do not hash to its root");
        }
        return entries;
    }

    private static byte[] bundle(List<byte[]> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            if (entry.length > MAX_ENTRY_BYTES) {
                throw new MalformedLog("an entry has at most " + MAX_ENTRY_BYTES + " bytes");
            }
            out.write(entry.length >>> 8);
            out.write(entry.length);
            out.writeBytes(entry);
        }
        return out.toByteArray();
    }

    private static List<byte[]> unbundle(TilePath tile, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<byte[]> entries = new ArrayList<>(tile.width());
        while (entries.size() < tile.width()) {
            if (in.remaining() < 2) {
                throw truncated(tile);
            }
            int length = in.getShort() & 0xffff;
            if (in.remaining() < length) {
                throw truncated(tile);
            }
            byte[] entry = new byte[length];
            in.get(entry);
            entries.add(entry);
        }
        return entries;
    }

    private static MalformedLog truncated(TilePath tile) {
        return new MalformedLog(tile + " ends before its " + tile.width() + " entries");
    }

    private void writeTile(TilePath tile, byte[] bytes) throws IOException {
        Path file = folder.resolve(tile.toString());
        if (!Files.exists(file)) {
            replace(file, bytes);
        }
    }

    /// The tile, or the full one in its place: a log may drop a partial tile once it is full.
    private byte[] readTile(TilePath tile, int maxBytes) throws IOException {
        Path file = folder.resolve(tile.toString());
        return bounded(
                Files.exists(file) ? file : folder.resolve(tile.full().toString()), maxBytes);
    }

    private static byte[] bounded(Path file, int maxBytes) throws IOException {
        if (Files.size(file) > maxBytes) {
            throw new MalformedLog(file.getFileName() + " has more than " + maxBytes + " bytes");
        }
        return Files.readAllBytes(file);
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Path written = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel =
                FileChannel.open(
                        written,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private final class Tiles implements TreeNodes {

        private final long size;

        Tiles(long size) {
            this.size = size;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public Hash node(int level, long index) {
            int tileLevel = level / 8;
            int above = level % 8;
            // A node between two tile levels is hashed from those of the level below it.
            if (above > 0) {
                return Hash.ofNode(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
            }
            TilePath tile = TilePath.holding(tileLevel, index, size);
            try {
                byte[] bytes = readTile(tile, TilePath.FULL * Hash.BYTES);
                int offset = (int) (index % TilePath.FULL) * Hash.BYTES;
                if (bytes.length < offset + Hash.BYTES) {
                    throw new MalformedLog(tile + " is shorter than its width");
                }
                return Hash.from(bytes, offset);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
