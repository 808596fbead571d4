package org.kerege.node.exchange.taxii;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.node.exchange.Position;

/// A page ready to be sent, with what the delivery's record needs.
///
/// @param body JSON in UTF-8
/// @param digest SHA-256 of the body
/// @param first date of adding of the first object, null on an empty page
/// @param last date of adding of the last object, null on an empty page
/// @param objects numbers in the ledger
/// @param next where the page after it begins, null when there is none
record ServedPage(
        byte[] body,
        byte[] digest,
        @Nullable Instant first,
        @Nullable Instant last,
        List<Long> objects,
        @Nullable Position next) {}
