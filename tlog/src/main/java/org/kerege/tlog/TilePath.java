package org.kerege.tlog;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a tile lies below a log's prefix: `tile/<level>/<index>[.p/<width>]`, the index in groups of three digits
/// (`x001/x234/067`). A tile holds up to 256 hashes of one level in eight; the tiles `entries` hold the entries.
/// Source: C2SP tlog-tiles, "Merkle Tree".
///
/// @param level 0 to 7 for hashes (a tile's hash stands for `256^level` entries), [#ENTRIES] for entries
/// @param index place of the tile in its level
/// @param width 1 to 256; below 256 the tile is partial
public record TilePath(int level, long index, int width) {

    /// Hashes or entries in a full tile.
    public static final int FULL = 256;

    /// The level of tiles that hold entries.
    public static final int ENTRIES = -1;

    private static final int BITS = 8;
    private static final int MAX_LEVEL = 7;

    /// At most 15 digits, so that places of hashes fit a long.
    private static final Pattern HASHES =
            Pattern.compile("tile/([0-7])/((?:x\\d{3}/){0,4}\\d{3})(?:\\.p/(\\d{1,3}))?");

    public TilePath {
        if (level < ENTRIES || level > MAX_LEVEL || index < 0 || width < 1 || width > FULL) {
            throw new MalformedLog(
                    "no tile of level " + level + ", index " + index + " and width " + width);
        }
    }

    /// Reads a path of a tile of hashes.
    ///
    /// @throws MalformedLog when it is none, or one of entries
    public static TilePath parse(String path) {
        Matcher form = HASHES.matcher(path);
        if (!form.matches()) {
            throw new MalformedLog("'" + MalformedLog.excerpt(path) + "' is no tile of hashes");
        }
        long index = Long.parseLong(form.group(2).replaceAll("[x/]", ""));
        int width = form.group(3) == null ? FULL : Integer.parseInt(form.group(3));
        TilePath tile = new TilePath(Integer.parseInt(form.group(1)), index, width);
        if (!tile.toString().equals(path)) {
            throw new MalformedLog("'" + path + "' is written " + tile);
        }
        return tile;
    }

    /// How many entries a tree has at least that has all of this tile.
    public long end() {
        return (index * FULL + width) << (BITS * Math.max(level, 0));
    }

    /// The tile's content: its hashes, 32 bytes each.
    ///
    /// @throws IndexOutOfBoundsException when the tree has fewer
    public byte[] hashes(TreeNodes tree) {
        if (level == ENTRIES || index * FULL + width > hashesAt(level, tree.size())) {
            throw new IndexOutOfBoundsException(this + " of a tree of " + tree.size());
        }
        byte[] bytes = new byte[width * Hash.BYTES];
        for (int i = 0; i < width; i++) {
            tree.node(BITS * level, index * FULL + i).copyTo(bytes, i * Hash.BYTES);
        }
        return bytes;
    }

    /// How many hashes the level has in the tree of `size` entries.
    static long hashesAt(int level, long size) {
        return level == ENTRIES ? size : size >>> (BITS * level);
    }

    /// The tile that holds hash `hash` of the level in the tree of `size` entries, as wide as that tree makes it.
    static TilePath holding(int level, long hash, long size) {
        long index = hash / FULL;
        return new TilePath(
                level, index, (int) Math.min(FULL, hashesAt(level, size) - index * FULL));
    }

    public boolean isFull() {
        return width == FULL;
    }

    TilePath full() {
        return new TilePath(level, index, FULL);
    }

    /// The path below the log's prefix, with forward slashes.
    @Override
    public String toString() {
        StringBuilder groups = new StringBuilder("%03d".formatted(index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            groups.insert(0, "x%03d/".formatted(rest % 1000));
        }
        String name = level == ENTRIES ? "entries" : Integer.toString(level);
        return "tile/" + name + "/" + groups + (isFull() ? "" : ".p/" + width);
    }
}
