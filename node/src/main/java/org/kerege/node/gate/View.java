package org.kerege.node.gate;

import java.time.Instant;

/// What one recipient may see for now: the audiences, and the audiences of what objects refer to, that include
/// it. A query that asks for these alone cannot show anything else.
///
/// @param everything the node's own unrestricted view; then the lists are not used
/// @param audiences numbers of the audiences that include the recipient
/// @param closures numbers of the sets of audiences all of which include it
/// @param policyEpoch changes whenever a rule, a member or a marking changes
/// @param validUntil the next instant at which time alone changes the view
public record View(
        boolean everything,
        int[] audiences,
        int[] closures,
        long policyEpoch,
        Instant validUntil) {}
