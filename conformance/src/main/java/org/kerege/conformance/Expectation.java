package org.kerege.conformance;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.CanonicalJson;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.Timestamp;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// One thing that is expected of an answer. Each method says what is wrong, or null.
final class Expectation {

    private Expectation() {}

    static @Nullable String ofHeader(
            String name, JsonNode expected, HttpResponse<byte[]> response) {
        String actual = response.headers().firstValue(name).orElse(null);
        if (actual == null) {
            return "no header " + name;
        }
        if (expected.isString()) {
            return actual.equals(expected.stringValue()) ? null : name + " is " + actual;
        }
        if (expected.has("media_type")) {
            String compact = actual.replace(" ", "").replace("\"", "").toLowerCase(Locale.ROOT);
            boolean type = compact.startsWith(expected.path("media_type").asString());
            boolean version =
                    !expected.has("version")
                            || compact.contains(";version=" + expected.path("version").asString());
            return type && version ? null : name + " is " + actual;
        }
        if (expected.has("instant")) {
            return sameInstant(actual, expected.path("instant").asString())
                    ? null
                    : name + " is " + actual;
        }
        if (expected.has("matches")) {
            return Pattern.compile(expected.path("matches").asString()).matcher(actual).find()
                    ? null
                    : name + " is " + actual;
        }
        return null;
    }

    static @Nullable String ofBody(
            JsonNode condition, JsonNode body, Map<String, JsonNode> captured) {
        String path = condition.path("path").asString("");
        String op = condition.path("op").asString();
        JsonNode value = condition.path("value");
        List<JsonNode> all = BodyPath.find(body, path);
        JsonNode first = all.isEmpty() ? MissingNode.getInstance() : all.getFirst();
        boolean holds =
                switch (op) {
                    case "eq" -> same(first, value);
                    case "list_eq" -> sameList(listed(all, first, path), value);
                    case "set_eq" -> texts(listed(all, first, path)).equals(texts(elements(value)));
                    case "count" -> first.size() == value.asInt();
                    case "absent" -> all.isEmpty();
                    case "absent_all" -> all.isEmpty();
                    case "exists" -> !all.isEmpty();
                    case "is_string" -> first.isString();
                    case "all_eq" -> all.stream().allMatch(node -> same(node, value));
                    case "falsy" -> all.isEmpty() || (first.isBoolean() && !first.booleanValue());
                    case "in" -> elements(value).stream().anyMatch(node -> same(node, first));
                    case "contains" -> contains(listed(all, first, path), first, value);
                    case "suffix" -> first.asString("").endsWith(value.asString());
                    case "absent_or_eq" -> all.isEmpty() || same(first, value);
                    case "absent_or_nonempty" -> all.isEmpty() || !first.isEmpty();
                    case "ascending" -> ascending(all);
                    case "instant_eq" -> sameInstant(first.asString(""), value.asString());
                    case "same_json" -> same(first, value);
                    case "sum_eq" -> sum(first, value);
                    case "union_with" -> union(all, value, captured);
                    case "disjoint_from" -> disjoint(all, value, captured);
                    case "contains_all_except" -> containsAllExcept(all, value, captured);
                    default -> false;
                };
        return holds
                ? null
                : "'"
                        + path
                        + "' "
                        + op
                        + " "
                        + value
                        + " does not hold: "
                        + shorten(first.toString());
    }

    private static List<JsonNode> listed(List<JsonNode> all, JsonNode first, String path) {
        return path.contains("[*]") || path.contains("[?") ? all : elements(first);
    }

    private static List<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements;
    }

    private static Set<String> texts(List<JsonNode> nodes) {
        Set<String> texts = new HashSet<>();
        nodes.forEach(node -> texts.add(text(node)));
        return texts;
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() ? "" : CanonicalJson.text(node);
    }

    private static boolean same(JsonNode left, JsonNode right) {
        return !left.isMissingNode() && !right.isMissingNode() && text(left).equals(text(right));
    }

    private static boolean sameList(List<JsonNode> left, JsonNode right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!same(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(List<JsonNode> list, JsonNode first, JsonNode value) {
        return first.isString()
                ? first.stringValue().contains(value.asString())
                : list.stream().anyMatch(node -> same(node, value));
    }

    private static boolean ascending(List<JsonNode> all) {
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i - 1).asString("").compareTo(all.get(i).asString("")) > 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean sum(JsonNode object, JsonNode value) {
        long sum = 0;
        for (JsonNode name : value.path("of")) {
            sum += object.path(name.asString()).asLong(0);
        }
        return sum == object.path(value.path("equals").asString()).asLong(-1);
    }

    /// The elements with those of captured lists are exactly `equals`: `{"of": ["${p1}"], "equals": [...]}`.
    private static boolean union(
            List<JsonNode> all, JsonNode value, Map<String, JsonNode> captured) {
        Set<String> union = texts(all);
        value.path("of").forEach(name -> union.addAll(texts(captured(name, captured))));
        return union.equals(texts(elements(value.path("equals"))));
    }

    private static boolean disjoint(
            List<JsonNode> all, JsonNode value, Map<String, JsonNode> captured) {
        Set<String> texts = texts(all);
        return texts(captured(value, captured)).stream().noneMatch(texts::contains);
    }

    /// All of `all` but those of captured lists: `{"all": [...], "except": ["${p1}"]}`.
    private static boolean containsAllExcept(
            List<JsonNode> found, JsonNode value, Map<String, JsonNode> captured) {
        Set<String> expected = texts(elements(value.path("all")));
        JsonNode except = value.path("except");
        if (except.isString()) {
            expected.removeAll(texts(captured(except, captured)));
        } else {
            except.forEach(name -> expected.removeAll(texts(captured(name, captured))));
        }
        return texts(found).containsAll(expected);
    }

    private static List<JsonNode> captured(JsonNode name, Map<String, JsonNode> captured) {
        String bare = name.asString("").replace("${", "").replace("}", "");
        return elements(captured.getOrDefault(bare, MissingNode.getInstance()));
    }

    private static boolean sameInstant(String left, String right) {
        try {
            return Timestamp.parse(left).equals(Timestamp.parse(right));
        } catch (MalformedStix e) {
            return false;
        }
    }

    private static String shorten(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
