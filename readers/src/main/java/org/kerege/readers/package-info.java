/// Event logs become observations by data-driven mappings.
@NullMarked
package org.kerege.readers;

import org.jspecify.annotations.NullMarked;
