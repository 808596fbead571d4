package org.kerege.pattern;

/// Which edition of the patterning language a text is written in.
public enum Dialect {
    /// STIX 2.0 part 5: START and STOP take strings.
    STIX_2_0,
    /// STIX 2.1 §9: START and STOP take timestamps.
    STIX_2_1
}
