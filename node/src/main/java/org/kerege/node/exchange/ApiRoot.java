package org.kerege.node.exchange;

import org.jspecify.annotations.Nullable;

/// A group of collections under one address. Source: TAXII 2.1 §4.2.
///
/// @param name last segment of its path
/// @param maxContentLength most bytes of a request's body
/// @param isDefault whether a client that knows nothing better is to use it
public record ApiRoot(
        String name,
        String title,
        @Nullable String description,
        long maxContentLength,
        boolean isDefault) {}
