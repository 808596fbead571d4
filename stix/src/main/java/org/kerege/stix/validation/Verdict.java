package org.kerege.stix.validation;

import java.util.List;

/// What a [Validator] says about one document. Errors and warnings are in document order as far as they were
/// found there; at most [#MAX_FINDINGS] of each are kept.
///
/// @param valid no error, and no warning where the policy takes warnings for errors
public record Verdict(boolean valid, List<Finding> errors, List<Finding> warnings) {

    /// Most errors, and most warnings, that one verdict names.
    public static final int MAX_FINDINGS = 1_000;

    static final Verdict CLEAN = new Verdict(true, List.of(), List.of());

    public Verdict {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    /// Neither errors nor warnings.
    public boolean clean() {
        return errors.isEmpty() && warnings.isEmpty();
    }
}
