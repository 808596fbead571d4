package org.kerege.node.exchange;

import java.time.Instant;

/// A place in a collection's order: what comes after it is the next page.
///
/// @param dateAdded of the last object before the place
/// @param seq of the same, which tells objects of one date apart
public record Position(Instant dateAdded, long seq) {}
