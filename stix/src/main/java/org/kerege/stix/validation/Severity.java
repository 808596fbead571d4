package org.kerege.stix.validation;

/// How grave a finding is: an error breaks a MUST of the standard, a warning a SHOULD.
public enum Severity {
    ERROR,
    WARNING
}
