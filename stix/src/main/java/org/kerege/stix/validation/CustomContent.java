package org.kerege.stix.validation;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the standard does not define: custom types and properties. They are kept and allowed; an extension
/// definition is the better way to add them. Source: STIX 2.1 §7.3, §11.
final class CustomContent {

    private static final String[] RESERVED = {"severity", "action", "username", "phone_numbers"};

    private CustomContent() {}

    /// A property that the table of its object does not have.
    static void property(
            Shape shape, ObjectNode object, String name, JsonNode value, Report report) {
        generic(name, value, report);
        if (isReserved(name)) {
            return;
        }
        if (report.policy().strictProperties()) {
            report.error(
                    Fault.NOT_DEFINED,
                    shape.section(),
                    "only properties that the standard defines are accepted here",
                    "'%s' is no property of the %s, and this node's policy accepts no other. Remove it."
                            .formatted(Report.excerpt(name), shape.name()));
        }
        if (!usesExtension(object, "toplevel-property-extension")) {
            report.warn(
                    Check.EXTENSIONS_USE,
                    "STIX 2.1 §11.1",
                    "custom properties come by an extension",
                    "'%s' is no property of the %s. Define it in an extension-definition, so that others can learn what it means."
                            .formatted(Report.excerpt(name), shape.name()));
        }
        prefix(name, '_', "", report);
    }

    /// A type that the standard does not define.
    static void type(ObjectNode object, String type, Report report) {
        report.enter("type");
        if (report.policy().strictTypes()) {
            report.error(
                    Fault.NOT_DEFINED,
                    "STIX 2.1 §4-§8",
                    "only types that the standard defines are accepted here",
                    "'%s' is no type of STIX 2.1, and this node's policy accepts no other."
                            .formatted(Report.excerpt(type)));
        }
        if (!introducesType(object)) {
            report.warn(
                    Check.EXTENSIONS_USE,
                    "STIX 2.1 §11.2",
                    "custom objects come by an extension",
                    "'%s' is no type of STIX 2.1. Define it in an extension-definition and name that in 'extensions' with extension_type new-sdo, new-sco or new-sro."
                            .formatted(Report.excerpt(type)));
        }
        prefix(type, '-', "", report);
        report.leave();
    }

    /// Whether an extension of the object introduces its type.
    static boolean introducesType(ObjectNode object) {
        return usesExtension(object, "new-sdo")
                || usesExtension(object, "new-sco")
                || usesExtension(object, "new-sro");
    }

    static boolean usesExtension(ObjectNode object, String extensionType) {
        if (object.get("extensions") instanceof ObjectNode extensions) {
            for (Map.Entry<String, JsonNode> extension : extensions.properties()) {
                JsonNode type = extension.getValue().get("extension_type");
                if (type != null && type.isString() && type.stringValue().equals(extensionType)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// What holds for every property, defined or not: the form of its name, and of its value where the end of
    /// the name tells it.
    static void generic(String name, JsonNode value, Report report) {
        if (!Formats.isPropertyName(name)) {
            report.error(
                    Fault.FORMAT,
                    "STIX 2.1 §3.1, §11.1",
                    "a property name has 3 to 250 lower-case letters, digits and underscores, a letter first",
                    "'%s' cannot name a property. Rename it.".formatted(Report.excerpt(name)));
        }
        if (name.endsWith("_bin")) {
            Kinds.BINARY.check(value, report);
        } else if (name.endsWith("_hex")) {
            Kinds.HEX.check(value, report);
        } else {
            Kinds.isNotEmptyValue(value, report);
        }
    }

    /// Names that the standard keeps for later.
    static void reservedProperties(ObjectNode object, Report report) {
        for (String name : RESERVED) {
            if (object.get(name) != null) {
                report.enter(name);
                report.error(
                        Fault.RESERVED,
                        "STIX 2.1 §3.8",
                        "reserved property names are not used",
                        "'%s' is reserved for a later version of the standard. Rename it."
                                .formatted(name));
                report.leave();
            }
        }
    }

    private static boolean isReserved(String name) {
        for (String reserved : RESERVED) {
            if (reserved.equals(name)) {
                return true;
            }
        }
        return false;
    }

    /// The older recommendation on names: `x`, a separator, the source, a separator, the name.
    static void prefix(String name, char separator, String suffix, Report report) {
        boolean lax = isPrefixed(name, separator, suffix);
        if (report.asks(Check.CUSTOM_PREFIX) && !(lax && hasSource(name, separator, suffix))) {
            report.warn(
                    Check.CUSTOM_PREFIX,
                    "STIX 2.1 §11.1, §11.2",
                    "a custom name is x, its source and the name",
                    "'%s' does not tell whose it is. Write it as in x%cexample%cname%s, with your domain for example."
                            .formatted(Report.excerpt(name), separator, separator, suffix));
        }
        if (report.asks(Check.CUSTOM_PREFIX_LAX) && !lax) {
            report.warn(
                    Check.CUSTOM_PREFIX_LAX,
                    "STIX 2.1 §11.1, §11.2",
                    "a custom name begins with x",
                    "'%s' may clash with a later version of the standard. Begin it with x%c."
                            .formatted(Report.excerpt(name), separator));
        }
    }

    private static boolean isPrefixed(String name, char separator, String suffix) {
        return name.length() > 2 + suffix.length()
                && name.charAt(0) == 'x'
                && name.charAt(1) == separator
                && name.endsWith(suffix);
    }

    /// Another separator after the prefix, with something on both sides.
    private static boolean hasSource(String name, char separator, String suffix) {
        int end = name.length() - suffix.length();
        int at = name.indexOf(separator, 3);
        return at > 0 && at < end - 1;
    }
}
