/// Indicators on their way to the tools that watch and block: what the gate releases and its permissible actions allow,
/// in the formats of [org.kerege.pattern.enforce]. Start at [HeldIndicators].
@NullMarked
package org.kerege.node.enforcement;

import org.jspecify.annotations.NullMarked;
