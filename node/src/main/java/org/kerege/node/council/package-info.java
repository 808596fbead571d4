/// `./kerege charter`: who chairs, what was decided, by whom. Works on files alone; no node need run.
@NullMarked
package org.kerege.node.council;

import org.jspecify.annotations.NullMarked;
