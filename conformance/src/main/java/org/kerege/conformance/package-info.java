/// Corpora of cases with expected outcomes, run against the libraries. Start at [Corpus].
@NullMarked
package org.kerege.conformance;

import org.jspecify.annotations.NullMarked;
