package org.kerege.pattern.match;

import java.util.List;
import java.util.Map;
import org.kerege.stix.Timestamp;
import tools.jackson.databind.JsonNode;

/// One observed-data object with the cyber-observable objects it holds. It stands for `count` observations,
/// each at some time from `first` to `last`. Source: STIX 2.1 §4.14.
///
/// @param id identifier, or the position in the input where it has none
/// @param count one or more
/// @param objects what was seen, in the order of the input
/// @param byReference the same objects by what a reference calls them; a reference to anything else leads nowhere
record Observed(
        String id,
        Timestamp first,
        Timestamp last,
        long count,
        List<JsonNode> objects,
        Map<String, JsonNode> byReference) {}
