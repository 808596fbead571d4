package org.kerege.node.peers;

/// Why a bundle is not taken. Nothing of it has been.
final class BundleRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param fault in a word: `forged`, `changed`, `replayed`, `gap`, `lost-part`, `not-for-us`
    BundleRefused(String fault, String message) {
        super(fault + ": " + message);
    }
}
