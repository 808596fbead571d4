/// Content of STIX 2.0 becomes STIX 2.1, with a report of what changed on the way. Start at [Upgrade].
@NullMarked
package org.kerege.stix.upgrade;

import org.jspecify.annotations.NullMarked;
