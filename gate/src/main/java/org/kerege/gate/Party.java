package org.kerege.gate;

import java.util.Locale;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.StixId;

/// Somebody a release list can name. Organisations, persons and groups have the global identifier of a STIX
/// identity, so that no two nodes mean different parties by one name. The text form is `everyone`,
/// `tier:member`, `group:identity--…`, `organisation:identity--…` or `person:identity--…`.
public sealed interface Party extends Comparable<Party> {

    record Everyone() implements Party {
        @Override
        public String toString() {
            return "everyone";
        }
    }

    /// All organisations of one standing at the instant of release.
    record Tier(Standing standing) implements Party {
        @Override
        public String toString() {
            return "tier:" + standing.name().toLowerCase(Locale.ROOT);
        }
    }

    /// The organisations of a group at the instant of release.
    record Group(StixId id) implements Party {
        @Override
        public String toString() {
            return "group:" + id;
        }
    }

    record Organisation(StixId id) implements Party {
        @Override
        public String toString() {
            return "organisation:" + id;
        }
    }

    record Person(StixId id) implements Party {
        @Override
        public String toString() {
            return "person:" + id;
        }
    }

    /// Reads the text form.
    ///
    /// @throws MalformedStix when `text` has another form
    static Party parse(String text) {
        if (text.equals("everyone")) {
            return new Everyone();
        }
        int colon = text.indexOf(':');
        String kind = colon < 0 ? "" : text.substring(0, colon);
        String name = text.substring(colon + 1);
        return switch (kind) {
            case "tier" -> new Tier(standing(name));
            case "group" -> new Group(StixId.parse(name));
            case "organisation" -> new Organisation(StixId.parse(name));
            case "person" -> new Person(StixId.parse(name));
            default -> throw malformed(text);
        };
    }

    private static Standing standing(String name) {
        return switch (name) {
            case "member" -> Standing.MEMBER;
            case "observer" -> Standing.OBSERVER;
            case "partner" -> Standing.PARTNER;
            case "expert" -> Standing.EXPERT;
            default -> throw malformed("tier:" + name);
        };
    }

    private static MalformedStix malformed(String text) {
        String excerpt = text.length() <= 80 ? text : text.substring(0, 80) + "…";
        return new MalformedStix(
                "/releasable_to",
                "a party is everyone, tier:…, group:…, organisation:… or person:…",
                "'" + excerpt + "' names no party");
    }

    @Override
    default int compareTo(Party other) {
        return toString().compareTo(other.toString());
    }
}
