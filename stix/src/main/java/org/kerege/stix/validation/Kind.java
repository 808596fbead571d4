package org.kerege.stix.validation;

import tools.jackson.databind.JsonNode;

/// What the value of a property must look like: a data type of STIX 2.1 §2, narrowed as the property asks.
@FunctionalInterface
interface Kind {

    /// Reports whatever is wrong with `value`, at the place where the report stands.
    void check(JsonNode value, Report report);
}
