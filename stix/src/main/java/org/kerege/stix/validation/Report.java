package org.kerege.stix.validation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Where the walk through one document stands and what it has found. The place is kept as names and indices
/// and becomes a JSON pointer only when there is something to say. One walk, one thread.
final class Report {

    private static final int MAX_EXCERPT = 60;

    private final Policy policy;
    private final Set<Check> checks;
    private final PatternCheck patterns;
    private Object[] place = new Object[32];
    private int depth;
    private @Nullable ObjectNode container;
    private final List<Finding> errors = new ArrayList<>(0);
    private final List<Finding> warnings = new ArrayList<>(0);

    Report(Policy policy, PatternCheck patterns) {
        this.policy = policy;
        this.checks = policy.checks();
        this.patterns = patterns;
    }

    Policy policy() {
        return policy;
    }

    PatternCheck patterns() {
        return patterns;
    }

    /// The container of observed data that is being looked at, null outside of one.
    @Nullable ObjectNode container() {
        return container;
    }

    void within(@Nullable ObjectNode container) {
        this.container = container;
    }

    void enter(String name) {
        push(name);
    }

    void enter(Integer index) {
        push(index);
    }

    void leave() {
        depth--;
    }

    private void push(Object step) {
        if (depth == place.length) {
            place = Arrays.copyOf(place, depth * 2);
        }
        place[depth++] = step;
    }

    /// The last name on the way here: what the analyst calls the value.
    String name() {
        for (int i = depth - 1; i >= 0; i--) {
            if (place[i] instanceof String name) {
                return name;
            }
        }
        return "object";
    }

    boolean asks(Check check) {
        return checks.contains(check);
    }

    void error(Fault fault, String section, String rule, String message) {
        if (errors.size() < Verdict.MAX_FINDINGS) {
            errors.add(
                    new Finding(pointer(), rule, section, message, Severity.ERROR, fault.code()));
        }
    }

    void warn(Check check, String section, String rule, String message) {
        if (checks.contains(check) && warnings.size() < Verdict.MAX_FINDINGS) {
            warnings.add(
                    new Finding(pointer(), rule, section, message, Severity.WARNING, check.code()));
        }
    }

    Verdict verdict() {
        if (errors.isEmpty() && warnings.isEmpty()) {
            return Verdict.CLEAN;
        }
        boolean valid = errors.isEmpty() && (warnings.isEmpty() || !policy.warningsAsErrors());
        return new Verdict(valid, errors, warnings);
    }

    private String pointer() {
        StringBuilder pointer = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            pointer.append('/');
            if (place[i] instanceof String name) {
                pointer.append(excerpt(name).replace("~", "~0").replace("/", "~1"));
            } else {
                pointer.append(place[i]);
            }
        }
        return pointer.toString();
    }

    /// A short form of text from outside that is safe to show on one line.
    static String excerpt(String text) {
        String head = text.length() <= MAX_EXCERPT ? text : text.substring(0, MAX_EXCERPT) + "…";
        return head.chars().anyMatch(Character::isISOControl)
                ? head.replaceAll("\\p{Cntrl}", "�")
                : head;
    }
}
