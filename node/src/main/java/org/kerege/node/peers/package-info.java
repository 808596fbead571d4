/// Other nodes under agreements: who they are ([Dialogue]), what is told them and what they answer ([Mailbox],
/// [Recalls]), what is fetched from them ([Rounds]), and the same on a medium ([Bundles]).
@NullMarked
package org.kerege.node.peers;

import org.jspecify.annotations.NullMarked;
