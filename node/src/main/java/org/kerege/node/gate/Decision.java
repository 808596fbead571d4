package org.kerege.node.gate;

/// What the gate says of one object and one recipient, with the reason in one sentence.
public record Decision(boolean released, String reason) {}
