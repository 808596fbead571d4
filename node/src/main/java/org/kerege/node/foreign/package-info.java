/// Indicators in the formats of others: read from MISP, CSV and lists, written as rules and lists for the tools that
/// act on them. Start at [ImportCommand] and [ExportCommand].
@NullMarked
package org.kerege.node.foreign;

import org.jspecify.annotations.NullMarked;
