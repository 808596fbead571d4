package org.kerege.stix.validation;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Granular markings and their selectors. Source: STIX 2.1 §7.2.3.
final class GranularMarkings {

    private static final String SECTION = "STIX 2.1 §7.2.3.1";

    /// Components of letters, digits, hyphens and underscores, or list indices, with dots between them.
    static final Kind SELECTOR =
            Kinds.text(
                    GranularMarkings::isSelector,
                    Fault.SELECTOR,
                    SECTION,
                    "a selector is property names and [n] list indices with dots between them",
                    "Write it as in description or external_references.[0].url.");

    private GranularMarkings() {}

    /// A granular marking names either a marking or a language.
    static void markingOrLanguage(ObjectNode marking, Report report) {
        boolean hasLanguage = marking.get("lang") != null;
        boolean hasMarking = marking.get("marking_ref") != null;
        if (hasLanguage == hasMarking) {
            report.error(
                    hasLanguage ? Fault.COMBINATION : Fault.MISSING,
                    "STIX 2.1 §7.2.3",
                    "a granular marking has either marking_ref or lang",
                    hasLanguage
                            ? "Both 'marking_ref' and 'lang' are given. Split it into two granular markings."
                            : "Neither 'marking_ref' nor 'lang' is given, so nothing says how to treat the selected content. Add one.");
        }
    }

    /// Each selector points to something in the object.
    static void selectorsExist(ObjectNode object, Report report) {
        if (!(object.get("granular_markings") instanceof ArrayNode markings)) {
            return;
        }
        for (int i = 0; i < markings.size(); i++) {
            if (markings.get(i).get("selectors") instanceof ArrayNode selectors) {
                for (int j = 0; j < selectors.size(); j++) {
                    JsonNode selector = selectors.get(j);
                    if (selector.isString()
                            && isSelector(selector.stringValue())
                            && !selects(object, selector.stringValue())) {
                        pointsNowhere(selector.stringValue(), i, j, report);
                    }
                }
            }
        }
    }

    private static void pointsNowhere(String selector, int marking, int index, Report report) {
        report.enter("granular_markings");
        report.enter(marking);
        report.enter("selectors");
        report.enter(index);
        report.error(
                Fault.SELECTOR,
                SECTION,
                "a selector points to content of the object",
                "'%s' selects nothing in this object, so the marking protects nothing. Correct the selector or remove it."
                        .formatted(Report.excerpt(selector)));
        report.leave();
        report.leave();
        report.leave();
        report.leave();
    }

    private static boolean selects(ObjectNode object, String selector) {
        JsonNode at = object;
        int start = 0;
        while (start <= selector.length()) {
            int dot = selector.indexOf('.', start);
            int end = dot < 0 ? selector.length() : dot;
            if (selector.charAt(start) == '[') {
                at = at.isArray() ? at.get(index(selector, start + 1, end - 1)) : null;
            } else {
                at = at.isObject() ? at.get(selector.substring(start, end)) : null;
            }
            if (at == null) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    private static int index(String selector, int from, int to) {
        long index = 0;
        for (int i = from; i < to && index <= Integer.MAX_VALUE; i++) {
            index = index * 10 + (selector.charAt(i) - '0');
        }
        return (int) Math.min(index, Integer.MAX_VALUE);
    }

    private static boolean isSelector(String text) {
        int start = 0;
        while (true) {
            int dot = text.indexOf('.', start);
            int end = dot < 0 ? text.length() : dot;
            if (!isComponent(text, start, end)) {
                return false;
            }
            if (dot < 0) {
                return true;
            }
            start = dot + 1;
        }
    }

    private static boolean isComponent(String text, int start, int end) {
        int length = end - start;
        if (length < 1 || length > 250) {
            return false;
        }
        if (text.charAt(start) == '[') {
            boolean digits = length > 2 && start > 0 && text.charAt(end - 1) == ']';
            for (int i = start + 1; digits && i < end - 1; i++) {
                digits = Formats.isDigit(text.charAt(i));
            }
            return digits;
        }
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (!Formats.isLetter(c) && !Formats.isDigit(c) && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }
}
