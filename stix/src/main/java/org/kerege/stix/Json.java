package org.kerege.stix;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// How Kerege reads and writes JSON: one bounded, strict mapper for everyone. Duplicate keys, more than 256
/// levels, strings over 64 MiB and numbers over 1,000 digits are refused; every input is UTF-8.
public final class Json {

    /// Deepest nesting that is read.
    public static final int MAX_DEPTH = 256;

    /// Longest string that is read, in characters.
    public static final int MAX_STRING = 64 << 20;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxStringLength(MAX_STRING)
                                    .maxNumberLength(1_000)
                                    .maxNameLength(10_000)
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    private static final JsonMapper MAPPER =
            JsonMapper.builder(FACTORY)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private Json() {}

    /// The mapper; thread-safe and immutable.
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /// Why a text is not JSON, in the library's words without any of the input.
    public static String reason(RuntimeException e) {
        // A number beyond every decimal is refused by Java's own classes.
        if (!(e instanceof JacksonException json)) {
            return "a number is too large or too long";
        }
        return reason(json);
    }

    private static String reason(JacksonException e) {
        String said = e.getOriginalMessage();
        String line = said == null ? "not JSON" : said.lines().findFirst().orElse("not JSON");
        return e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? line
                : line
                        + " (line "
                        + e.getLocation().getLineNr()
                        + ", column "
                        + e.getLocation().getColumnNr()
                        + ")";
    }
}
