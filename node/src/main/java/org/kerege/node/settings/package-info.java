/// The settings of a node, read from its file.
@NullMarked
package org.kerege.node.settings;

import org.jspecify.annotations.NullMarked;
