/// Who calls: accounts of organisations, their roles, passwords and tokens. Start at [Identity].
@NullMarked
package org.kerege.node.identity;

import org.jspecify.annotations.NullMarked;
