package org.kerege.taxii;

/// A request that breaks a rule of TAXII. The message names the parameter and the rule.
public final class MalformedTaxii extends RuntimeException {

    /// @param name of the parameter or property
    /// @param rule how it is to be, as the rest of a sentence that begins with the name
    public MalformedTaxii(String name, String rule) {
        super("'" + name + "' " + rule);
    }
}
