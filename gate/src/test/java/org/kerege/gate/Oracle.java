package org.kerege.gate;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.StixId;

/// The rules of release a second time, written apart from the first and as plainly as possible: one long list of
/// who is let in, each case in full. Slow and without reasons.
final class Oracle {

    private Oracle() {}

    static boolean releases(Terms terms, Release request) {
        Roster roster = request.roster();
        Label label = terms.label();
        StixId org = request.recipient().organisation();
        StixId person = request.recipient().person();
        boolean relay = terms.role() == Role.RELAY;
        boolean own = org != null && org.equals(roster.own());
        boolean source = org != null && org.equals(terms.source()) && !relay;

        // The channel.
        boolean mustEncrypt = label.duties().contains(Duty.ENCRYPT_IN_TRANSIT);
        if (mustEncrypt && !roster.encrypted().contains(request.channel())) return false;
        if (roster.gateways().containsKey(request.channel())
                && label.tlp() != null
                && rank(label.tlp()) > rank(roster.gateways().get(request.channel()))) {
            return false;
        }
        if (source) return true;

        // Conditions.
        for (Fault fault : label.faults()) {
            boolean forOthers =
                    fault.kind() == Fault.Kind.PERSON_NOT_REVIEWED
                            || fault.kind() == Fault.Kind.NOT_CONFIRMED;
            if (!forOthers || !own) return false;
        }
        Instant opens = label.window().opens();
        Instant closes = label.window().closes();
        if (!own && opens != null && request.at().isBefore(opens)) return false;
        if (!own && closes != null && !request.at().isBefore(closes)) return false;
        if (label.purposes() != null && !label.purposes().contains(request.purpose())) return false;

        // Every list.
        for (Set<Party> list : label.release().lists()) {
            boolean listed = false;
            for (Party party : list) {
                String text = party.toString();
                listed |= text.equals("everyone");
                if (org == null || standing(roster, org).equals("suspended")) continue;
                listed |= text.equals("tier:" + standing(roster, org));
                listed |= text.equals("organisation:" + org);
                listed |= person != null && text.equals("person:" + person);
                listed |=
                        party instanceof Party.Group(var id)
                                && roster.groups().get(id) != null
                                && roster.groups().get(id).contains(org);
            }
            if (!listed) return false;
        }

        // The colour.
        Tlp tlp = label.tlp();
        if (tlp == Tlp.RED) {
            if (person == null || label.release().lists().isEmpty()) return false;
            for (Set<Party> list : label.release().lists()) {
                boolean names = false;
                for (Party party : list) {
                    names |= party.toString().equals("person:" + person);
                }
                if (!names) return false;
            }
        }
        if (own) return true;
        boolean says = tlp != null || !label.release().lists().isEmpty();
        if (!says || label.duties().contains(Duty.STAY_HOME)) return false;
        if (relay && label.duties().contains(Duty.ORIGINATOR_CONTROL)) return false;
        if (relay && label.duties().contains(Duty.HIDE_PROVIDER)) return false;
        if (tlp == null || tlp == Tlp.CLEAR) return true;
        String standing = org == null ? "stranger" : standing(roster, org);
        if (standing.equals("suspended")) return false;
        boolean client =
                org != null
                        && roster.clients().containsKey(roster.own())
                        && roster.clients().get(roster.own()).contains(org);
        boolean member = standing.equals("member");
        boolean community = member || standing.equals("observer") || standing.equals("partner");
        int level = rank(tlp);
        int ceiling =
                member ? 4 : standing.equals("observer") ? 1 : standing.equals("partner") ? 2 : 0;
        return switch (tlp) {
            case CLEAR -> true;
            case GREEN -> (relay && client) || (community && level <= ceiling);
            case AMBER -> relay ? client : member && level <= ceiling;
            case AMBER_STRICT, RED -> !relay && member && level <= ceiling;
        };
    }

    private static int rank(@Nullable Tlp tlp) {
        return tlp == null
                ? 0
                : List.of("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")
                        .indexOf(tlp.toString());
    }

    private static String standing(Roster roster, StixId org) {
        Standing standing = roster.standings().get(org);
        return standing == null ? "stranger" : standing.name().toLowerCase(java.util.Locale.ROOT);
    }
}
