package org.kerege.conformance;

import tools.jackson.databind.JsonNode;

/// One kind of corpus file: its name and how a case of it is judged. A corpus never stops at a bad case and
/// never throws for one; whatever goes wrong is a failure with its reason.
public interface Corpus {

    /// Name of the file in the folder of corpora, such as `jcs.json`.
    String file();

    /// Judges every case of the file, in order.
    ///
    /// @param cases the whole file: an array of cases
    void run(JsonNode cases, Tally tally);
}
