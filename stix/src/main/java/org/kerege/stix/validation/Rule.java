package org.kerege.stix.validation;

import tools.jackson.databind.node.ObjectNode;

/// A rule on an object that no single property can tell: which ones go together, which comes first. Properties
/// may be missing or of another type, since those faults have been reported and the walk goes on.
@FunctionalInterface
interface Rule {

    /// Reports whatever is wrong with `object`, at the place where the report stands.
    void check(ObjectNode object, Report report);
}
