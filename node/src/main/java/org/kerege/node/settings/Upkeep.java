package org.kerege.node.settings;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a node does by itself, as the settings ask for it.
///
/// @param feeds foreign servers to read from and write to
/// @param quotaBytes most bytes of the database, above which nothing more is taken in; null for no such bound
/// @param keepStatuses how long what became of a submission can be asked for
/// @param keepSuperseded how long a version is kept once a newer one is held; null for ever
/// @param hunting where it hunts
public record Upkeep(
        List<Feed> feeds,
        @Nullable Long quotaBytes,
        Duration keepStatuses,
        @Nullable Duration keepSuperseded,
        Hunting hunting) {

    /// What is done where the settings ask for nothing.
    public static final Upkeep DEFAULT =
            new Upkeep(List.of(), null, Duration.ofDays(30), null, Hunting.NONE);

    public Upkeep {
        feeds = List.copyOf(feeds);
    }
}
