package org.kerege.gate;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.StixId;

/// The alliance at one instant, as one node sees it.
///
/// @param own organisation of this node
/// @param identities organisation behind other identities it uses, such as a team's; an identity that is
///     missing stands for itself
/// @param standings organisations by standing; one that is missing is a stranger
/// @param groups organisations of each group
/// @param clients organisations that each organisation serves
/// @param community whom TLP:GREEN reaches
/// @param circle whom an originator's own TLP:AMBER and TLP:AMBER+STRICT reach
/// @param ceilings strictest TLP that each standing gets; one that is missing gets TLP:CLEAR
/// @param agreed strictest TLP that single organisations get by an agreement, whatever their standing would get
/// @param gateways strictest TLP that each channel carries; one that is missing carries all
/// @param encrypted channels that are encrypted all the way
/// @param unstatedPap what holds where no permissible action was stated
/// @param until first instant at which another roster holds, null when none is known
public record Roster(
        StixId own,
        Map<StixId, StixId> identities,
        Map<StixId, Standing> standings,
        Map<StixId, Set<StixId>> groups,
        Map<StixId, Set<StixId>> clients,
        Set<Party> community,
        Set<Party> circle,
        Map<Standing, Tlp> ceilings,
        Map<StixId, Tlp> agreed,
        Map<Channel, Tlp> gateways,
        Set<Channel> encrypted,
        Pap unstatedPap,
        @Nullable Instant until) {

    public Roster {
        identities = Map.copyOf(identities);
        standings = Map.copyOf(standings);
        groups = Map.copyOf(groups);
        clients = Map.copyOf(clients);
        community = Set.copyOf(community);
        circle = Set.copyOf(circle);
        ceilings = Map.copyOf(ceilings);
        agreed = Map.copyOf(agreed);
        gateways = Map.copyOf(gateways);
        encrypted = Set.copyOf(encrypted);
    }

    /// The same with other standings of some organisations.
    ///
    /// @param others by organisation; STRANGER takes one out of the alliance
    public Roster withStandings(Map<StixId, Standing> others) {
        Map<StixId, Standing> all = new HashMap<>(standings);
        others.forEach((organisation, standing) -> all.put(organisationOf(organisation), standing));
        return new Roster(
                own,
                identities,
                all,
                groups,
                clients,
                community,
                circle,
                ceilings,
                agreed,
                gateways,
                encrypted,
                unstatedPap,
                until);
    }

    /// Strictest TLP that an organisation gets: that of its standing, or of its agreement where that one is stricter.
    public Tlp ceiling(@Nullable StixId organisation) {
        Tlp byStanding = ceilings.getOrDefault(standing(organisation), Tlp.CLEAR);
        Tlp byAgreement = organisation == null ? null : agreed.get(organisation);
        return byAgreement == null || byAgreement.compareTo(byStanding) > 0
                ? byStanding
                : byAgreement;
    }

    /// The organisation that an identity belongs to.
    public StixId organisationOf(StixId identity) {
        return identities.getOrDefault(identity, identity);
    }

    /// How an organisation stands to the alliance; nobody known is a stranger.
    public Standing standing(@Nullable StixId organisation) {
        if (organisation == null) {
            return Standing.STRANGER;
        }
        return standings.getOrDefault(organisation, Standing.STRANGER);
    }

    public boolean isClientOfOwn(@Nullable StixId organisation) {
        return organisation != null && clients.getOrDefault(own, Set.of()).contains(organisation);
    }

    /// Whether one of `parties` is or holds the recipient. One that is suspended is in no tier and no group.
    public boolean holds(Set<Party> parties, Recipient recipient) {
        for (Party party : parties) {
            if (holds(party, recipient)) {
                return true;
            }
        }
        return false;
    }

    private boolean holds(Party party, Recipient recipient) {
        StixId organisation = recipient.organisation();
        if (party instanceof Party.Everyone) {
            return true;
        }
        if (organisation == null || standing(organisation) == Standing.SUSPENDED) {
            return false;
        }
        return switch (party) {
            case Party.Everyone _ -> true;
            case Party.Tier(var standing) -> standing(organisation) == standing;
            case Party.Group(var id) -> groups.getOrDefault(id, Set.of()).contains(organisation);
            case Party.Organisation(var id) -> id.equals(organisation);
            case Party.Person(var id) -> id.equals(recipient.person());
        };
    }
}
