package org.kerege.pattern.equivalence;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.kerege.pattern.ComparisonExpression.In;
import org.kerege.pattern.ComparisonExpression.PropertyTest;
import org.kerege.pattern.ComparisonExpression.Relation;
import org.kerege.pattern.ComparisonExpression.Relator;
import org.kerege.pattern.Constant;
import org.kerege.pattern.ObjectPath;
import org.kerege.pattern.PatternText;
import org.kerege.pattern.Qualifier;
import org.kerege.pattern.match.Network;
import org.kerege.stix.Timestamp;

/// Writes tests, and the qualifiers around them, that mean the same in the same way. The specification compares strings as they are; for the
/// values of addresses, networks and registry keys, equal means equal in what they name (RFC 4291, RFC 4632;
/// registry keys and value names have no case).
final class CanonicalTest {

    private CanonicalTest() {}

    static PropertyTest of(PropertyTest test) {
        return switch (test) {
            case Relation(ObjectPath path, boolean negated, Relator relator, Constant constant) -> {
                // NOT turns every relation but those of order into the other one.
                boolean turned =
                        negated && (relator == Relator.EQUAL || relator == Relator.NOT_EQUAL);
                boolean many = path.steps().contains(new ObjectPath.AnyIndex());
                Relator direct =
                        !turned || many
                                ? relator
                                : relator == Relator.EQUAL ? Relator.NOT_EQUAL : Relator.EQUAL;
                yield new Relation(
                        path, negated && (!turned || many), direct, constant(path, constant));
            }
            case In(ObjectPath path, boolean negated, List<Constant> members) ->
                    new In(
                            path,
                            negated,
                            members.stream()
                                    .map(member -> constant(path, member))
                                    .distinct()
                                    .sorted(Comparator.comparing(PatternText::of))
                                    .toList());
            default -> test;
        };
    }

    static Qualifier of(Qualifier qualifier) {
        return switch (qualifier) {
            case Qualifier.Within(BigDecimal seconds) ->
                    new Qualifier.Within(seconds.stripTrailingZeros());
            case Qualifier.StartStop(Timestamp start, Timestamp stop) ->
                    new Qualifier.StartStop(moment(start), moment(stop));
            case Qualifier.Repeats repeats -> repeats;
        };
    }

    /// The same point in time with as many digits as it needs, unless it needs more than nanoseconds.
    private static Timestamp moment(Timestamp value) {
        Timestamp exact = Timestamp.of(value.instant());
        return exact.equals(value) ? exact : value;
    }

    private static Constant constant(ObjectPath path, Constant constant) {
        return switch (constant) {
            case Constant.Text(String value) -> new Constant.Text(text(path, value));
            case Constant.Decimal(BigDecimal value) ->
                    value.stripTrailingZeros().scale() <= 0
                            ? new Constant.Whole(value.toBigIntegerExact())
                            : new Constant.Decimal(value.stripTrailingZeros());
            case Constant.Octets octets ->
                    new Constant.Hex(HexFormat.of().formatHex(octets.bytes()));
            case Constant.Moment(Timestamp value) -> new Constant.Moment(moment(value));
            default -> constant;
        };
    }

    private static String text(ObjectPath path, String value) {
        return switch (path.type()) {
            case "ipv4-addr", "ipv6-addr" ->
                    isKey(path, 0, "value") && path.steps().size() == 1
                            ? Network.parse(value).map(CanonicalTest::text).orElse(value)
                            : value;
            case "windows-registry-key" ->
                    isCaseless(path) ? value.toLowerCase(Locale.ROOT) : value;
            default -> value;
        };
    }

    private static boolean isCaseless(ObjectPath path) {
        return (path.steps().size() == 1 && isKey(path, 0, "key"))
                || (path.steps().size() == 3 && isKey(path, 0, "values") && isKey(path, 2, "name"));
    }

    private static boolean isKey(ObjectPath path, int step, String name) {
        return path.steps().get(step).equals(new ObjectPath.Key(name));
    }

    private static String text(Network network) {
        byte[] address = network.address();
        Optional<String> text = numeric(address);
        String host = text.orElseThrow(() -> new IllegalStateException("an address of odd length"));
        return network.prefixBits() == address.length * 8
                ? host
                : host + "/" + network.prefixBits();
    }

    private static Optional<String> numeric(byte[] address) {
        try {
            // Bytes, no name: nothing is looked up.
            return Optional.of(InetAddress.getByAddress(address).getHostAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
