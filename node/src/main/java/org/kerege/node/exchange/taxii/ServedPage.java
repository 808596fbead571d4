package org.kerege.node.exchange.taxii;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page ready to be sent, with what the delivery's record needs.
///
/// @param body JSON in UTF-8
/// @param digest SHA-256 of the body
/// @param first date of adding of the first object, null on an empty page
/// @param last date of adding of the last object, null on an empty page
/// @param objects numbers in the ledger
record ServedPage(
        byte[] body,
        byte[] digest,
        @Nullable Instant first,
        @Nullable Instant last,
        List<Long> objects) {}
