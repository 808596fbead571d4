package org.kerege.node.desk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerege.node.identity.Identity.IssuedToken;
import org.kerege.node.identity.TokenScope;

/// What a form asks of a new token.
///
/// @param scope what it may do, with which collections, from where
public record TokenForm(String label, TokenScope scope, Duration life) {

    static final int LONGEST_LABEL = 100;

    private static final int MOST_DAYS = 365;
    private static final int MOST_ADDRESSES = 50;
    private static final Pattern BETWEEN = Pattern.compile("[\\s,;]+");

    /// Reads the fields of a form.
    ///
    /// @param addresses addresses and networks with spaces or commas between them; empty for any
    /// @param collections identifiers; empty for all of the account
    /// @return empty when a field holds something else
    static Optional<TokenForm> read(
            String label,
            int days,
            boolean writes,
            String addresses,
            @Nullable List<UUID> collections) {
        Set<String> networks =
                BETWEEN.splitAsStream(addresses)
                        .filter(one -> !one.isEmpty())
                        .limit(MOST_ADDRESSES + 1)
                        .collect(Collectors.toSet());
        if (label.isBlank()
                || label.length() > LONGEST_LABEL
                || days < 1
                || days > MOST_DAYS
                || networks.size() > MOST_ADDRESSES) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new TokenForm(
                            label.strip(),
                            new TokenScope(
                                    !writes,
                                    collections == null || collections.isEmpty()
                                            ? null
                                            : Set.copyOf(collections),
                                    networks),
                            Duration.ofDays(days)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Instant expires(Clock clock) {
        return clock.instant().plus(life);
    }

    /// A token in a list of a page.
    public record Row(
            String id,
            String account,
            String label,
            boolean readOnly,
            int collections,
            String addresses,
            String expires,
            String lastUsed) {

        static Row of(IssuedToken token) {
            Set<UUID> collections = token.scope().collections();
            Instant used = token.lastUsed();
            return new Row(
                    token.id(),
                    Shown.text(token.account()),
                    Shown.text(token.label()),
                    token.scope().readOnly(),
                    collections == null ? 0 : collections.size(),
                    String.join(", ", token.scope().addresses()),
                    token.expires().toString(),
                    used == null ? "" : used.toString());
        }
    }
}
