package org.kerege.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kerege.stix.Json;

/// The shared corpora, each run whole.
class CorporaTest {

    private static final Path FOLDER = Path.of("../../shared/conformance");

    /// Cases that the standard decides otherwise; the tests of each corpus give the clause.
    private static final Set<String> DISAGREEMENTS =
            Set.of(
                    "pp-0785", "so-0587", "so-0588", "so-0590", "so-0592", "so-0594", "so-0675",
                    "sp-0073", "sp-0074");

    static List<Corpus> corpora() {
        return Corpora.ofLibraries();
    }

    @ParameterizedTest
    @MethodSource("corpora")
    void every_case_ends_as_expected(Corpus corpus) throws Exception {
        Path file = FOLDER.resolve(corpus.file());
        assumeTrue(
                Files.exists(file),
                file + " is not here: the shared corpora lie beside the checkout");
        Tally tally = new Tally();

        corpus.run(Json.mapper().readTree(Files.readAllBytes(file)), tally);

        assertThat(tally.failures())
                .filteredOn(failure -> !DISAGREEMENTS.contains(failure.id()))
                .isEmpty();
        assertThat(tally.passedCount()).isPositive();
    }
}
