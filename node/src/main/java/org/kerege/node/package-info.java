/// The node: one package per capability, each behind one door. Start at [Main] for the command line and
/// at `exchange` for the way of one object.
@NullMarked
package org.kerege.node;

import org.jspecify.annotations.NullMarked;
