package org.kerege.conformance;

import java.util.List;

/// Every corpus that Kerege knows.
public final class Corpora {

    private Corpora() {}

    /// The corpora that need nothing but the libraries, in the order in which they are reported.
    public static List<Corpus> ofLibraries() {
        return List.of(new JcsCorpus(), new ScoIdsCorpus(), new ConfidenceCorpus());
    }
}
