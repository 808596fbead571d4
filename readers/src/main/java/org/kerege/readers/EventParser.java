package org.kerege.readers;

import java.util.HashSet;
import java.util.Set;
import org.kerege.stix.Json;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads one event of a log as a tree of those fields alone that some mapping looks at. The others are passed over
/// without being decoded, which is most of the work of reading a log. Where a name stands twice the last one counts.
final class EventParser {

    /// A log's lines are read as they are written, without [Json]'s search for names that stand twice.
    private static final JsonMapper LINES =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(Json.MAX_DEPTH)
                                                    .maxStringLength(Json.MAX_STRING)
                                                    .maxNumberLength(1_000)
                                                    .maxNameLength(10_000)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private final Set<String> wanted = new HashSet<>();

    /// @param fields names with dots, as mappings write them
    EventParser(Iterable<String> fields) {
        for (String field : fields) {
            wanted.add(field);
            int dot = field.indexOf('.');
            if (dot > 0) {
                wanted.add(field.substring(0, dot));
            }
        }
    }

    /// The wanted fields of an event.
    ///
    /// @throws StreamReadException when the line is no JSON object
    ObjectNode read(byte[] line) {
        try (JsonParser parser = LINES.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new StreamReadException(parser, "no JSON object");
            }
            ObjectNode event = LINES.createObjectNode();
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                if (wanted.contains(name)) {
                    event.set(name, parser.readValueAsTree());
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw new StreamReadException(parser, "more than one JSON object");
            }
            return event;
        }
    }
}
