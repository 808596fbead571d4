package org.kerege.stix.validation;

/// The kinds of object that the standard has. Source: STIX 2.1 §1.3.
enum Family {
    DOMAIN,
    RELATIONSHIP,
    OBSERVABLE,
    META,
    BUNDLE,
    /// A type that the standard does not define.
    CUSTOM
}
