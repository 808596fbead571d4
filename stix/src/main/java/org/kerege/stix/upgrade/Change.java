package org.kerege.stix.upgrade;

/// One thing that differs between an object of STIX 2.0 and its upgrade.
///
/// @param pointer JSON pointer into the object as it was (RFC 6901)
/// @param message what was done and why, in a sentence
public record Change(String pointer, Kind kind, String message) {

    /// What became of the value.
    public enum Kind {
        /// STIX 2.1 asks for it and 2.0 implies it.
        ADDED,
        /// STIX 2.1 asks for it and 2.0 does not say; a careful value was taken.
        ASSUMED,
        /// The same value under the name that it has in STIX 2.1.
        RENAMED,
        /// The same content in another place or form.
        MOVED,
        /// STIX 2.1 has no place for it; kept as a custom property.
        CUSTOM,
        /// Could not be kept.
        LOST
    }
}
