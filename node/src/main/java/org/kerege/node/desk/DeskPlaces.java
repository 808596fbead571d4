package org.kerege.node.desk;

import java.util.List;
import org.kerege.node.identity.Caller;

/// Entries of the navigation that a capability adds: every bean of this type is asked, in the order of its `@Order`.
public interface DeskPlaces {

    /// Where a caller can go; the texts' keys stand among the desk's words.
    List<Frame.Place> places(Caller caller);
}
