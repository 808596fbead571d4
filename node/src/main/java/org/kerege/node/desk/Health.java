package org.kerege.node.desk;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import org.kerege.node.settings.Settings;

/// How the node is, in one line.
///
/// @param good whether it does all that it should
/// @param key of the sentence
/// @param free space on the disk of its data, in gibibytes with one decimal
public record Health(boolean good, String key, String free) {

    /// As it is now. That the page is made at all says that the store can be read.
    static Health of(Settings settings) {
        try {
            long free = Files.getFileStore(settings.data()).getUsableSpace();
            boolean room = free >= settings.minimumFreeBytes();
            return new Health(
                    room,
                    room ? "health.good" : "health.full",
                    String.format(Locale.ROOT, "%.1f", free / (double) (1L << 30)));
        } catch (IOException e) {
            return new Health(false, "health.no-disk", "");
        }
    }
}
