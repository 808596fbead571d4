package org.kerege.conformance;

import java.util.List;
import org.kerege.pattern.IndicatorPatterns;

/// Every corpus that Kerege knows.
public final class Corpora {

    private Corpora() {}

    /// The corpora that need nothing but the libraries, in the order in which they are reported.
    public static List<Corpus> ofLibraries() {
        return List.of(
                new PatternsParseCorpus(),
                new PatternsMatchCorpus(),
                new PatternEquivalenceCorpus(),
                new StixObjectsCorpus(new IndicatorPatterns()),
                new StixPolicyCorpus(new IndicatorPatterns()),
                new ScoIdsCorpus(),
                new JcsCorpus(),
                new ConfidenceCorpus());
    }
}
