package org.kerege.node.exchange.taxii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.kerege.conformance.Tally;
import org.kerege.conformance.TaxiiExpectationsCorpus;
import org.kerege.node.conformance.SeededServer;
import org.kerege.node.ledger.TestDatabases;
import org.kerege.stix.Json;
import tools.jackson.databind.JsonNode;

/// The whole server over HTTP, held against dialogues that others have written down.
class TaxiiCorpusTest {

    private static final Path CORPUS = Path.of("../../shared/conformance");

    /// `tx-0135` posts a STIX list without elements, which STIX 2.1 §2.12 forbids, and expects it to be taken in.
    private static final String AGAINST_THE_TEXT = "tx-0135";

    @Test
    void answers_every_dialogue_as_the_standard_asks() throws IOException {
        assumeTrue(Files.isDirectory(CORPUS), "the corpora are not beside this checkout");
        JsonNode seed = read(CORPUS.resolve("taxii-seed.json"));
        Tally tally = new Tally();

        try (SeededServer server = SeededServer.start(seed, 0, TestDatabases.laidOut())) {
            new TaxiiExpectationsCorpus(server.address(), seed)
                    .run(read(CORPUS.resolve(TaxiiExpectationsCorpus.FILE)), tally);
        }

        assertThat(tally.failures())
                .filteredOn(failure -> !failure.id().equals(AGAINST_THE_TEXT))
                .isEmpty();
        assertThat(tally.passedCount()).isPositive();
    }

    private static JsonNode read(Path file) throws IOException {
        return Json.mapper().readTree(Files.readAllBytes(file));
    }
}
