package org.kerege.node.command;

import org.kerege.pattern.IndicatorPatterns;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.validation.Finding;
import org.kerege.stix.validation.Policy;
import org.kerege.stix.validation.Severity;
import org.kerege.stix.validation.Validator;

/// The validator as the command line uses it.
final class Validators {

    private Validators() {}

    static Validator standard() {
        return new Validator(Policy.STANDARD, new IndicatorPatterns());
    }

    /// What cannot be read at all, said as a validator's finding.
    static Finding finding(MalformedStix why) {
        return new Finding(
                why.pointer(),
                why.rule(),
                "STIX 2.1 §3",
                String.valueOf(why.getMessage()),
                Severity.ERROR,
                "form");
    }
}
