/// How the positions of members become a decision: pure functions of rule, voters and positions, with a trace of who
/// counted, by which clause, and why. Start at [DecisionRule]; [SilenceProcedure] decides without a session.
@NullMarked
package org.kerege.charter.rule;

import org.jspecify.annotations.NullMarked;
