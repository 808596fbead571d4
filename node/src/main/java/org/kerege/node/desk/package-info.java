/// The pages where people work, and how they sign in to them. Start at [DeskPages].
@NullMarked
package org.kerege.node.desk;

import org.jspecify.annotations.NullMarked;
