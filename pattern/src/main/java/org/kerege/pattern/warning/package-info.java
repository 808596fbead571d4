/// Values that are no indicators: warning lists in MISP's format, looked up at a cost that grows with the value and not
/// with the lists. Start at [WarningLists].
@NullMarked
package org.kerege.pattern.warning;

import org.jspecify.annotations.NullMarked;
