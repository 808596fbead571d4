package org.kerege.charter.alliance;

import java.util.List;
import org.kerege.charter.act.Act;
import org.kerege.tlog.LogProof;

/// An act with the proofs that logs contain it; none while it is pending.
public record ProvenAct(Act act, List<LogProof> proofs) {
    public ProvenAct {
        proofs = List.copyOf(proofs);
    }
}
