/// Acts of an alliance: signed, chained, witnessed; and the state that follows from replaying them. Start at [Act] and
/// [Replay].
@NullMarked
package org.kerege.charter.act;

import org.jspecify.annotations.NullMarked;
