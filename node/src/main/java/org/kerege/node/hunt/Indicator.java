package org.kerege.node.hunt;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.pattern.MalformedPattern;
import org.kerege.pattern.ObservationExpression;
import org.kerege.pattern.Pattern;
import org.kerege.pattern.Qualifier;
import org.kerege.pattern.match.MatchedClause;
import org.kerege.stix.StixObject;
import org.kerege.stix.Timestamp;

/// An indicator that can be hunted. Source: STIX 2.1 §4.7.
///
/// @param validUntil null for no end
public record Indicator(
        StixObject object,
        Pattern pattern,
        @Nullable Instant validFrom,
        @Nullable Instant validUntil) {

    /// Types of observables that name a person rather than a thing.
    private static final Set<String> PERSONS =
            Set.of("email-addr", "user-account", "email-message", "identity", "x-phone-number");

    /// Reads an indicator object.
    ///
    /// @throws MalformedPattern when its pattern is none
    public static Indicator of(StixObject object) {
        String text = object.text("pattern");
        Pattern pattern = Pattern.parse(text == null ? "" : text);
        return new Indicator(
                object, pattern, instant(object, "valid_from"), instant(object, "valid_until"));
    }

    /// Whether the object is an indicator with a STIX pattern.
    public static boolean isHuntable(StixObject object) {
        String language = object.text("pattern_type");
        return object.type().equals("indicator") && (language == null || language.equals("stix"));
    }

    /// The indicator of an object that a node hunts by itself; null for one that is over, or none with a STIX pattern, or
    /// that names a person: a person is hunted for by an analyst's own record, and never by the node itself.
    public static @Nullable Indicator current(StixObject object, Instant now) {
        if (!isHuntable(object)) {
            return null;
        }
        try {
            Indicator indicator = of(object);
            return indicator.isOver(now) || indicator.namesPerson() ? null : indicator;
        } catch (MalformedPattern e) {
            return null;
        }
    }

    public String id() {
        return object.id().toString();
    }

    /// Whether it says of itself that it counts no longer.
    public boolean isOver(Instant now) {
        return object.revoked() || (validUntil != null && !validUntil.isAfter(now));
    }

    /// Whether it names a person: then it waits until an analyst has recorded purpose and legal basis.
    public boolean namesPerson() {
        return MatchedClause.testsOf(pattern.expression()).stream()
                .anyMatch(
                        test -> PERSONS.contains(test.path().type()) || throughPerson(test.path()));
    }

    /// Whether one event alone can satisfy the pattern.
    public boolean isSingle() {
        return isSingle(pattern.expression());
    }

    private static boolean isSingle(ObservationExpression expression) {
        return switch (expression) {
            case ObservationExpression.Observation _ -> true;
            case ObservationExpression.Or(var operands) ->
                    operands.stream().allMatch(Indicator::isSingle);
            case ObservationExpression.Qualified(var operand, var qualifier) ->
                    isSingle(operand)
                            && !(qualifier instanceof Qualifier.Repeats(long times) && times > 1);
            case ObservationExpression.And _, ObservationExpression.FollowedBy _ -> false;
        };
    }

    private static boolean throughPerson(org.kerege.pattern.ObjectPath path) {
        return path.steps().stream()
                .anyMatch(step ->
                        step instanceof org.kerege.pattern.ObjectPath.Key(String name)
                                && (name.equals("creator_user_ref")
                                        || name.equals("belongs_to_ref")
                                        || name.equals("from_ref")
                                        || name.equals("sender_ref")
                                        || name.equals("to_refs")
                                        || name.equals("cc_refs")
                                        || name.equals("bcc_refs")));
    }

    private static @Nullable Instant instant(StixObject object, String property) {
        String text = object.text(property);
        return text == null ? null : Timestamp.parse(text).instant();
    }
}
