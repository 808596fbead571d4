/// Whether STIX 2.1 content obeys the standard: errors for what it demands, warnings for what it recommends.
/// Start at [Validator]. The tables [DomainObjects], [RelationshipObjects], [Observables],
/// [ObservableExtensions] and [MetaObjects] are meant to be read beside the standard.
@NullMarked
package org.kerege.stix.validation;

import org.jspecify.annotations.NullMarked;
