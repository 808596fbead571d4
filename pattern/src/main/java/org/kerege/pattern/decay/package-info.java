/// How much an indicator still says after some time. Start at [Decay].
@NullMarked
package org.kerege.pattern.decay;

import org.jspecify.annotations.NullMarked;
