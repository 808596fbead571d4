package org.kerege.node.gate;

import java.util.Locale;
import java.util.Map;

/// What each organisation is to this node's own. An organisation that nobody has named is a stranger.
public final class Recipients {

    private final String own;
    private final Map<String, String> standings;

    /// @param standings `member`, `observer` or `partner` by organisation
    public Recipients(String own, Map<String, String> standings) {
        this.own = own;
        this.standings = Map.copyOf(standings);
    }

    public Recipient of(String organisation) {
        if (organisation.equals(own)) {
            return new Recipient(organisation, Recipient.Standing.OWN);
        }
        String standing = standings.getOrDefault(organisation, "stranger");
        return new Recipient(
                organisation, Recipient.Standing.valueOf(standing.toUpperCase(Locale.ROOT)));
    }
}
