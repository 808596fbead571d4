package org.kerege.taxii.client;

import java.io.IOException;
import org.kerege.stix.BundleReader;

/// Takes what a pull brings, page by page. What is added counts with the next [#keep] only; [#drop] or a crash in
/// between means that the same page comes again. A sink that makes both the page and the state durable in one step
/// sees each version exactly once.
public interface PullSink {

    /// One object of the page at hand, as it was received, or why it cannot be read.
    void add(BundleReader.Item item) throws IOException;

    /// The page is complete: makes it durable, and the state with it.
    void keep(PullState state) throws IOException;

    /// The page broke off: forgets what was added since the last [#keep].
    void drop() throws IOException;
}
