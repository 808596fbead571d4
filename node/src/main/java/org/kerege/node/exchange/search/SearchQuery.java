package org.kerege.node.exchange.search;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a reader looks for. Words are joined by AND; `"several words"` stand together, `or` is either, `-word` is
/// without. Values of one facet are joined by OR, facets by AND.
///
/// @param words in that syntax, at most [#LONGEST] characters; empty for any
/// @param types of objects
/// @param markings names of TLP levels, `OTHER` for what states none
/// @param sources identifiers of those who created the objects
/// @param since exclusive lower bound of the time of adding; null for any
public record SearchQuery(
        String words,
        Set<String> types,
        Set<String> markings,
        Set<String> sources,
        @Nullable Instant since) {

    /// Longest text of words.
    public static final int LONGEST = 200;

    private static final int MOST_VALUES = 20;
    private static final int DATE_CHARACTERS = 10;
    private static final Pattern FACET =
            Pattern.compile("(?<!\\S)(type|marking|source|since):(\\S+)");
    private static final Pattern LAST_WORD = Pattern.compile("(?:^|\\s)([^\\s\"-][^\\s\"]*)$");

    public SearchQuery {
        words = plain(words);
        types = few(types);
        markings = few(markings);
        sources = few(sources);
    }

    /// Reads what was typed and chosen: `type:`, `marking:`, `source:` and `since:` among the words are facets too.
    ///
    /// @param since a date or a time in UTC; empty for any, and what is neither says nothing
    public static SearchQuery of(
            String typed,
            List<String> types,
            List<String> markings,
            List<String> sources,
            String since) {
        String text = plain(typed);
        Set<String> allTypes = new TreeSet<>(types);
        Set<String> allMarkings =
                markings.stream().map(SearchQuery::level).collect(Collectors.toSet());
        Set<String> allSources = new TreeSet<>(sources);
        Instant after = instant(since);
        Matcher facet = FACET.matcher(text);
        while (facet.find()) {
            switch (facet.group(1)) {
                case "type" -> allTypes.add(facet.group(2).toLowerCase(Locale.ROOT));
                case "marking" -> allMarkings.add(level(facet.group(2)));
                case "since" -> after = instant(facet.group(2));
                default -> allSources.add(facet.group(2));
            }
        }
        return new SearchQuery(
                FACET.matcher(text).replaceAll(" ").strip(),
                allTypes,
                allMarkings,
                allSources,
                after);
    }

    /// Everything that was added after an instant; everything for null.
    public static SearchQuery addedAfter(@Nullable Instant since) {
        return new SearchQuery("", Set.of(), Set.of(), Set.of(), since);
    }

    private static @Nullable Instant instant(String text) {
        try {
            return text.isEmpty()
                    ? null
                    : text.length() == DATE_CHARACTERS
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /// The words before the last one, which may be only begun.
    String before() {
        Matcher last = LAST_WORD.matcher(words);
        return last.find() ? words.substring(0, last.start(1)).strip() : words;
    }

    /// The last word as the beginning of one, in the form of a query of the store; empty where it is no plain word.
    String begun() {
        Matcher last = LAST_WORD.matcher(words);
        return last.find()
                ? "'" + last.group(1).replace("\\", "\\\\").replace("'", "''") + "':*"
                : "";
    }

    private static String level(String typed) {
        return typed.toUpperCase(Locale.ROOT).replace("TLP:", "").replace('+', '_').strip();
    }

    /// Without zero characters, which the store does not take, and no longer than [#LONGEST].
    private static String plain(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST)).replace('\0', ' ').strip();
    }

    private static Set<String> few(Set<String> values) {
        return values.stream()
                .map(SearchQuery::plain)
                .filter(value -> !value.isEmpty())
                .sorted()
                .limit(MOST_VALUES)
                .collect(Collectors.toUnmodifiableSet());
    }
}
