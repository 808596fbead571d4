package org.kerege.readers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.Json;
import org.kerege.stix.RegistryHives;
import org.kerege.stix.Timestamp;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// How a log's value becomes a STIX value. Each answers null where the value says nothing, such as `-` or an empty text.
enum Transform {
    /// The text as it stands.
    TEXT,
    /// A whole number, decimal or `0x…`.
    INTEGER,
    /// The last part of a path with either kind of separator.
    BASENAME,
    /// A path without its last part.
    DIRNAME,
    /// The last part of a value that is a path of a program as a whole, not a text that mentions one.
    PROGRAM_PATH,
    /// `ALG=VALUE,…` as a STIX dictionary of hashes in lower case.
    HASHES,
    /// One hash as a STIX dictionary, its kind known from its length.
    ANY_HASH,
    /// A hardware address in small letters with colons.
    MAC,
    /// Hive names and the kernel's roots written out, as STIX wants keys.
    REGISTRY_KEY,
    /// One protocol as a list, in lower case.
    PROTOCOLS,
    /// The IANA number of a protocol as a list with its name.
    PROTOCOL_NUMBER,
    /// A name of a host, not an address, in the forms that are equal to it.
    HOSTNAME,
    /// Every host name of a list.
    HOSTNAMES,
    /// Every address of a list or of a text that joins them.
    ADDRESSES,
    /// An address of mail without brackets.
    EMAIL,
    /// Every address of mail of a list.
    EMAILS,
    /// `http://` with the host of the first field and the path of the second; a second one that is a whole address is
    /// taken as it is.
    WEB_ADDRESS,
    /// A point in time as STIX writes it.
    TIME,
    /// A reference as an element of a list.
    LIST;

    private static final Pattern ADDRESS =
            Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("\\p{XDigit}+");
    private static final Pattern MAC_FORM = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
    private static final Pattern SEPARATORS = Pattern.compile("[;,\\s]+");
    private static final Map<String, String> HASH_NAMES =
            Map.of(
                    "MD5",
                    "MD5",
                    "SHA1",
                    "SHA-1",
                    "SHA256",
                    "SHA-256",
                    "SHA512",
                    "SHA-512",
                    "IMPHASH",
                    "x_imphash");
    private static final Map<String, String> KERNEL_ROOTS =
            Map.of(
                    "\\REGISTRY\\MACHINE", "HKEY_LOCAL_MACHINE",
                    "\\REGISTRY\\USER", "HKEY_USERS");
    private static final Map<Integer, String> PROTOCOLS_BY_NUMBER =
            Map.of(
                    1,
                    "icmp",
                    2,
                    "igmp",
                    6,
                    "tcp",
                    17,
                    "udp",
                    47,
                    "gre",
                    50,
                    "esp",
                    58,
                    "ipv6-icmp");

    static @Nullable Transform named(String name) {
        for (Transform transform : values()) {
            if (transform.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
                return transform;
            }
        }
        return null;
    }

    /// The STIX value, null for none.
    @Nullable JsonNode apply(JsonNode value) {
        return switch (this) {
            case ADDRESSES -> list(value, Transform::address);
            case HOSTNAMES -> list(value, Transform::hostname);
            case EMAILS -> list(value, Transform::email);
            default -> {
                String text = text(value);
                yield text == null ? null : apply(text);
            }
        };
    }

    /// The address of a web page from its host and path; null where neither says enough.
    static @Nullable JsonNode webAddress(@Nullable JsonNode host, @Nullable JsonNode path) {
        String where = host == null ? null : text(host);
        String what = path == null ? null : text(path);
        if (what != null && what.contains("://")) {
            return StringNode.valueOf(what);
        }
        if (where == null || what == null) {
            return null;
        }
        return StringNode.valueOf("http://" + where + (what.startsWith("/") ? "" : "/") + what);
    }

    private @Nullable JsonNode apply(String text) {
        return switch (this) {
            case TEXT, LIST -> StringNode.valueOf(text);
            case INTEGER -> integer(text);
            case BASENAME -> nonEmpty(basename(text));
            case DIRNAME -> nonEmpty(text.substring(0, Math.max(0, lastSeparator(text))));
            case PROGRAM_PATH -> lastSeparator(text) < 0 ? null : nonEmpty(basename(text));
            case HASHES -> hashes(text);
            case ANY_HASH -> text.indexOf('=') < 0 ? anyHash(text) : hashes(text);
            case MAC -> mac(text);
            case REGISTRY_KEY -> StringNode.valueOf(registryKey(text));
            case PROTOCOLS -> Json.mapper().createArrayNode().add(text.toLowerCase(Locale.ROOT));
            case PROTOCOL_NUMBER -> protocol(text);
            case HOSTNAME -> hostname(text);
            case EMAIL -> email(text);
            case WEB_ADDRESS -> text.contains("://") ? StringNode.valueOf(text) : null;
            case TIME -> {
                Instant at = EventTime.read(StringNode.valueOf(text));
                yield at == null ? null : StringNode.valueOf(Timestamp.format(at));
            }
            case ADDRESSES, HOSTNAMES, EMAILS ->
                    throw new IllegalStateException("a list is read above");
        };
    }

    /// The value's text; null for what a log writes when it has none.
    static @Nullable String text(JsonNode value) {
        String text =
                value.isString() ? value.stringValue() : value.isNumber() ? value.asString() : null;
        return text == null || text.isEmpty() || text.equals("-") || text.equals("(empty)")
                ? null
                : text;
    }

    private interface One {
        @Nullable JsonNode of(String text);
    }

    private static @Nullable JsonNode list(JsonNode value, One one) {
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(element -> texts.add(element.asString("")));
        } else {
            String text = text(value);
            if (text != null) {
                texts.addAll(List.of(SEPARATORS.split(text)));
            }
        }
        ArrayNode list = Json.mapper().createArrayNode();
        for (String text : texts) {
            JsonNode read = one.of(text.strip());
            if (read instanceof ArrayNode forms) {
                list.addAll(forms);
            } else if (read != null) {
                list.add(read);
            }
        }
        return list.isEmpty() ? null : list;
    }

    static @Nullable JsonNode address(String text) {
        // IPv4 mapped into IPv6, as Windows' resolver writes it, is the IPv4 address.
        String bare =
                text.startsWith("::ffff:") && text.indexOf('.') > 0 ? text.substring(7) : text;
        int zone = bare.indexOf('%');
        bare = zone < 0 ? bare : bare.substring(0, zone);
        return ADDRESS.matcher(bare).matches() ? StringNode.valueOf(bare) : null;
    }

    /// Names are equal without regard to case and with or without the final dot (RFC 4343, RFC 1034 §3.1), while a
    /// pattern compares texts: so a name counts in each of these forms.
    private static @Nullable JsonNode hostname(String text) {
        String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        if (bare.isEmpty() || bare.equals("-") || ADDRESS.matcher(bare).matches()) {
            return null;
        }
        Set<String> forms = new LinkedHashSet<>(List.of(text, bare));
        forms.add(text.toLowerCase(Locale.ROOT));
        forms.add(bare.toLowerCase(Locale.ROOT));
        if (forms.size() == 1) {
            return StringNode.valueOf(bare);
        }
        ArrayNode all = Json.mapper().createArrayNode();
        forms.forEach(all::add);
        return all;
    }

    private static @Nullable JsonNode email(String text) {
        int open = text.indexOf('<');
        int close = text.indexOf('>', open + 1);
        String bare = open >= 0 && close > open ? text.substring(open + 1, close) : text;
        return bare.indexOf('@') > 0 ? StringNode.valueOf(bare) : null;
    }

    private static @Nullable JsonNode integer(String text) {
        try {
            String bare = text.strip();
            long number =
                    bare.startsWith("0x") || bare.startsWith("0X")
                            ? Long.parseLong(bare, 2, bare.length(), 16)
                            : Long.parseLong(bare);
            return number == (int) number
                    ? IntNode.valueOf((int) number)
                    : LongNode.valueOf(number);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable JsonNode nonEmpty(String text) {
        return text.isEmpty() ? null : StringNode.valueOf(text);
    }

    private static int lastSeparator(String path) {
        return Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'));
    }

    private static String basename(String path) {
        return path.substring(lastSeparator(path) + 1);
    }

    private static @Nullable JsonNode hashes(String text) {
        ObjectNode hashes = Json.mapper().createObjectNode();
        for (String pair : SEPARATORS.split(text)) {
            int equals = pair.indexOf('=');
            String name =
                    equals < 0
                            ? null
                            : HASH_NAMES.get(pair.substring(0, equals).toUpperCase(Locale.ROOT));
            if (name != null) {
                hashes.put(name, pair.substring(equals + 1).toLowerCase(Locale.ROOT));
            }
        }
        return hashes.isEmpty() ? null : hashes;
    }

    private static @Nullable JsonNode anyHash(String text) {
        String name =
                !HEXADECIMAL.matcher(text).matches()
                        ? null
                        : switch (text.length()) {
                            case 32 -> "MD5";
                            case 40 -> "SHA-1";
                            case 64 -> "SHA-256";
                            case 128 -> "SHA-512";
                            default -> null;
                        };
        return name == null
                ? null
                : Json.mapper().createObjectNode().put(name, text.toLowerCase(Locale.ROOT));
    }

    private static @Nullable JsonNode mac(String text) {
        String bare = text.toLowerCase(Locale.ROOT).replace('-', ':');
        return MAC_FORM.matcher(bare).matches() ? StringNode.valueOf(bare) : null;
    }

    /// Whether it makes a dictionary of hashes.
    boolean isDictionary() {
        return this == HASHES || this == ANY_HASH;
    }

    private static String registryKey(String text) {
        for (Map.Entry<String, String> root : KERNEL_ROOTS.entrySet()) {
            if (text.regionMatches(true, 0, root.getKey(), 0, root.getKey().length())) {
                return root.getValue() + text.substring(root.getKey().length());
            }
        }
        return RegistryHives.inFull(text);
    }

    private static @Nullable JsonNode protocol(String text) {
        try {
            String name = PROTOCOLS_BY_NUMBER.get(Integer.parseInt(text.strip()));
            return name == null ? null : Json.mapper().createArrayNode().add(name);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
