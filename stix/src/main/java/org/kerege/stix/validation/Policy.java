package org.kerege.stix.validation;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// How strict a [Validator] is beyond the standard's MUSTs. [#STANDARD] looks at every recommendation and
/// only warns.
///
/// @param checks the recommendations that are looked at
/// @param warningsAsErrors a document with a warning is not valid
/// @param strictTypes object types that the standard does not define are errors
/// @param strictProperties properties that the standard does not define are errors
/// @param enforceReferences both ends of each relationship in a bundle are in that bundle
/// @param interoperability also what the STIX/TAXII 2 interoperability test document asks for
public record Policy(
        Set<Check> checks,
        boolean warningsAsErrors,
        boolean strictTypes,
        boolean strictProperties,
        boolean enforceReferences,
        boolean interoperability) {

    /// All recommendations but the two on names of custom content, which extensions have replaced.
    public static final Policy STANDARD =
            new Policy(standardChecks(), false, false, false, false, false);

    public Policy {
        EnumSet<Check> copy = EnumSet.noneOf(Check.class);
        copy.addAll(checks);
        checks = Collections.unmodifiableSet(copy);
    }

    /// The same with the recommendations chosen as the OASIS validator does: from all without `disabled`, and
    /// with `enabled` alone when only that is given. Where the use of extensions is not looked at, the names
    /// of custom content are, in the stricter form that is left.
    ///
    /// @param disabled names or numbers of checks or groups of them
    /// @param enabled likewise
    /// @throws IllegalArgumentException when a name stands for no check
    public Policy choosing(Set<String> disabled, Set<String> enabled) {
        EnumSet<Check> chosen = EnumSet.noneOf(Check.class);
        if (!disabled.isEmpty() || enabled.isEmpty()) {
            EnumSet<Check> off = named(disabled);
            chosen = standardChecks();
            chosen.removeAll(off);
            if (off.contains(Check.EXTENSIONS_USE)) {
                if (!off.contains(Check.CUSTOM_PREFIX)) {
                    chosen.add(Check.CUSTOM_PREFIX);
                } else if (!off.contains(Check.CUSTOM_PREFIX_LAX)) {
                    chosen.add(Check.CUSTOM_PREFIX_LAX);
                }
            }
        }
        chosen.addAll(named(enabled));
        return new Policy(
                chosen,
                warningsAsErrors,
                strictTypes,
                strictProperties,
                enforceReferences,
                interoperability);
    }

    private static EnumSet<Check> standardChecks() {
        return EnumSet.complementOf(EnumSet.of(Check.CUSTOM_PREFIX, Check.CUSTOM_PREFIX_LAX));
    }

    private static EnumSet<Check> named(Set<String> names) {
        EnumSet<Check> checks = EnumSet.noneOf(Check.class);
        for (String name : names) {
            checks.addAll(
                    Check.named(name)
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            "no check is called '" + name + "'")));
        }
        return checks;
    }
}
