/// Transparency log: a Merkle tree that only grows, signed heads, witnesses that check the growth, and proofs that
/// hold without the log. Start at [TransparencyLog] to keep a log, at [LogProof] and [WitnessPolicy] to judge
/// what another log says. Source: RFC 6962 §2, RFC 9162 §2, C2SP signed-note, tlog-checkpoint, tlog-cosignature,
/// tlog-tiles, tlog-proof, tlog-policy, tlog-witness.
@NullMarked
package org.kerege.tlog;

import org.jspecify.annotations.NullMarked;
