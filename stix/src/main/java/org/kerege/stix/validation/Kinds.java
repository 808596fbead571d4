package org.kerege.stix.validation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The data types of STIX 2.1 §2, as the tables name them.
final class Kinds {

    static final Kind TEXT = (value, report) -> isText(value, report);

    static final Kind BOOLEAN =
            (value, report) -> {
                if (!value.isBoolean()) {
                    wrongType(value, report, "true or false", "STIX 2.1 §2.2");
                }
            };

    static final Kind INTEGER = integer(Long.MIN_VALUE, Long.MAX_VALUE);

    static final Kind COUNT = integer(0, Long.MAX_VALUE);

    static final Kind NUMBER =
            (value, report) -> {
                if (!value.isNumber()) {
                    wrongType(value, report, "a number", "STIX 2.1 §2.6");
                }
            };

    static final Kind TIMESTAMP = (value, report) -> isTimestamp(value, report);

    /// A timestamp with milliseconds or finer, as `created` and `modified` have.
    static final Kind TIMESTAMP_MILLIS =
            (value, report) -> {
                if (isTimestamp(value, report) && Formats.fractionDigits(value.stringValue()) < 3) {
                    report.error(
                            Fault.TIMESTAMP,
                            "STIX 2.1 §3.2",
                            "created and modified are precise to the millisecond",
                            "'%s' is '%s', which is not precise to the millisecond. Write three digits after the second, such as 20:03:48.000Z."
                                    .formatted(report.name(), excerpt(value)));
                }
            };

    /// A timestamp of whole seconds.
    static final Kind TIMESTAMP_SECONDS =
            (value, report) -> {
                if (isTimestamp(value, report) && value.stringValue().length() != 20) {
                    report.error(
                            Fault.TIMESTAMP,
                            "STIX 2.1 §6.7.6",
                            "time_date_stamp has no fraction of a second",
                            "'%s' is '%s', but the file format keeps whole seconds only. Leave out the fraction."
                                    .formatted(report.name(), excerpt(value)));
                }
            };

    static final Kind BINARY =
            text(
                    Formats::isBase64,
                    Fault.FORMAT,
                    "STIX 2.1 §2.1",
                    "binary is base64 (RFC 4648 §4)",
                    "Encode the bytes as base64 with padding.");

    static final Kind HEX =
            text(
                    Formats::isHex,
                    Fault.FORMAT,
                    "STIX 2.1 §2.8",
                    "hex is an even number of hexadecimal digits",
                    "Write two digits (0-9, a-f) for each byte, without 0x or spaces.");

    static final Kind URL =
            text(
                    Formats::isUri,
                    Fault.FORMAT,
                    "STIX 2.1 §2.5, §6.15",
                    "a URL follows RFC 3986",
                    "Give the scheme too, such as https://, and escape other characters with %.");

    static final Kind LANGUAGE =
            text(
                    LanguageTag::isValid,
                    Fault.VALUE,
                    "STIX 2.1 §3.2",
                    "a language is an RFC 5646 tag",
                    "Use a tag such as en, ky or pt-BR.");

    static final Kind SOFTWARE_LANGUAGE =
            text(
                    LanguageTag::isValidOrBibliographic,
                    Fault.VALUE,
                    "STIX 2.1 §6.14",
                    "a language is an RFC 5646 tag",
                    "Use a tag such as en, ky or pt-BR.");

    static final Kind CHARACTER_SET =
            text(
                    Registry.CHARACTER_SETS::contains,
                    Fault.VALUE,
                    "STIX 2.1 §6.3, §6.7",
                    "an encoding is the IANA name of a character set",
                    "Use the preferred MIME name that IANA lists, such as UTF-8 or windows-1251.");

    /// Most digits on either side of the point of a number that is taken for a whole one.
    private static final int MAX_DIGITS = 1_000;

    private Kinds() {}

    interface TextForm {
        boolean holds(String text);
    }

    static Kind text(TextForm form, Fault fault, String section, String rule, String remedy) {
        return (value, report) -> {
            if (isText(value, report) && !form.holds(value.stringValue())) {
                report.error(
                        fault,
                        section,
                        rule,
                        "'%s' is '%s', but %s. %s"
                                .formatted(report.name(), excerpt(value), rule, remedy));
            }
        };
    }

    static Kind integer(long min, long max) {
        return (value, report) -> {
            if (!value.isIntegralNumber() && !isWholeNumber(value)) {
                wrongType(value, report, "a whole number", "STIX 2.1 §2.10");
            } else if (!value.canConvertToLong()
                    || value.longValue() < min
                    || value.longValue() > max) {
                outOfRange(value, report, Long.toString(min), Long.toString(max));
            }
        };
    }

    static Kind number(long min, long max) {
        BigDecimal lowest = BigDecimal.valueOf(min);
        BigDecimal highest = BigDecimal.valueOf(max);
        return (value, report) -> {
            BigDecimal number = exact(value);
            if (number == null) {
                wrongType(value, report, "a number", "STIX 2.1 §2.6");
            } else if (number.compareTo(lowest) < 0 || number.compareTo(highest) > 0) {
                outOfRange(value, report, Long.toString(min), Long.toString(max));
            }
        };
    }

    /// A list with at least one item.
    static Kind list(Kind item) {
        return (value, report) -> {
            if (!(value instanceof ArrayNode array)) {
                wrongType(value, report, "a list", "STIX 2.1 §2.12");
                return;
            }
            if (array.isEmpty()) {
                emptyList(report);
            }
            for (int i = 0; i < array.size(); i++) {
                report.enter(i);
                item.check(array.get(i), report);
                report.leave();
            }
        };
    }

    /// One of a closed set of terms.
    static Kind oneOf(String section, String... terms) {
        Set<String> allowed = Set.of(terms);
        return (value, report) -> {
            if (isText(value, report) && !allowed.contains(value.stringValue())) {
                report.error(
                        Fault.VALUE,
                        section,
                        "the value is one of a closed list",
                        "'%s' is '%s', which is not one of: %s."
                                .formatted(
                                        report.name(),
                                        excerpt(value),
                                        String.join(", ", new TreeSet<>(allowed))));
            }
        };
    }

    /// A term, better one of the vocabulary.
    static Kind open(Vocabulary vocabulary) {
        return (value, report) -> {
            if (!isText(value, report)) {
                return;
            }
            String term = value.stringValue();
            if (!vocabulary.terms().contains(term)) {
                report.warn(
                        vocabulary.check(),
                        vocabulary.section(),
                        "a value comes from " + vocabulary.name(),
                        "'%s' is '%s', which %s does not list. It is allowed, but other tools may not understand it; use a listed term if one fits."
                                .formatted(report.name(), excerpt(value), vocabulary.name()));
                if (vocabulary.form() && !Formats.isVocabularyForm(term)) {
                    openForm(value, report);
                }
            }
        };
    }

    static void openForm(JsonNode value, Report report) {
        report.warn(
                Check.OPEN_VOCABULARY_FORMAT,
                "STIX 2.1 §2.14",
                "a term is lower case with hyphens",
                "'%s' is '%s'. Write such terms in lower case, with hyphens for spaces and underscores."
                        .formatted(report.name(), excerpt(value)));
    }

    /// A dictionary with at least one entry and keys of the right form.
    static Kind dictionary(Kind entry) {
        return (value, report) -> {
            if (!(value instanceof ObjectNode dictionary)) {
                wrongType(value, report, "a dictionary (JSON object)", "STIX 2.1 §2.3");
                return;
            }
            if (isEmpty(dictionary, report, "STIX 2.1 §2.3")) {
                return;
            }
            dictionary
                    .properties()
                    .forEach(e -> {
                        report.enter(e.getKey());
                        if (!Formats.isDictionaryKey(e.getKey())) {
                            report.error(
                                    Fault.FORMAT,
                                    "STIX 2.1 §2.3",
                                    "a dictionary key has 1 to 250 letters, digits, hyphens and underscores",
                                    "The key '%s' has another character or length. Rename it."
                                            .formatted(Report.excerpt(e.getKey())));
                        }
                        entry.check(e.getValue(), report);
                        report.leave();
                    });
        };
    }

    /// Objects of the given shape.
    static Kind object(Shape shape) {
        return (value, report) -> {
            if (value instanceof ObjectNode object) {
                shape.check(object, report);
            } else {
                wrongType(value, report, "an object", shape.section());
            }
        };
    }

    static List<String> texts(JsonNode list) {
        return list instanceof ArrayNode array
                ? array.valueStream().filter(JsonNode::isString).map(JsonNode::stringValue).toList()
                : List.of();
    }

    /// Any value but null and an empty list, which the standard has no use for. What a custom value holds inside
    /// is its author's.
    static void isNotEmptyValue(JsonNode value, Report report) {
        if (value.isNull()) {
            report.error(
                    Fault.JSON_TYPE,
                    "STIX 2.1 §2",
                    "no value is null",
                    "'%s' is null. Leave the property out instead.".formatted(report.name()));
        } else if (value.isArray() && value.isEmpty()) {
            emptyList(report);
        }
    }

    private static void emptyList(Report report) {
        report.error(
                Fault.EMPTY,
                "STIX 2.1 §2.12",
                "a list has at least one item",
                "'%s' is an empty list. Leave the property out instead.".formatted(report.name()));
    }

    static boolean isText(JsonNode value, Report report) {
        if (value.isString()) {
            return true;
        }
        wrongType(value, report, "a string", "STIX 2.1 §2.15");
        return false;
    }

    static boolean isEmpty(ObjectNode object, Report report, String section) {
        if (!object.isEmpty()) {
            return false;
        }
        report.error(
                Fault.EMPTY,
                section,
                "an object or dictionary has at least one entry",
                "'%s' is empty. Leave the property out instead.".formatted(report.name()));
        return true;
    }

    private static boolean isTimestamp(JsonNode value, Report report) {
        if (!isText(value, report)) {
            return false;
        }
        if (Formats.isTimestamp(value.stringValue())) {
            return true;
        }
        report.error(
                Fault.TIMESTAMP,
                "STIX 2.1 §2.16",
                "a timestamp is RFC 3339 in UTC: YYYY-MM-DDTHH:mm:ss[.s+]Z",
                "'%s' is '%s', which is not such a time or no day of the calendar. Write it as in 2024-02-29T08:17:27.000Z."
                        .formatted(report.name(), excerpt(value)));
        return false;
    }

    /// 5.0 is the integer 5: JSON has one kind of number.
    private static boolean isWholeNumber(JsonNode value) {
        BigDecimal number = exact(value);
        return number != null
                && Math.abs((long) number.scale()) < MAX_DIGITS
                && number.stripTrailingZeros().scale() <= 0;
    }

    /// The number as written; null for anything else. A tree made by hand may hold doubles, also those that are
    /// no number; a tree that was read holds decimals, also those beyond every double.
    private static @Nullable BigDecimal exact(JsonNode value) {
        if (value.isDouble() || value.isFloat()) {
            double number = value.doubleValue();
            return Double.isFinite(number) ? BigDecimal.valueOf(number) : null;
        }
        return value.isNumber() ? value.decimalValue() : null;
    }

    private static void outOfRange(JsonNode value, Report report, String min, String max) {
        report.error(
                Fault.RANGE,
                "STIX 2.1 §2.6, §2.10",
                "a number lies in the range of its property",
                "'%s' is %s; allowed is %s to %s."
                        .formatted(report.name(), Report.excerpt(value.toString()), min, max));
    }

    static void wrongType(JsonNode value, Report report, String expected, String section) {
        String actual =
                switch (value.getNodeType()) {
                    case STRING -> "a string";
                    case NUMBER -> "a number";
                    case BOOLEAN -> "true or false";
                    case ARRAY -> "a list";
                    case OBJECT -> "an object";
                    default -> "null";
                };
        report.error(
                Fault.JSON_TYPE,
                section,
                "the value is " + expected,
                "'%s' is %s, but must be %s.".formatted(report.name(), actual, expected));
    }

    static String excerpt(JsonNode text) {
        return Report.excerpt(text.stringValue());
    }
}
