package org.kerege.node.peers;

/// Why a recall, or an answer to one, is not taken.
final class RecallRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param fault in a word: `forged`, `replayed`, `unknown`, `contradicted`, …
    RecallRefused(String fault, String message) {
        super(fault + ": " + message);
    }
}
