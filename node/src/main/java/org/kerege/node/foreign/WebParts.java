package org.kerege.node.foreign;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kerege.node.exchange.draft.Observable;
import org.kerege.pattern.ComparisonExpression;
import org.kerege.pattern.ObservationExpression;

/// Parts of addresses of the web, as lists have them: a path that some hosts serve, an address without its scheme, the
/// end of a name.
final class WebParts {

    /// Shorter paths are in too many addresses.
    private static final int SHORTEST_PATH = 6;

    private static final Pattern PATH = Pattern.compile("/[!-~]*");
    private static final Pattern ADDRESS = Pattern.compile("([^/?#@\\s]+)([/?][!-~]*)");
    private static final Pattern NAME_END =
            Pattern.compile("(?i)(\\.[\\p{L}\\p{N}_-]{1,63}){2,10}");

    private WebParts() {}

    /// @return nothing when it is none of these
    /// @throws Unconvertible when it is one that says too little
    static Optional<Sign> read(String value) throws Unconvertible {
        if (PATH.matcher(value).matches()) {
            return Optional.of(path(value));
        }
        Matcher address = ADDRESS.matcher(value);
        if (address.matches() && isHost(address.group(1))) {
            return Optional.of(
                    any(
                            value,
                            List.of(
                                    Sign.equal(Sign.path("url", "value"), "http://" + value),
                                    Sign.equal(Sign.path("url", "value"), "https://" + value))));
        }
        if (NAME_END.matcher(value).matches()) {
            return Optional.of(
                    Sign.of(
                            value,
                            List.of(
                                    new ComparisonExpression.Like(
                                            Sign.path("domain-name", "value"),
                                            false,
                                            "%" + value.toLowerCase(java.util.Locale.ROOT)))));
        }
        return Optional.empty();
    }

    private static boolean isHost(String host) {
        String bare = host.replaceFirst(":\\d{1,5}$", "");
        return Observable.of(bare)
                .filter(found ->
                        found.obstacle().isEmpty()
                                && (found.kind() == Observable.Kind.DOMAIN
                                        || found.kind() == Observable.Kind.IPV4))
                .isPresent();
    }

    /// The end of an address; one that ends with a slash may go on.
    private static Sign path(String path) throws Unconvertible {
        if (path.length() < SHORTEST_PATH) {
            throw new Unconvertible("a path so short is in too many addresses");
        }
        String regex = path.replaceAll("([^\\p{Alnum}/_-])", "\\\\$1");
        return Sign.of(
                path,
                List.of(
                        new ComparisonExpression.Matches(
                                Sign.path("url", "value"),
                                false,
                                path.endsWith("/") ? regex : regex + "$")));
    }

    private static Sign any(String name, List<ComparisonExpression> tests) {
        return new Sign(
                name, new ObservationExpression.Observation(new ComparisonExpression.Or(tests)));
    }
}
