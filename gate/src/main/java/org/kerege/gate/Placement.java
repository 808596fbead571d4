package org.kerege.gate;

/// The two numbers that the gate gives an object; a stored object carries both.
public record Placement(int audience, int closure) {}
