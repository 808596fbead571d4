package org.kerege.pattern;

/// Which edition of the patterning language a text is written in.
public enum Dialect {
    /// STIX 2.0 part 5: START and STOP take strings.
    STIX_2_0,
    /// STIX 2.1 §9: START and STOP take timestamps.
    STIX_2_1,
    /// STIX 2.1 as the grammar of OASIS reads it: one observation expression may have several qualifiers of a
    /// kind, applied from left to right. For patterns that exist, not for new ones.
    OASIS_GRAMMAR
}
