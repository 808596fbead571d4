/// Agreements with other nodes, replayed from the signed papers in this node's ledger: who the other side is, which key it
/// signs with, what each side gives, how far up, and from when until when. Start at [Agreements]; the gate and the peers
/// ask it.
@NullMarked
package org.kerege.node.agreement;

import org.jspecify.annotations.NullMarked;
