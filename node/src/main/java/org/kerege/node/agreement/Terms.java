package org.kerege.node.agreement;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.kerege.gate.Standing;
import org.kerege.gate.Tlp;
import org.kerege.stix.MalformedStix;
import org.kerege.stix.Timestamp;
import tools.jackson.databind.node.ObjectNode;

/// What two organisations agree on beside who they are.
///
/// @param tier how they stand to one another: member, observer, partner or expert
/// @param ceiling strictest TLP that either gives the other, whatever its tier would get
/// @param purpose what it is for, in a sentence
/// @param from inclusive
/// @param until exclusive; null for no end
public record Terms(
        Standing tier, Tlp ceiling, String purpose, Instant from, @Nullable Instant until) {

    private static final List<Standing> TIERS =
            List.of(Standing.MEMBER, Standing.OBSERVER, Standing.PARTNER, Standing.EXPERT);

    public Terms {
        if (!TIERS.contains(tier)) {
            throw new MalformedStix(
                    "/tier", "member, observer, partner or expert", "is " + word(tier));
        }
        if (until != null && !until.isAfter(from)) {
            throw new MalformedStix("/until", "is after 'from'", "is not");
        }
    }

    static Terms read(SignedObject paper) {
        return new Terms(
                tier(paper.text("tier")),
                ceiling(paper.text("ceiling")),
                paper.text("purpose"),
                paper.instant("from"),
                paper.optionalInstant("until"));
    }

    /// Reads a tier's word.
    ///
    /// @throws MalformedStix when there is no such tier
    public static Standing tier(String text) {
        return TIERS.stream()
                .filter(one -> word(one).equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new MalformedStix(
                                "/tier", "member, observer, partner or expert", "is " + text));
    }

    /// Reads a ceiling such as `TLP:GREEN`.
    ///
    /// @throws MalformedStix when there is no such level
    public static Tlp ceiling(String text) {
        Tlp level = Tlp.read(text.replaceFirst("(?i)^tlp:", ""));
        if (level == null) {
            throw new MalformedStix("/ceiling", "a level of TLP", "is " + text);
        }
        return level;
    }

    /// The word of a tier.
    public static String word(Standing tier) {
        return tier.name().toLowerCase(Locale.ROOT);
    }

    void writeTo(ObjectNode json) {
        json.put("tier", word(tier)).put("ceiling", ceiling.toString()).put("purpose", purpose);
        json.put("from", Timestamp.format(from));
        if (until != null) {
            json.put("until", Timestamp.format(until));
        }
    }
}
