package org.kerege.charter.rule;

/// What a member says to a proposal. A member that says nothing is absent.
public enum Position {
    FOR,
    AGAINST,
    ABSTAIN,
    ABSENT
}
