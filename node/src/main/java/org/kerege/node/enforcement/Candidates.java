package org.kerege.node.enforcement;

import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Label;
import org.kerege.gate.NamedPersons;
import org.kerege.node.hunt.Indicator;
import org.kerege.pattern.MalformedPattern;
import org.kerege.pattern.enforce.Enforcement;
import org.kerege.stix.StixObject;

/// Puts indicators that may be used so into an export, and names the others with the reason.
final class Candidates {

    private final Wanted wanted;
    private final Enforcement into;
    private final Instant now;
    private final Predicate<String> reviewed;

    /// @param reviewed whether a review is on record for the indicator of an identifier
    Candidates(Wanted wanted, Enforcement into, Instant now, Predicate<String> reviewed) {
        this.wanted = wanted;
        this.into = into;
        this.now = now;
        this.reviewed = reviewed;
    }

    /// Takes an indicator in, or says why it is left out.
    ///
    /// @param label what its markings say
    /// @param allowed whether they allow the use
    void add(StixObject object, Label label, boolean allowed) {
        String id = object.id().toString();
        if (!Indicator.isHuntable(object)) {
            into.refuse(id, "its pattern is in another language");
            return;
        }
        Indicator indicator;
        try {
            indicator = Indicator.of(object);
        } catch (MalformedPattern e) {
            into.refuse(id, "its pattern is none");
            return;
        }
        String obstacle = obstacle(indicator, label, allowed);
        if (obstacle == null) {
            into.add(
                    id,
                    indicator.pattern().expression(),
                    indicator.validFrom(),
                    indicator.validUntil());
        } else {
            into.refuse(id, obstacle);
        }
    }

    private @Nullable String obstacle(Indicator indicator, Label label, boolean allowed) {
        if (indicator.isOver(now)) {
            return indicator.object().revoked() ? "it is revoked" : "it is expired";
        }
        Instant from = indicator.validFrom();
        if (from != null && from.isAfter(now)) {
            return "it is not valid yet";
        }
        boolean person = indicator.namesPerson() || NamedPersons.in(indicator.object());
        if (person && !reviewed.test(indicator.id())) {
            return "it names a person, and no review of it is on record";
        }
        int score = wanted.decay().score(indicator.object(), indicator.pattern().expression(), now);
        if (score < wanted.leastScore()) {
            return "it scores too low by its age";
        }
        if (allowed) {
            return null;
        }
        if (!label.faults().isEmpty()) {
            return "its markings cannot be understood";
        }
        if (label.window().expired(now)) {
            return "the time for which it was released is over";
        }
        return (label.pap() == null ? "its marking" : label.pap().toString())
                + " does not allow "
                + wanted.deed();
    }
}
