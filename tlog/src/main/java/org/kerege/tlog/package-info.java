/// Transparency log: Merkle tree, checkpoints, witnesses, proofs and tiles. Source: RFC 6962, RFC 9162, C2SP.
@NullMarked
package org.kerege.tlog;

import org.jspecify.annotations.NullMarked;
