/// Patterns as instructions for the tools that watch and block: lists, rules of sensors, zones of name servers. Start at
/// [Enforcement].
@NullMarked
package org.kerege.pattern.enforce;

import org.jspecify.annotations.NullMarked;
