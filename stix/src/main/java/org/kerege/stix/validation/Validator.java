package org.kerege.stix.validation;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Judges STIX 2.1 content. Immutable and free of locks: one validator serves all threads. It looks at every
/// value once and takes nothing for granted but that the tree's depth is bounded, as [org.kerege.stix.Json]
/// bounds it; no document makes it throw.
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
        if (!(document instanceof ObjectNode object)) {
            Kinds.wrongType(document, report, "an object", "STIX 2.1 §3");
        } else if (isBundle(object)) {
            Bundles.check(object, report);
        } else {
            ObjectCheck.object(object, report);
        }
        return report.verdict();
    }

    private static boolean isBundle(ObjectNode object) {
        JsonNode type = object.get("type");
        return type != null && type.isString() && type.stringValue().equals("bundle");
    }
}
