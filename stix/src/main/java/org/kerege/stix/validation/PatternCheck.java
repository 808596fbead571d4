package org.kerege.stix.validation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the validator looks into the STIX pattern of an indicator. The parser lives in a library that stands on
/// this one, so whoever has it hands it in. Called from the thread that validates; several at once where
/// several threads validate.
@FunctionalInterface
public interface PatternCheck {

    /// Accepts every text: for use without a parser.
    PatternCheck NONE = (pattern, version) -> new Outcome(null, List.of());

    /// Reads one pattern.
    ///
    /// @param version of the pattern language, `2.0` or `2.1`
    Outcome check(String pattern, String version);

    /// What was read.
    ///
    /// @param error why the text is no pattern, null when it is one
    /// @param uses each first step of a path in the pattern, repetitions allowed; empty when there is an error
    record Outcome(@Nullable String error, List<Use> uses) {
        public Outcome {
            uses = List.copyOf(uses);
        }
    }

    /// One property of one object type that a pattern looks at, such as `file` and `hashes`.
    record Use(String objectType, String property) {}
}
