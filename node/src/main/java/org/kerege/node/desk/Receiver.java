package org.kerege.node.desk;

/// What one organisation would get of what is drafted, in the reader's language.
///
/// @param outcome name of [org.kerege.gate.Decision.Outcome]
public record Receiver(String organisation, String standing, String outcome, String reason) {}
