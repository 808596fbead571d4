package org.kerege.charter.rule;

/// What a proposal is about. Only [DecisionRule.ConsensusWithoutProceduralVeto] tells them apart.
public enum Matter {
    SUBSTANCE,
    PROCEDURE
}
