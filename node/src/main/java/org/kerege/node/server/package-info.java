/// The running node: every capability's configuration put together, started and stopped.
@NullMarked
package org.kerege.node.server;

import org.jspecify.annotations.NullMarked;
