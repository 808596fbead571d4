package org.kerege.pattern.sigma;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kerege.pattern.ComparisonExpression;
import org.kerege.pattern.ComparisonExpression.PropertyTest;
import org.kerege.pattern.ComparisonExpression.Relator;
import org.kerege.pattern.Constant;
import org.kerege.pattern.ObjectPath;
import org.kerege.pattern.match.Network;
import org.kerege.pattern.sigma.Logic.Ask;
import org.kerege.pattern.sigma.Places.Place;
import org.kerege.stix.RegistryHives;

/// Says in the comparisons of STIX what a detection says of fields. Sigma compares without regard to case, which MATCHES
/// with `(?i)` does. In STIX a comparison of what is not there is false, with NOT too, while in Sigma `not` of it is
/// true; so what is negated says besides that the property may be missing.
final class Reduction {

    private static final Pattern HASH =
            Pattern.compile("(?i)(MD5|SHA1|SHA256|SHA512|IMPHASH)=(\\p{XDigit}{32,128})");

    private static final Map<String, String> HASH_NAMES =
            Map.of(
                    "MD5", "MD5",
                    "SHA1", "SHA-1",
                    "SHA256", "SHA-256",
                    "SHA512", "SHA-512",
                    "IMPHASH", "x_imphash");

    private final Places places;

    Reduction(Places places) {
        this.places = places;
    }

    /// @throws Irreducible when a part of it cannot be said
    ComparisonExpression of(Logic logic) throws Irreducible {
        ComparisonExpression said = positive(logic);
        if (!asksForSomething(said)) {
            throw new Irreducible("it asks for what is not there alone");
        }
        ComparisonExpression only = places.only();
        return only == null ? said : joined(List.of(only, said), true);
    }

    /// Whether every event that satisfies it has something that it names.
    private static boolean asksForSomething(ComparisonExpression expression) {
        return switch (expression) {
            case ComparisonExpression.And(var operands) ->
                    operands.stream().anyMatch(Reduction::asksForSomething);
            case ComparisonExpression.Or(var operands) ->
                    operands.stream().allMatch(Reduction::asksForSomething);
            case PropertyTest test -> !test.negated();
        };
    }

    private ComparisonExpression positive(Logic logic) throws Irreducible {
        return switch (logic) {
            case Logic.And(var operands) -> joined(all(operands), true);
            case Logic.Or(var operands) -> joined(all(operands), false);
            case Logic.Not(var operand) -> negated(positive(operand));
            case Logic.Field(String name, Ask ask) -> field(name, ask);
        };
    }

    private List<ComparisonExpression> all(List<Logic> operands) throws Irreducible {
        List<ComparisonExpression> said = new ArrayList<>();
        for (Logic operand : operands) {
            said.add(positive(operand));
        }
        return said;
    }

    private static ComparisonExpression joined(List<ComparisonExpression> operands, boolean and) {
        Set<ComparisonExpression> flat = new LinkedHashSet<>();
        for (ComparisonExpression operand : operands) {
            switch (operand) {
                case ComparisonExpression.And(var inner) when and -> flat.addAll(inner);
                case ComparisonExpression.Or(var inner) when !and -> flat.addAll(inner);
                default -> flat.add(operand);
            }
        }
        List<ComparisonExpression> list = List.copyOf(flat);
        if (list.size() == 1) {
            return list.getFirst();
        }
        return and ? new ComparisonExpression.And(list) : new ComparisonExpression.Or(list);
    }

    private static ComparisonExpression negated(ComparisonExpression expression)
            throws Irreducible {
        return switch (expression) {
            case ComparisonExpression.And(var operands) -> joined(negated(operands), false);
            case ComparisonExpression.Or(var operands) -> joined(negated(operands), true);
            case PropertyTest test -> negated(test);
        };
    }

    private static List<ComparisonExpression> negated(List<ComparisonExpression> operands)
            throws Irreducible {
        List<ComparisonExpression> all = new ArrayList<>();
        for (ComparisonExpression operand : operands) {
            all.add(negated(operand));
        }
        return all;
    }

    private static ComparisonExpression negated(PropertyTest test) throws Irreducible {
        ObjectPath path = test.path();
        if (path.type().equals("domain-name")) {
            // A name counts in each form that is equal to it, and one form may be another than the
            // asked one.
            throw new Irreducible("what a name is not cannot be asked of its several forms");
        }
        if (test instanceof ComparisonExpression.Exists) {
            return new ComparisonExpression.Exists(path, !test.negated());
        }
        if (test.negated()) {
            throw new Irreducible("it negates what is negated");
        }
        PropertyTest other =
                switch (test) {
                    case ComparisonExpression.Relation one ->
                            new ComparisonExpression.Relation(
                                    path, true, one.relator(), one.constant());
                    case ComparisonExpression.Matches one ->
                            new ComparisonExpression.Matches(path, true, one.regex());
                    case ComparisonExpression.IsSubset one ->
                            new ComparisonExpression.IsSubset(path, true, one.network());
                    case ComparisonExpression.In one ->
                            new ComparisonExpression.In(path, true, one.members());
                    default -> throw new IllegalStateException("none of these is made here");
                };
        return joined(List.of(new ComparisonExpression.Exists(path, true), other), false);
    }

    private ComparisonExpression field(String name, Ask ask) throws Irreducible {
        Place place = places.fields().get(name);
        if (place == null) {
            throw new Irreducible(
                    "its field '"
                            + (name.matches("[\\w.@-]{1,60}") ? name : "?")
                            + "' has no place in STIX");
        }
        return switch (ask) {
            case Ask.Present(boolean present) ->
                    new ComparisonExpression.Exists(place.whole(), !present);
            case Ask.Regex(String regex) -> {
                if (place.kind() == Places.Kind.HASHES || place.kind() == Places.Kind.NUMBER) {
                    throw new Irreducible(
                            "an expression cannot be asked of its field '" + name + "'");
                }
                yield new ComparisonExpression.Matches(place.whole(), false, regex);
            }
            case Ask.Network(String cidr) -> {
                if (place.kind() != Places.Kind.ADDRESS || Network.parse(cidr).isEmpty()) {
                    throw new Irreducible("a network cannot be asked of its field '" + name + "'");
                }
                yield new ComparisonExpression.IsSubset(place.path(), false, cidr);
            }
            case Ask.Order(String sign, long number) -> order(place, sign, number);
            case Ask.Text text -> text(place, name, text);
        };
    }

    private static ComparisonExpression order(Place place, String sign, long number)
            throws Irreducible {
        if (place.kind() != Places.Kind.NUMBER) {
            throw new Irreducible("it compares a text by order");
        }
        for (Relator relator : Relator.values()) {
            if (relator.sign().equals(sign)) {
                return new ComparisonExpression.Relation(
                        place.path(),
                        false,
                        relator,
                        new Constant.Whole(BigInteger.valueOf(number)));
            }
        }
        throw new IllegalStateException(sign);
    }

    private static ComparisonExpression text(Place place, String name, Ask.Text ask)
            throws Irreducible {
        SigmaText text = ask.text();
        if (text.parts().isEmpty()) {
            // Readers leave out what is empty.
            return new ComparisonExpression.Exists(place.whole(), true);
        }
        if (text.parts().equals(List.of(SigmaText.Wildcard.RUN))) {
            return new ComparisonExpression.Exists(place.whole(), false);
        }
        return switch (place.kind()) {
            case TEXT, ADDRESS -> matches(place.path(), text, ask.cased());
            case PATH -> {
                SigmaText file = text.fileName();
                yield file == null
                        ? matches(place.whole(), text, ask.cased())
                        : matches(place.path(), file, ask.cased());
            }
            case REGISTRY -> matches(place.path(), written(text), ask.cased());
            case NUMBER -> number(place, text);
            case HASHES -> hash(place, name, text);
        };
    }

    private static ComparisonExpression matches(ObjectPath path, SigmaText text, boolean cased) {
        if (cased && text.isPlain()) {
            return new ComparisonExpression.Relation(
                    path, false, Relator.EQUAL, new Constant.Text(text.text()));
        }
        return new ComparisonExpression.Matches(path, false, text.regex(cased));
    }

    /// Hives are written in full by the readers, as STIX has them.
    private static SigmaText written(SigmaText text) {
        if (!(text.parts().getFirst() instanceof String begin)) {
            return text;
        }
        List<Object> parts = new ArrayList<>(text.parts());
        parts.set(0, RegistryHives.inFull(begin));
        return new SigmaText(parts);
    }

    private static ComparisonExpression number(Place place, SigmaText text) throws Irreducible {
        if (!text.isPlain() || !text.text().matches("\\d{1,18}")) {
            throw new Irreducible("it asks a number for a part of it");
        }
        return new ComparisonExpression.Relation(
                place.path(),
                false,
                Relator.EQUAL,
                new Constant.Whole(new BigInteger(text.text())));
    }

    /// One hash inside the list of them.
    private static ComparisonExpression hash(Place place, String name, SigmaText text)
            throws Irreducible {
        List<Object> plain =
                text.parts().stream().filter(part -> part != SigmaText.Wildcard.RUN).toList();
        Matcher hash = HASH.matcher(plain.size() == 1 ? plain.getFirst().toString() : "");
        if (!hash.matches()) {
            throw new Irreducible("its field '" + name + "' is asked for a part of a hash");
        }
        List<ObjectPath.Step> steps = new ArrayList<>(place.path().steps());
        steps.add(
                new ObjectPath.Key(
                        HASH_NAMES.getOrDefault(hash.group(1).toUpperCase(Locale.ROOT), "")));
        return new ComparisonExpression.Relation(
                new ObjectPath(place.path().type(), steps),
                false,
                Relator.EQUAL,
                new Constant.Text(hash.group(2).toLowerCase(Locale.ROOT)));
    }
}
