package org.kerege.stix.validation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The properties of an object type, or of an object inside one, with their kinds and the rules between them:
/// one table of the standard. Made once, then only read.
final class Shape {

    /// What becomes of a property that the table does not have.
    enum Others {
        /// Custom content: allowed, better by an extension.
        CUSTOM,
        /// Defined where we cannot see it: only what holds for every property is looked at.
        ELSEWHERE,
        /// Not looked at.
        FREE,
        /// Refused.
        NONE
    }

    private final String name;
    private final String section;
    private final Others others;
    private final Map<String, Kind> kinds;
    private final String[] required;
    private final Rule[] rules;

    private Shape(Table table) {
        this.name = table.name;
        this.section = table.section;
        this.others = table.others;
        this.kinds = Map.copyOf(table.kinds);
        this.required = table.required.toArray(String[]::new);
        this.rules = table.rules.toArray(Rule[]::new);
    }

    /// Starts the table of an object inside another one.
    ///
    /// @param section number of its section in STIX 2.1
    static Table table(String name, String section) {
        return new Table(name, "STIX 2.1 §" + section);
    }

    String name() {
        return name;
    }

    String section() {
        return section;
    }

    boolean defines(String property) {
        return kinds.containsKey(property);
    }

    void check(ObjectNode object, Report report) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String property = entry.getKey();
            Kind kind = kinds.get(property);
            if (kind != null) {
                report.enter(property);
                kind.check(entry.getValue(), report);
                report.leave();
            } else if (others != Others.FREE) {
                report.enter(property);
                other(object, property, entry.getValue(), report);
                report.leave();
            }
        }
        for (String property : required) {
            if (object.get(property) == null) {
                missing(property, report);
            }
        }
        for (Rule rule : rules) {
            rule.check(object, report);
        }
    }

    private void other(ObjectNode object, String property, JsonNode value, Report report) {
        switch (others) {
            case CUSTOM -> CustomContent.property(this, object, property, value, report);
            case ELSEWHERE -> CustomContent.generic(property, value, report);
            case FREE -> {}
            case NONE ->
                    report.error(
                            Fault.NOT_DEFINED,
                            section,
                            "a " + name + " has only the properties of its table",
                            "'%s' is no property of the %s. Remove it."
                                    .formatted(Report.excerpt(property), name));
        }
    }

    private void missing(String property, Report report) {
        report.error(
                Fault.MISSING,
                section,
                "'" + property + "' is required",
                "The %s has no '%s', which is required. Add it.".formatted(name, property));
    }

    /// A table that is being written.
    static final class Table {
        private final String name;
        private final String section;
        private Others others = Others.FREE;
        private final Map<String, Kind> kinds = new HashMap<>();
        private final List<String> required = new ArrayList<>();
        private final List<Rule> rules = new ArrayList<>();

        private Table(String name, String section) {
            this.name = name;
            this.section = section;
        }

        Table required(String property, Kind kind) {
            required.add(property);
            return optional(property, kind);
        }

        Table optional(String property, Kind kind) {
            @Nullable Kind before = kinds.put(property, kind);
            if (before != null) {
                throw new IllegalStateException(name + " has '" + property + "' twice");
            }
            return this;
        }

        /// Takes a property out again that this type does not share with the others of its family.
        Table without(String... properties) {
            for (String property : properties) {
                kinds.remove(property);
                required.remove(property);
            }
            return this;
        }

        Table rule(Rule rule) {
            rules.add(rule);
            return this;
        }

        /// At least one of these is there.
        Table anyOf(String... properties) {
            return rule(Rules.anyOf(name, section, properties));
        }

        /// At least one property of the table is there, those that all types share aside.
        Table anyBeside(Set<String> shared) {
            return rule(
                    Rules.anyOf(
                            name,
                            section,
                            kinds.keySet().stream()
                                    .filter(property -> !shared.contains(property))
                                    .sorted()
                                    .toArray(String[]::new)));
        }

        /// `later` is not before `earlier`.
        Table inOrder(String earlier, String later) {
            return rule(Rules.inOrder(section, earlier, later, false));
        }

        /// `later` is after `earlier`.
        Table strictlyInOrder(String earlier, String later) {
            return rule(Rules.inOrder(section, earlier, later, true));
        }

        Table others(Others others) {
            this.others = others;
            return this;
        }

        Shape build() {
            return new Shape(this);
        }
    }
}
