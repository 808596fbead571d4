package org.kerege.taxii.client;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// A collection of another server, TAXII 2.1 §5.2.
///
/// @param root API root it belongs to
/// @param address ends with a slash; objects are below it
/// @param title empty where the server gives none
/// @param canRead taken to be so where the server does not say
public record RemoteCollection(
        RemoteRoot root,
        URI address,
        String id,
        @Nullable String alias,
        String title,
        boolean canRead,
        boolean canWrite) {

    /// Whether somebody who says `name` means this collection: its identifier, alias or title.
    public boolean isCalled(String name) {
        return name.equals(id) || name.equals(alias) || name.equals(title);
    }
}
