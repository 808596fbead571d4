package org.kerege.pattern.enforce;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerege.pattern.ComparisonExpression;
import org.kerege.pattern.ComparisonExpression.PropertyTest;
import org.kerege.pattern.ComparisonExpression.Relator;
import org.kerege.pattern.Constant;
import org.kerege.pattern.ObjectPath;
import org.kerege.pattern.ObservationExpression;
import org.kerege.pattern.PatternText;
import org.kerege.pattern.enforce.Target.Kind;
import org.kerege.pattern.match.Network;

/// The values each of which alone satisfies a pattern. A pattern that needs several things at once has none, but for a
/// connection to one address and port.
final class Targets {

    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-f]+");

    /// The ends of a connection and what may be said of one, besides its value.
    private static final Set<String> REMOTE_ENDS = Set.of("dst_ref.value", "src_ref.value");

    private static final Set<String> END_TYPES = Set.of("dst_ref.type", "src_ref.type");

    private Targets() {}

    /// @throws Inexpressible when some part of the pattern is no such value
    static List<Target> of(ObservationExpression expression) throws Inexpressible {
        Set<Target> found = new LinkedHashSet<>();
        collect(expression, found);
        return List.copyOf(found);
    }

    private static void collect(ObservationExpression expression, Set<Target> into)
            throws Inexpressible {
        switch (expression) {
            case ObservationExpression.Observation(ComparisonExpression comparison) ->
                    collect(comparison, into);
            case ObservationExpression.Or(List<ObservationExpression> operands) -> {
                for (ObservationExpression operand : operands) {
                    collect(operand, into);
                }
            }
            case ObservationExpression.And _, ObservationExpression.FollowedBy _ ->
                    throw new Inexpressible("it asks for several observations");
            case ObservationExpression.Qualified _ ->
                    throw new Inexpressible("it asks for observations within a time or repeated");
        }
    }

    private static void collect(ComparisonExpression comparison, Set<Target> into)
            throws Inexpressible {
        switch (comparison) {
            case ComparisonExpression.Or(List<ComparisonExpression> operands) -> {
                for (ComparisonExpression operand : operands) {
                    collect(operand, into);
                }
            }
            case ComparisonExpression.And(List<ComparisonExpression> operands) ->
                    into.add(connection(operands));
            case PropertyTest test -> {
                if (test.path().type().equals("network-traffic")) {
                    into.add(connection(List.of(test)));
                } else {
                    for (String value : values(test)) {
                        into.add(target(test.path(), value));
                    }
                }
            }
        }
    }

    /// The texts that a test takes, each for itself.
    private static List<String> values(PropertyTest test) throws Inexpressible {
        if (test.negated()) {
            throw new Inexpressible("it asks for what is not there");
        }
        return switch (test) {
            case ComparisonExpression.Relation(_, _, Relator relator, Constant.Text(String text))
                    when relator == Relator.EQUAL ->
                    List.of(text);
            case ComparisonExpression.In(_, _, List<Constant> members) -> {
                List<String> texts = new ArrayList<>();
                for (Constant member : members) {
                    if (!(member instanceof Constant.Text(String text))) {
                        throw new Inexpressible("it compares with numbers");
                    }
                    texts.add(text);
                }
                yield texts;
            }
            case ComparisonExpression.IsSubset(_, _, String network) -> List.of(network);
            case ComparisonExpression.Like _, ComparisonExpression.Matches _ ->
                    throw new Inexpressible("it asks for a part of a value");
            default ->
                    throw new Inexpressible(
                            "it compares by order, or asks whether something is there");
        };
    }

    private static Target target(ObjectPath path, String value) throws Inexpressible {
        return switch (PatternText.of(path)) {
            case "ipv4-addr:value", "ipv6-addr:value" -> address(value);
            case "domain-name:value" -> Target.of(Kind.DOMAIN, value);
            case "url:value" -> Target.of(Kind.URL, value);
            case "email-addr:value" -> Target.of(Kind.EMAIL, value);
            case "file:name" -> Target.of(Kind.FILE_NAME, value);
            case "file:hashes.MD5" -> hash(Kind.MD5, 32, value);
            case "file:hashes.'SHA-1'", "file:hashes.SHA1" -> hash(Kind.SHA_1, 40, value);
            case "file:hashes.'SHA-256'", "file:hashes.SHA256" -> hash(Kind.SHA_256, 64, value);
            case "file:hashes.'SHA-512'", "file:hashes.SHA512" -> hash(Kind.SHA_512, 128, value);
            case "x509-certificate:hashes.'SHA-1'" -> hash(Kind.CERTIFICATE, 40, value);
            default ->
                    throw new Inexpressible(
                            "these tools see nothing of " + path.type() + " that it asks for");
        };
    }

    private static Target address(String value) throws Inexpressible {
        Network network =
                Network.parse(value).orElseThrow(() -> new Inexpressible("its address is none"));
        boolean four = network.address().length == 4;
        boolean single = network.prefixBits() == network.address().length * 8;
        String host = value.indexOf('/') < 0 ? value : value.substring(0, value.indexOf('/'));
        return Target.of(
                four ? Kind.IPV4 : Kind.IPV6,
                single ? host.toLowerCase(Locale.ROOT) : text(network));
    }

    /// A network as it is written, without the bits of a host.
    private static String text(Network network) {
        try {
            return InetAddress.getByAddress(network.address()).getHostAddress()
                    + "/"
                    + network.prefixBits();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    private static Target hash(Kind kind, int digits, String value) throws Inexpressible {
        String hex = value.toLowerCase(Locale.ROOT);
        if (hex.length() != digits || !HEXADECIMAL.matcher(hex).matches()) {
            throw new Inexpressible("its hash is none");
        }
        return Target.of(kind, hex);
    }

    /// One address, with a port or without, in tests of the same connection.
    private static Target connection(List<ComparisonExpression> operands) throws Inexpressible {
        @Nullable Target end = null;
        boolean destination = true;
        int port = 0;
        boolean destinationPort = true;
        String transport = "";
        for (ComparisonExpression operand : operands) {
            if (!(operand instanceof PropertyTest test)
                    || !test.path().type().equals("network-traffic")) {
                throw new Inexpressible("it asks for several things at once");
            }
            String path = PatternText.of(test.path()).substring("network-traffic:".length());
            if (REMOTE_ENDS.contains(path) && end == null) {
                end = only(values(test));
                destination = path.startsWith("dst");
            } else if (path.equals("dst_port") || path.equals("src_port")) {
                port = port(test);
                destinationPort = path.startsWith("dst");
            } else if (path.equals("protocols[*]")) {
                transport = transport(values(test));
            } else if (!END_TYPES.contains(path)) {
                throw new Inexpressible("it asks for several things at once");
            }
        }
        if (end == null || (port > 0 && destination != destinationPort)) {
            throw new Inexpressible("it asks for a connection without the address of its end");
        }
        return new Target(end.kind(), end.value(), port, transport, destination);
    }

    private static Target only(List<String> values) throws Inexpressible {
        if (values.size() != 1) {
            throw new Inexpressible("it asks for several things at once");
        }
        return address(values.getFirst());
    }

    private static int port(PropertyTest test) throws Inexpressible {
        if (!test.negated()
                && test
                        instanceof
                        ComparisonExpression.Relation(
                                _,
                                _,
                                Relator relator,
                                Constant.Whole(var number))
                && relator == Relator.EQUAL
                && number.signum() > 0
                && number.bitLength() <= 16) {
            return number.intValue();
        }
        throw new Inexpressible("it asks for more than one port");
    }

    private static String transport(List<String> values) throws Inexpressible {
        String name = values.size() == 1 ? values.getFirst().toLowerCase(Locale.ROOT) : "";
        if (name.equals("tcp") || name.equals("udp")) {
            return name;
        }
        throw new Inexpressible("it asks for a protocol that is neither TCP nor UDP");
    }
}
