package org.kerege.node.hunt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerege.pattern.match.MatchedClause;
import org.kerege.stix.Json;
import org.kerege.stix.ScoIds;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import org.kerege.stix.Timestamp;
import tools.jackson.databind.node.ObjectNode;

/// What a member tells the origin of an indicator that it has seen: the matched value, when first and last, and how
/// often. Nothing else of its logs goes in. Source: STIX 2.1 §5.2, §4.14.
public final class Sightings {

    /// Types of which the value alone says what was seen.
    private static final Set<String> VALUED =
            Set.of("ipv4-addr", "ipv6-addr", "domain-name", "url", "mac-addr");

    private static final long MOST_COUNTED = 999_999_999;

    private Sightings() {}

    /// The objects that tell of matches of one indicator: a sighting, and where the matched value is a thing by
    /// itself, observed-data with it.
    ///
    /// @param found what was found of the indicator
    /// @param observer identity of the member that saw it
    /// @param marking identifier of the marking that they carry
    public static List<StixObject> of(Found found, StixId observer, String marking, Instant now) {
        Match first = found.first();
        Instant from = found.from() == null ? now : found.from();
        Instant to = found.to() == null ? from : found.to();
        List<StixObject> objects = new ArrayList<>();
        ObjectNode sighting = domainObject("sighting", observer, marking, now);
        sighting.put("first_seen", Timestamp.format(from));
        sighting.put("last_seen", Timestamp.format(to));
        sighting.put("count", Math.min(found.count(), MOST_COUNTED));
        sighting.put("sighting_of_ref", first.indicator().id());
        sighting.putArray("where_sighted_refs").add(observer.toString());
        for (MatchedClause clause : first.clauses()) {
            ObjectNode observable = observable(clause);
            if (observable != null) {
                ObjectNode observed = domainObject("observed-data", observer, marking, now);
                observed.put("first_observed", Timestamp.format(from));
                observed.put("last_observed", Timestamp.format(to));
                observed.put("number_observed", Math.min(found.count(), MOST_COUNTED));
                observed.putArray("object_refs").add(observable.path("id").asString());
                sighting.putArray("observed_data_refs").add(observed.path("id").asString());
                objects.add(StixObject.of(observable));
                objects.add(StixObject.of(observed));
                break;
            }
        }
        objects.add(StixObject.of(sighting));
        return objects;
    }

    /// An analyst's word that an indicator finds what is harmless. Source: STIX 2.1 §4.15.
    public static StixObject falsePositive(
            Indicator indicator, String explanation, StixId observer, String marking, Instant now) {
        return falsePositive(indicator.object().id(), explanation, observer, marking, now);
    }

    /// The same of an indicator that need not be at hand.
    ///
    /// @param indicator its identifier
    public static StixObject falsePositive(
            StixId indicator, String explanation, StixId observer, String marking, Instant now) {
        ObjectNode opinion = domainObject("opinion", observer, marking, now);
        opinion.put("explanation", explanation);
        opinion.put("opinion", "strongly-disagree");
        opinion.putArray("object_refs").add(indicator.toString());
        return StixObject.of(opinion);
    }

    private static ObjectNode domainObject(
            String type, StixId creator, String marking, Instant now) {
        ObjectNode object = Json.mapper().createObjectNode();
        object.put("type", type);
        object.put("spec_version", "2.1");
        object.put("id", new StixId(type, UUID.randomUUID()).toString());
        object.put("created_by_ref", creator.toString());
        object.put(
                "created", Timestamp.format(now.truncatedTo(java.time.temporal.ChronoUnit.MILLIS)));
        object.put(
                "modified",
                Timestamp.format(now.truncatedTo(java.time.temporal.ChronoUnit.MILLIS)));
        object.putArray("object_marking_refs").add(marking);
        return object;
    }

    private static @Nullable ObjectNode observable(MatchedClause clause) {
        int colon = clause.path().indexOf(':');
        String type = clause.path().substring(0, colon);
        String property = clause.path().substring(colon + 1);
        ObjectNode object =
                Json.mapper().createObjectNode().put("type", type).put("spec_version", "2.1");
        if (VALUED.contains(type) && property.equals("value")) {
            object.put("value", clause.value());
        } else if (type.equals("file") && property.equals("name")) {
            object.put("name", clause.value());
        } else {
            return null;
        }
        return object.put("id", ScoIds.idOf(object).toString());
    }
}
