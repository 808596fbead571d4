package org.kerege.node.desk;

/// How many objects there are of a type.
public record Facet(String type, long count) {}
