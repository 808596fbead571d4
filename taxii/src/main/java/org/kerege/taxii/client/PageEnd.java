package org.kerege.taxii.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a server says with a page beside its objects.
///
/// @param count objects on the page, unreadable ones included
/// @param more whether it claims that there are more
/// @param next cursor of the page after this, null when there is none or it is empty
/// @param firstAdded `X-TAXII-Date-Added-First`, null when absent or unreadable
/// @param lastAdded `X-TAXII-Date-Added-Last`, likewise
public record PageEnd(
        int count,
        boolean more,
        @Nullable String next,
        @Nullable Instant firstAdded,
        @Nullable Instant lastAdded) {}
