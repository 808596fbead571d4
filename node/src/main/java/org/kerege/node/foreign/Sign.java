package org.kerege.node.foreign;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.kerege.node.exchange.draft.Findings;
import org.kerege.node.exchange.draft.Observable;
import org.kerege.pattern.ComparisonExpression;
import org.kerege.pattern.ComparisonExpression.PropertyTest;
import org.kerege.pattern.ComparisonExpression.Relator;
import org.kerege.pattern.Constant;
import org.kerege.pattern.MalformedPattern;
import org.kerege.pattern.ObjectPath;
import org.kerege.pattern.ObservationExpression;
import org.kerege.pattern.Pattern;
import org.kerege.pattern.PatternText;

/// What a foreign value asks a log for.
///
/// @param name the value in its plain form, for people
record Sign(String name, ObservationExpression expression) {

    /// Longest value that is read, in characters.
    static final int LONGEST = 10_000;

    private static final java.util.regex.Pattern HASHES =
            java.util.regex.Pattern.compile("\\p{XDigit}{32,128}([;,|\\s]+\\p{XDigit}{32,128})+");

    /// Networks wider than these hold much of the internet and are signs of nothing.
    private static final int WIDEST_IPV4 = 8;

    private static final int WIDEST_IPV6 = 16;

    /// One or more tests of the same object.
    static Sign of(String name, List<PropertyTest> tests) {
        ComparisonExpression comparison =
                tests.size() == 1
                        ? tests.getFirst()
                        : new ComparisonExpression.And(List.copyOf(tests));
        return new Sign(name, new ObservationExpression.Observation(comparison));
    }

    /// Reads a value whose kind nobody states: an address with or without a port, a network, domain, URL, hash or
    /// mail address, defanged or not; or a whole STIX pattern.
    ///
    /// @throws Unconvertible when it is none of these, or is no sign of an attack
    static Sign read(String text) throws Unconvertible {
        String value = text.strip();
        if (value.length() > LONGEST) {
            throw new Unconvertible("the value is longer than " + LONGEST + " characters");
        }
        if (value.startsWith("[") && value.endsWith("]") && value.contains(":")) {
            return pattern(value);
        }
        String plain = Findings.refanged(value);
        if (plain.matches("[0-9.]+:\\d{1,5}")) {
            int colon = plain.indexOf(':');
            return connection("dst_ref", plain.substring(0, colon), plain.substring(colon + 1));
        }
        Optional<Observable> found = Observable.of(plain);
        if (found.isPresent()) {
            return of(found.get().value(), List.of(test(found.get())));
        }
        if (HASHES.matcher(plain).matches()) {
            return hashes(plain);
        }
        return WebParts.read(plain)
                .orElseThrow(() -> new Unconvertible("the value is of no known kind"));
    }

    /// Several hashes of one file, one of each kind: any of them finds it.
    private static Sign hashes(String text) throws Unconvertible {
        List<ComparisonExpression> tests = new ArrayList<>();
        Set<Observable.Kind> kinds = EnumSet.noneOf(Observable.Kind.class);
        for (String one : text.split("[;,|\\s]+")) {
            Observable hash =
                    Observable.of(one)
                            .orElseThrow(() -> new Unconvertible("one of its hashes is none"));
            if (!kinds.add(hash.kind())) {
                throw new Unconvertible(
                        "it has two hashes of one kind, and only one can be of the file");
            }
            tests.add(test(hash));
        }
        return new Sign(
                text.replaceAll("[;,|\\s]+", " "),
                new ObservationExpression.Observation(new ComparisonExpression.Or(tests)));
    }

    private static Sign pattern(String text) throws Unconvertible {
        try {
            ObservationExpression expression = Pattern.parse(text).expression();
            return new Sign(PatternText.of(expression), expression);
        } catch (MalformedPattern e) {
            throw new Unconvertible("the value looks like a STIX pattern and is none");
        }
    }

    /// A connection with an address and a port.
    ///
    /// @param end `src_ref` or `dst_ref`
    static Sign connection(String end, String host, String port) throws Unconvertible {
        Observable address =
                Observable.of(host)
                        .orElseThrow(() -> new Unconvertible("the host of the port is none"));
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
            throw new Unconvertible("the port is none");
        }
        // The checks of an address hold for the end of a connection too.
        PropertyTest test = test(address);
        if (address.kind() == Observable.Kind.URL
                || !(test instanceof ComparisonExpression.Relation)) {
            throw new Unconvertible("the host of the port is none");
        }
        String portName = end.equals("src_ref") ? "src_port" : "dst_port";
        return of(
                address.value() + ":" + port,
                List.of(
                        equal(path("network-traffic", end, "value"), address.value()),
                        new ComparisonExpression.Relation(
                                path("network-traffic", portName),
                                false,
                                Relator.EQUAL,
                                new Constant.Whole(new BigInteger(port)))));
    }

    /// The test that finds an observable; of a network, every address inside it.
    static PropertyTest test(Observable found) throws Unconvertible {
        if (found.obstacle().filter(Observable.Obstacle.LOCAL::equals).isPresent()) {
            throw new Unconvertible("the address is one of inner networks, which everyone has");
        }
        return switch (found.kind()) {
            case IPV4 -> address("ipv4-addr", found.value(), WIDEST_IPV4, "/32");
            case IPV6 -> address("ipv6-addr", found.value(), WIDEST_IPV6, "/128");
            case DOMAIN -> equal(path("domain-name", "value"), found.value());
            case URL -> equal(path("url", "value"), found.value());
            case MD5 -> equal(path("file", "hashes", "MD5"), found.value());
            case SHA_1 -> equal(path("file", "hashes", "SHA-1"), found.value());
            case SHA_256 -> equal(path("file", "hashes", "SHA-256"), found.value());
            case SHA_512 -> equal(path("file", "hashes", "SHA-512"), found.value());
            case EMAIL -> equal(path("email-addr", "value"), found.value());
            case CVE -> throw new Unconvertible("a vulnerability is nothing that a log shows");
        };
    }

    private static PropertyTest address(String type, String value, int widest, String whole)
            throws Unconvertible {
        int slash = value.indexOf('/');
        if (slash < 0 || value.endsWith(whole)) {
            String alone = slash < 0 ? value : value.substring(0, slash);
            return equal(path(type, "value"), alone);
        }
        if (Integer.parseInt(value.substring(slash + 1)) < widest) {
            throw new Unconvertible("the network is wider than /" + widest);
        }
        return new ComparisonExpression.IsSubset(path(type, "value"), false, value);
    }

    static PropertyTest equal(ObjectPath path, String value) {
        return new ComparisonExpression.Relation(
                path, false, Relator.EQUAL, new Constant.Text(value));
    }

    static ObjectPath path(String type, String... keys) {
        return new ObjectPath(
                type,
                Arrays.stream(keys).map(key -> (ObjectPath.Step) new ObjectPath.Key(key)).toList());
    }

    String pattern() {
        return PatternText.of(expression);
    }

    /// The tests, where all of them ask for one object; else none.
    List<PropertyTest> tests() {
        if (!(expression instanceof ObservationExpression.Observation(var comparison))) {
            return List.of();
        }
        return switch (comparison) {
            case PropertyTest test -> List.of(test);
            case ComparisonExpression.And(var operands) ->
                    operands.stream().flatMap(Sign::leaves).toList();
            case ComparisonExpression.Or _ -> List.of();
        };
    }

    private static Stream<PropertyTest> leaves(ComparisonExpression expression) {
        return expression instanceof PropertyTest test ? Stream.of(test) : Stream.empty();
    }
}
