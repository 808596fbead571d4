package org.kerege.gate;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/// Reasons as one sentence for people, in English, Russian and Kyrgyz. The sentences stand in
/// `reasons_LANGUAGE.properties`, by code, with the names of facts in braces.
public final class ReasonSentences {

    private static final ReasonSentences ENGLISH = load("en");
    private static final Map<String, ReasonSentences> BY_LANGUAGE =
            Map.of("en", ENGLISH, "ru", load("ru"), "ky", load("ky"));

    private final Properties sentences;

    private ReasonSentences(Properties sentences) {
        this.sentences = sentences;
    }

    /// Those of a language; English where a language is not spoken here.
    public static ReasonSentences in(Locale locale) {
        return BY_LANGUAGE.getOrDefault(locale.getLanguage(), ENGLISH);
    }

    /// The sentence of a reason, with its full stop.
    public String say(Reason reason) {
        String sentence = sentences.getProperty(reason.code().name());
        if (sentence == null) {
            throw new IllegalStateException("no sentence for " + reason.code());
        }
        for (Map.Entry<String, String> fact : reason.facts().entrySet()) {
            sentence = sentence.replace("{" + fact.getKey() + "}", fact.getValue());
        }
        return sentence;
    }

    private static ReasonSentences load(String language) {
        Properties sentences = new Properties();
        String name = "reasons_" + language + ".properties";
        try (InputStream in = ReasonSentences.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
                sentences.load(reader);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ReasonSentences(sentences);
    }
}
