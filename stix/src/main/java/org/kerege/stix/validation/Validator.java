package org.kerege.stix.validation;

import tools.jackson.databind.JsonNode;

/// Judges STIX 2.1 content. Immutable and free of locks: one validator serves all threads.
public final class Validator {

    private final Policy policy;
    private final PatternCheck patterns;

    /// @param patterns how STIX patterns are read; [PatternCheck#NONE] to leave them unread
    public Validator(Policy policy, PatternCheck patterns) {
        this.policy = policy;
        this.patterns = patterns;
    }

    /// Judges one object, or a bundle with all of its objects. The tree is only read.
    public Verdict validate(JsonNode document) {
        Report report = new Report(policy, patterns);
        return report.verdict();
    }
}
