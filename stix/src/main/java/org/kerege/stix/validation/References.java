package org.kerege.stix.validation;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// References to other objects: the form of the identifier and the types that it may name. Types that the
/// standard does not define pass, since a new one may stand where its kind does. Source: STIX 2.1 §2.9.
final class References {

    /// An object of any type.
    static final Kind ANY = reference("an object", type -> true);

    static final Kind IDENTITY = to("identity");
    static final Kind MARKING = to("marking-definition");

    static final Kind OBSERVABLE =
            reference("a cyber-observable object", type -> isA(type, Family.OBSERVABLE));

    /// What an observation may consist of. Source: STIX 2.1 §4.14.
    static final Kind OBSERVED =
            reference(
                    "a cyber-observable or a relationship object",
                    type -> isA(type, Family.OBSERVABLE) || isA(type, Family.RELATIONSHIP));

    /// What may be sighted. Source: STIX 2.1 §5.2.
    static final Kind SIGHTABLE = reference("a domain object", type -> isA(type, Family.DOMAIN));

    /// What a relationship may join. Source: STIX 2.1 §5.1.
    static final Kind RELATABLE =
            reference(
                    "a domain or cyber-observable object",
                    type -> isA(type, Family.DOMAIN) || isA(type, Family.OBSERVABLE));

    /// What may be translated: anything that has an identifier and text, but no other translation.
    /// Source: STIX 2.1 §7.1.
    static final Kind TRANSLATABLE =
            reference(
                    "an object other than a bundle or language-content",
                    type -> !type.equals("bundle") && !type.equals("language-content"));

    private References() {}

    static Kind to(String... types) {
        Set<String> allowed = Set.of(types);
        String names = String.join(" or ", new TreeSet<>(allowed));
        return reference(names, type -> allowed.contains(type) || isA(type, Family.CUSTOM));
    }

    private static boolean isA(String type, Family family) {
        Family actual = StixTypes.familyOf(type);
        return actual == family || actual == Family.CUSTOM;
    }

    private static Kind reference(String target, Predicate<String> allowed) {
        return (value, report) -> {
            if (!Kinds.isText(value, report)) {
                return;
            }
            String id = value.stringValue();
            ObjectNode container = report.container();
            if (container != null) {
                inContainer(id, container, target, allowed, report);
            } else if (!Formats.isIdentifier(id)) {
                report.error(
                        Fault.IDENTIFIER,
                        "STIX 2.1 §2.9",
                        "an identifier is type--UUID, the UUID as in RFC 4122",
                        "'%s' is '%s', which is no identifier. Give the id of %s."
                                .formatted(report.name(), Report.excerpt(id), target));
            } else if (!allowed.test(Formats.typeOf(id))) {
                wrongTarget(Formats.typeOf(id), target, report);
            }
        };
    }

    /// Inside the deprecated container of observed-data a reference is the key of a neighbour.
    private static void inContainer(
            String key,
            ObjectNode container,
            String target,
            Predicate<String> allowed,
            Report report) {
        JsonNode neighbour = container.get(key);
        if (neighbour == null) {
            report.error(
                    Fault.REFERENCE,
                    "STIX 2.1 §2.13",
                    "a reference inside 'objects' is the key of an object there",
                    "'%s' is '%s', but 'objects' has no such key. Use the key of %s in the same 'objects'."
                            .formatted(report.name(), Report.excerpt(key), target));
        } else if (neighbour.path("type").isString()
                && !allowed.test(neighbour.path("type").stringValue())) {
            wrongTarget(neighbour.path("type").stringValue(), target, report);
        }
    }

    private static void wrongTarget(String actual, String target, Report report) {
        report.error(
                Fault.REFERENCE,
                "STIX 2.1 §2.9",
                "a reference names an object of a type that its property allows",
                "'%s' refers to an object of type '%s', but must refer to %s."
                        .formatted(report.name(), Report.excerpt(actual), target));
    }
}
