package org.kerege.node.exchange.search;

/// One version of an object in the form in which its reader may have it.
///
/// @param version sortable text, see [org.kerege.node.exchange.Version]
/// @param reduced whether parts are withheld
/// @param bytes whole, or without the parts that are withheld
public record VisibleObject(
        long seq, String id, String version, String type, boolean reduced, byte[] bytes) {}
