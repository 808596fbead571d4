/// A million patterns against a stream of events, at a cost that depends on the event. Start at [Engine].
@NullMarked
package org.kerege.pattern.engine;

import org.jspecify.annotations.NullMarked;
