package org.kerege.node.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.kerege.stix.Json;
import org.kerege.stix.MalformedStix;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// A file of cases: a JSON array of objects with an `id` each, as scripts and corpora hand them in.
final class CaseFile {

    private CaseFile() {}

    /// Reads the cases in order.
    ///
    /// @throws MalformedStix when the file is no JSON array
    static ArrayNode read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        try (InputStream in = Files.newInputStream(file)) {
            JsonNode tree = Json.mapper().readTree(in);
            if (tree instanceof ArrayNode cases) {
                return cases;
            }
        } catch (JacksonException e) {
            throw notCases(file, e.getOriginalMessage());
        }
        throw notCases(file, "it holds no array");
    }

    private static MalformedStix notCases(Path file, String why) {
        return new MalformedStix(
                "", "cases are a JSON array of objects", file + " is no file of cases: " + why);
    }

    /// The case's name, empty where it has none.
    static String id(JsonNode oneCase) {
        return oneCase.path("id").asString("");
    }
}
