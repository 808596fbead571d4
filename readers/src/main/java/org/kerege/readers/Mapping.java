package org.kerege.readers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How events of one kind show cyber-observable objects. A mapping is a small text file; each line says one thing:
///
/// ```
/// when  FIELD  VALUE                            the event has this value; * stands for any text
/// time  FIELD                                   when it happened
/// NAME  TYPE  PROPERTY  FIELD  [TRANSFORM]      an object's property from a field
/// NAME  TYPE  PROPERTY  @OTHER  [list]          a reference to another object of the mapping
/// ```
///
/// `FIELD` may list alternatives, joined by `|`, and go into nested objects by dots. The type `address` becomes
/// `ipv4-addr` or `ipv6-addr` by the value. What the event lacks is left out, and an object without a property too.
public final class Mapping {

    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern EMPTY_STEP = Pattern.compile("^[.|]|[.|]$|[.|][.|]");
    private static final int MAX_LINES = 500;

    private final String name;
    private final List<Condition> conditions;
    private final String[] time;
    private final Map<String, Thing> things;

    private Mapping(
            String name, List<Condition> conditions, String[] time, Map<String, Thing> things) {
        this.name = name;
        this.conditions = List.copyOf(conditions);
        this.time = time;
        this.things = things;
    }

    /// One `when` line.
    ///
    /// @param value null for any value at all
    record Condition(String field, @Nullable Pattern value) {

        boolean holds(@Nullable String actual) {
            return actual != null && (value == null || value.matcher(actual).matches());
        }
    }

    record Property(String[] path, String[] field, Transform transform) {

        /// The STIX value that an event has for it, null for none.
        @Nullable JsonNode read(JsonNode event) {
            if (transform == Transform.WEB_ADDRESS && field.length == 2) {
                return Transform.webAddress(
                        Fields.find(event, new String[] {field[0]}),
                        Fields.find(event, new String[] {field[1]}));
            }
            JsonNode value = Fields.find(event, field);
            return value == null ? null : transform.apply(value);
        }
    }

    record Reference(String property, String target, boolean list, int line) {}

    record Thing(String type, List<Property> properties, List<Reference> references) {}

    /// Reads a mapping file.
    ///
    /// @param name what messages call it
    /// @throws MalformedMapping when a line has another form, a type, a property or a transform is unknown, a reference
    ///     leads nowhere or in a circle, or there is no `when` or `time`
    public static Mapping parse(String name, String text) {
        List<Condition> conditions = new ArrayList<>();
        Map<String, Thing> things = new LinkedHashMap<>();
        String[] time = {};
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String bare = line.strip();
            if (bare.isEmpty() || bare.startsWith("#")) {
                continue;
            }
            if (number > MAX_LINES) {
                throw new MalformedMapping(
                        name, number, "a mapping has at most " + MAX_LINES + " lines");
            }
            String[] words = SPACES.split(bare);
            if (words[0].equals("when") && words.length >= 3) {
                conditions.add(
                        condition(
                                words[1],
                                bare.substring(
                                        bare.indexOf(
                                                words[2],
                                                bare.indexOf(words[1]) + words[1].length()))));
            } else if (words[0].equals("time") && words.length == 2) {
                time = alternatives(words[1]);
            } else if (words.length == 4 || words.length == 5) {
                add(things, name, number, words);
            } else {
                throw new MalformedMapping(
                        name,
                        number,
                        "a line is 'when FIELD VALUE', 'time FIELD' or 'NAME TYPE PROPERTY FIELD [TRANSFORM]'");
            }
        }
        if (conditions.isEmpty() || time.length == 0) {
            throw new MalformedMapping(
                    name, number, "a mapping says 'when' it counts and which field is the 'time'");
        }
        for (Map.Entry<String, Thing> thing : things.entrySet()) {
            for (Reference reference : thing.getValue().references()) {
                if (!things.containsKey(reference.target())) {
                    throw new MalformedMapping(
                            name,
                            reference.line(),
                            "no object is called '" + reference.target() + "'");
                }
                if (leads(reference.target(), thing.getKey(), things, new HashSet<>())) {
                    throw new MalformedMapping(
                            name,
                            reference.line(),
                            "'" + thing.getKey() + "' refers to itself in the end");
                }
            }
        }
        return new Mapping(name, conditions, time, things);
    }

    /// A mapping of a table's columns as a command line gives it: parts at commas, `time=COLUMN` and any number of
    /// `TYPE:PROPERTY=COLUMN`. Each `value` is an object of its own; other properties of a type belong to one.
    ///
    /// @throws MalformedMapping when a part has another form or names an unknown type or property
    public static Mapping ofColumns(String text) {
        StringBuilder lines = new StringBuilder("when #format csv\n");
        int number = 0;
        for (String part : text.split(",")) {
            number++;
            int equals = part.indexOf('=');
            String target = equals < 0 ? "" : part.substring(0, equals).strip();
            String column = part.substring(equals + 1).strip().replaceAll("\\s+", "_");
            int colon = target.indexOf(':');
            if (column.isEmpty() || (colon < 1 && !target.equals("time"))) {
                throw new MalformedMapping(
                        "columns",
                        number,
                        "a part is 'time=COLUMN' or 'TYPE:PROPERTY=COLUMN', such as 'ipv4-addr:value=src'");
            }
            if (colon < 0) {
                lines.append("time ").append(column).append('\n');
                continue;
            }
            String type = target.substring(0, colon);
            String property = target.substring(colon + 1).replace("'", "");
            lines.append(property.equals("value") ? type + number : type)
                    .append(' ')
                    .append(type)
                    .append(' ')
                    .append(property)
                    .append(' ')
                    .append(column)
                    .append(KnownPaths.isWhole(property) ? " integer" : "")
                    .append('\n');
        }
        return parse("columns", lines.toString());
    }

    private static boolean leads(
            String from, String to, Map<String, Thing> things, Set<String> been) {
        Thing thing = things.get(from);
        return from.equals(to)
                || (thing != null
                        && been.add(from)
                        && thing.references().stream()
                                .anyMatch(each -> leads(each.target(), to, things, been)));
    }

    private static void add(Map<String, Thing> things, String file, int line, String[] words) {
        if (!KnownPaths.isType(words[1])) {
            throw new MalformedMapping(
                    file,
                    line,
                    "there is no object type '" + words[1] + "'; custom ones start with x-");
        }
        String[] path = words[2].split("\\.", -1);
        if (!KnownPaths.isProperty(words[1], path[0])) {
            throw new MalformedMapping(
                    file,
                    line,
                    "'"
                            + words[1]
                            + "' has no property '"
                            + path[0]
                            + "'; custom ones start with x_");
        }
        for (String step : List.of(words[2], words[3])) {
            if (EMPTY_STEP.matcher(step).find()) {
                throw new MalformedMapping(file, line, "'" + step + "' has an empty part");
            }
        }
        Thing thing =
                things.computeIfAbsent(
                        words[0], _ -> new Thing(words[1], new ArrayList<>(), new ArrayList<>()));
        if (!thing.type().equals(words[1])) {
            throw new MalformedMapping(
                    file, line, "'" + words[0] + "' is a " + thing.type() + " above");
        }
        Transform transform = words.length == 5 ? Transform.named(words[4]) : Transform.TEXT;
        if (transform == null) {
            throw new MalformedMapping(file, line, "there is no transform '" + words[4] + "'");
        }
        if (words[3].startsWith("@")
                && words[3].indexOf('|') < 0
                && words[3].length() > 1
                && !words[3].equals("@timestamp")) {
            thing.references()
                    .add(
                            new Reference(
                                    words[2],
                                    words[3].substring(1),
                                    transform == Transform.LIST,
                                    line));
        } else {
            thing.properties().add(new Property(path, alternatives(words[3]), transform));
        }
    }

    private static Condition condition(String field, String value) {
        if (value.equals("*")) {
            return new Condition(field, null);
        }
        StringBuilder regex = new StringBuilder();
        for (String part : value.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return new Condition(field, Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE));
    }

    static String[] alternatives(String field) {
        return field.split("\\|");
    }

    public String name() {
        return name;
    }

    List<Condition> conditions() {
        return conditions;
    }

    String[] time() {
        return time;
    }

    /// The objects that it makes, by their names in the mapping.
    Map<String, Thing> things() {
        return things;
    }

    /// Every field that it looks at, alternatives one by one.
    List<String> fields() {
        List<String> fields = new ArrayList<>(List.of(time));
        conditions.forEach(condition -> fields.addAll(List.of(alternatives(condition.field()))));
        things.values()
                .forEach(thing ->
                        thing.properties()
                                .forEach(property -> fields.addAll(List.of(property.field()))));
        return fields;
    }

    /// The objects that an event shows, by what references in the mapping call them; several of one name are numbered.
    ObjectNode observe(JsonNode event) {
        Map<String, List<ObjectNode>> made = new LinkedHashMap<>();
        things.forEach((alias, thing) -> made.put(alias, make(thing, event)));
        ObjectNode objects = Json.mapper().createObjectNode();
        IdentityHashMap<ObjectNode, String> keys = new IdentityHashMap<>();
        // An object with only references counts where one of them leads somewhere.
        made.forEach((alias, list) -> {
            for (ObjectNode object : list) {
                boolean says = object.size() > 1 || refersToAnything(things.get(alias), made);
                if (says) {
                    String key = Integer.toString(objects.size());
                    keys.put(object, key);
                    objects.set(key, object);
                }
            }
        });
        made.forEach((alias, list) ->
                list.forEach(object -> refer(things.get(alias), object, made, keys)));
        return objects;
    }

    private static boolean refersToAnything(
            @Nullable Thing thing, Map<String, List<ObjectNode>> made) {
        return thing != null
                && thing.references().stream()
                        .flatMap(reference ->
                                made.getOrDefault(reference.target(), List.of()).stream())
                        .anyMatch(object -> object.size() > 1);
    }

    private static void refer(
            @Nullable Thing thing,
            ObjectNode object,
            Map<String, List<ObjectNode>> made,
            IdentityHashMap<ObjectNode, String> keys) {
        if (thing == null) {
            return;
        }
        for (Reference reference : thing.references()) {
            List<String> targets =
                    made.getOrDefault(reference.target(), List.of()).stream()
                            .map(keys::get)
                            .filter(key -> key != null)
                            .toList();
            if (targets.isEmpty()) {
                continue;
            }
            if (reference.list()) {
                ArrayNode list = object.putArray(reference.property());
                targets.forEach(list::add);
            } else {
                object.put(reference.property(), targets.getFirst());
            }
        }
    }

    private static List<ObjectNode> make(Thing thing, JsonNode event) {
        ObjectNode object = Json.mapper().createObjectNode();
        object.put("type", thing.type());
        List<ObjectNode> several = List.of();
        for (Property property : thing.properties()) {
            JsonNode read = property.read(event);
            if (read == null) {
                continue;
            }
            boolean one = property.path().length == 1 && property.path()[0].equals("value");
            if (one && read.isArray()) {
                several = read.valueStream().map(element -> valued(thing.type(), element)).toList();
            } else if (one && thing.type().equals("address")) {
                JsonNode address = Transform.address(read.asString(""));
                several = address == null ? List.of() : List.of(valued("address", address));
            } else {
                put(object, property.path(), read);
            }
        }
        if (!several.isEmpty()) {
            return several;
        }
        return thing.type().equals("address") ? List.of() : List.of(object);
    }

    private static ObjectNode valued(String type, JsonNode value) {
        String stixType =
                type.equals("address")
                        ? value.asString("").indexOf(':') < 0 ? "ipv4-addr" : "ipv6-addr"
                        : type;
        ObjectNode object = Json.mapper().createObjectNode();
        object.put("type", stixType);
        object.set("value", value);
        return object;
    }

    private static void put(ObjectNode object, String[] path, JsonNode value) {
        ObjectNode inner = object;
        for (int i = 0; i < path.length - 1; i++) {
            if (i + 1 < path.length && path[i + 1].equals("0")) {
                ArrayNode list =
                        inner.get(path[i]) instanceof ArrayNode held
                                ? held
                                : inner.putArray(path[i]);
                inner = list.isEmpty() ? list.addObject() : (ObjectNode) list.get(0);
                i++;
            } else {
                inner =
                        inner.get(path[i]) instanceof ObjectNode held
                                ? held
                                : inner.putObject(path[i]);
            }
        }
        String last = path[path.length - 1];
        if (value instanceof ArrayNode more && inner.get(last) instanceof ArrayNode held) {
            more.forEach(held::add);
        } else {
            inner.set(last, value);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
