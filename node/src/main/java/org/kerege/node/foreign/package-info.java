/// Indicators in the formats of others: read from MISP events, tables and lists. Start at [ImportCommand].
@NullMarked
package org.kerege.node.foreign;

import org.jspecify.annotations.NullMarked;
