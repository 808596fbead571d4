package org.kerege.node.hunt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// An analyst's record of why patterns that name a person may be hunted: purpose, legal basis, who says so, and for which
/// indicators. Without one they are set apart.
///
/// @param indicators identifiers of the indicators it is about; one at least
public record PersonBasis(
        String purpose, String legalBasis, String analyst, Set<String> indicators) {

    private static final long MAX_BYTES = 1 << 20;

    public PersonBasis {
        indicators = Set.copyOf(indicators);
        require("/purpose", purpose);
        require("/legal_basis", legalBasis);
        require("/analyst", analyst);
        if (indicators.isEmpty()) {
            throw new MalformedStix(
                    "/indicators",
                    "a record names each indicator that it is about",
                    "the record of the basis names no indicator");
        }
    }

    private static void require(String pointer, String text) {
        if (text.isBlank()) {
            throw new MalformedStix(
                    pointer,
                    "a record says purpose, legal basis and analyst",
                    "the record of the basis has no " + pointer.substring(1));
        }
    }

    /// Reads a record: a JSON object with `purpose`, `legal_basis`, `analyst` and the list `indicators`.
    ///
    /// @throws MalformedStix when one of them is missing
    public static PersonBasis read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new MalformedStix("", "a record has at most 1 MiB", file + " is too large");
        }
        JsonNode record;
        try {
            record = Json.mapper().readTree(Files.readAllBytes(file));
        } catch (JacksonException e) {
            throw new MalformedStix(
                    "", "a record is JSON", file + " is no record: " + Json.reason(e));
        }
        Set<String> indicators = new LinkedHashSet<>();
        record.path("indicators").forEach(each -> indicators.add(each.asString("")));
        return new PersonBasis(
                record.path("purpose").asString(""),
                record.path("legal_basis").asString(""),
                record.path("analyst").asString(""),
                indicators);
    }

    /// Whether one of several records is about an indicator.
    static boolean covers(List<PersonBasis> records, Indicator indicator) {
        return records.stream().anyMatch(record -> record.indicators().contains(indicator.id()));
    }
}
