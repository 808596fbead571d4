package org.kerege.tlog;

import java.util.List;

/// A log's statement of its head: which log, how many entries, which root. Source: C2SP tlog-checkpoint.
///
/// @param origin name of the log, one line
/// @param size number of entries
/// @param extensions further lines, none empty, which no witness stands for
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {

    private static final int FIXED_LINES = 3;

    public Checkpoint {
        extensions = List.copyOf(extensions);
        requireLine(origin);
        extensions.forEach(Checkpoint::requireLine);
        if (size < 0) {
            throw new MalformedLog("a log has no negative size");
        }
        if (size == 0 && !root.equals(Hash.OF_EMPTY_TREE)) {
            throw new MalformedLog("the root of an empty log is the hash of nothing");
        }
    }

    public Checkpoint(String origin, long size, Hash root) {
        this(origin, size, root, List.of());
    }

    /// Reads the text of a note.
    ///
    /// @throws MalformedLog when it is no checkpoint
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length <= FIXED_LINES || !lines[lines.length - 1].isEmpty()) {
            throw new MalformedLog("a checkpoint has lines for origin, size and root");
        }
        return new Checkpoint(
                lines[0],
                Decimal.parse(lines[1], "size of a checkpoint"),
                Hash.parse(lines[2]),
                List.of(lines).subList(FIXED_LINES, lines.length - 1));
    }

    /// The text to be signed, ending in a newline.
    public String text() {
        StringBuilder text = new StringBuilder(origin).append('\n');
        text.append(size).append('\n').append(root).append('\n');
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /// This checkpoint as a note signed by the log.
    public SignedNote signedBy(SigningKey log) {
        return new SignedNote(text(), List.of(log.signNote(text())));
    }

    private static void requireLine(String line) {
        if (line.isEmpty() || line.indexOf('\n') >= 0) {
            throw new MalformedLog("a line of a checkpoint is neither empty nor two lines");
        }
    }
}
