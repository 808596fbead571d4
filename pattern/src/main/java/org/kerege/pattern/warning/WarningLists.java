package org.kerege.pattern.warning;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.kerege.pattern.ComparisonExpression;
import org.kerege.pattern.ComparisonExpression.PropertyTest;
import org.kerege.pattern.ComparisonExpression.Relator;
import org.kerege.pattern.Constant;
import org.kerege.pattern.ObservationExpression;
import org.kerege.pattern.match.MatchedClause;
import org.kerege.pattern.match.Network;

/// Lists joined for looking values up. Without regard to case. A value costs some look-ups by hash: one for itself, one
/// for each part of its name, one for each length of prefix that the lists have, one for each of its characters; only
/// expressions are tried one by one. Memory is proportional to the entries. Safe for several threads.
public final class WarningLists {

    /// Holds nothing back.
    public static final WarningLists NONE = new WarningLists(Map.of());

    /// The name of the list that is always there besides others.
    public static final String RESERVED = "private-and-reserved";

    /// Networks that mean nothing outside one's own. Source: IANA registries of special-purpose addresses of IPv4 and
    /// IPv6.
    private static final List<String> RESERVED_NETWORKS =
            List.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "224.0.0.0/3",
                    "::/127",
                    "fc00::/7",
                    "fe80::/10",
                    "ff00::/8");

    private static final int PIECE = 4;

    private final Map<ValueKind, Index> indexes = new EnumMap<>(ValueKind.class);
    private int unreadable;

    private WarningLists(Map<String, WarningList> lists) {
        lists.forEach((name, list) -> {
            for (String entry : list.entries()) {
                boolean read = true;
                for (ValueKind kind : list.about()) {
                    read &= index(kind).add(name, list.type(), entry);
                }
                unreadable += read ? 0 : 1;
            }
        });
    }

    /// Joins lists, and that of private and reserved networks.
    ///
    /// @param lists by their short names
    public static WarningLists of(Map<String, WarningList> lists) {
        Map<String, WarningList> all = new HashMap<>(lists);
        all.put(
                RESERVED,
                new WarningList(
                        "Private and reserved networks",
                        WarningList.Type.CIDR,
                        1,
                        EnumSet.of(ValueKind.ADDRESS),
                        RESERVED_NETWORKS));
        return new WarningLists(all);
    }

    private Index index(ValueKind kind) {
        return indexes.computeIfAbsent(kind, _ -> new Index());
    }

    /// Entries that are none of their list's type and hold nothing back.
    public int unreadable() {
        return unreadable;
    }

    /// The name of a list that holds a value back; nothing where none does.
    public Optional<String> holding(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        ValueKind kind = ValueKind.of(lower);
        String name = look(kind, lower);
        if (name == null && kind == ValueKind.URL) {
            String host = host(lower);
            Index urls = indexes.get(ValueKind.URL);
            name = urls == null ? null : urls.host(host);
        }
        return Optional.ofNullable(name);
    }

    private @Nullable String look(ValueKind kind, String value) {
        Index index = indexes.get(kind);
        return index == null ? null : index.find(kind, value);
    }

    private static String host(String url) {
        int from = url.indexOf("://") + 3;
        int to = from;
        while (to < url.length() && "/?#".indexOf(url.charAt(to)) < 0) {
            to++;
        }
        String authority = url.substring(from, to);
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = host.indexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }

    /// The lists that hold back all values that a pattern asks for, joined by commas; nothing where one of them is held
    /// back by none, or the pattern asks for no value that a list could hold.
    public Optional<String> holding(ObservationExpression pattern) {
        TreeSet<String> lists = new TreeSet<>();
        for (PropertyTest test : MatchedClause.testsOf(pattern)) {
            List<String> values = values(test);
            for (String value : values) {
                Optional<String> list = holding(value);
                if (list.isEmpty()) {
                    return Optional.empty();
                }
                lists.add(list.get());
            }
            if (values.isEmpty()) {
                return Optional.empty();
            }
        }
        return lists.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", lists));
    }

    private static List<String> values(PropertyTest test) {
        if (test.negated()) {
            return List.of();
        }
        return switch (test) {
            case ComparisonExpression.Relation(_, _, Relator relator, Constant.Text(String text))
                    when relator == Relator.EQUAL ->
                    List.of(text);
            case ComparisonExpression.IsSubset(_, _, String network) -> List.of(network);
            case ComparisonExpression.In in -> {
                List<String> texts = new ArrayList<>();
                for (Constant member : in.members()) {
                    if (member instanceof Constant.Text(String text)) {
                        texts.add(text);
                    }
                }
                yield texts.size() == in.members().size() ? texts : List.of();
            }
            default -> List.of();
        };
    }

    /// The entries that count for one kind of values.
    private static final class Index {

        private record Part(String text, String list) {}

        private record Expression(Pattern pattern, String list) {}

        private final Map<String, String> values = new HashMap<>();
        private final Map<String, String> names = new HashMap<>();

        /// By length of prefix, 0 to 128.
        private final Map<Integer, Map<Network, String>> networks = new HashMap<>();

        private final Map<String, List<Part>> parts = new HashMap<>();
        private final List<Part> shortParts = new ArrayList<>();
        private final List<Expression> expressions = new ArrayList<>();

        /// Whether the entry is one of its type.
        boolean add(String list, WarningList.Type type, String entry) {
            String lower = entry.toLowerCase(Locale.ROOT);
            switch (type) {
                case STRING -> values.putIfAbsent(lower, list);
                case HOSTNAME ->
                        names.putIfAbsent(lower.startsWith(".") ? lower.substring(1) : lower, list);
                case SUBSTRING -> {
                    if (lower.length() < PIECE) {
                        shortParts.add(new Part(lower, list));
                    } else {
                        parts.computeIfAbsent(lower.substring(0, PIECE), _ -> new ArrayList<>(1))
                                .add(new Part(lower, list));
                    }
                }
                case CIDR -> {
                    Optional<Network> network = Network.parse(lower);
                    network.ifPresent(read ->
                            networks.computeIfAbsent(read.prefixBits(), _ -> new HashMap<>())
                                    .putIfAbsent(read, list));
                    return network.isPresent();
                }
                case REGEX -> {
                    return expression(list, entry);
                }
            }
            return true;
        }

        /// Written with delimiters and flags, as `/…/i`.
        private boolean expression(String list, String entry) {
            int end = entry.lastIndexOf('/');
            String bare = entry.startsWith("/") && end > 0 ? entry.substring(1, end) : entry;
            try {
                expressions.add(
                        new Expression(Pattern.compile(bare, Pattern.CASE_INSENSITIVE), list));
                return true;
            } catch (PatternSyntaxException e) {
                return false;
            }
        }

        @Nullable String find(ValueKind kind, String value) {
            String list = values.get(value);
            if (list == null && kind == ValueKind.NAME) {
                list = host(value);
            }
            if (list == null && kind == ValueKind.ADDRESS) {
                list = network(value);
            }
            if (list == null) {
                list = part(value);
            }
            return list == null ? expression(value) : list;
        }

        /// The list that has a name or one above it.
        @Nullable String host(String host) {
            String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
            String exact = values.get(name);
            while (exact == null && !names.isEmpty()) {
                exact = names.get(name);
                int dot = name.indexOf('.');
                if (dot < 0) {
                    break;
                }
                name = name.substring(dot + 1);
            }
            return exact;
        }

        private @Nullable String network(String value) {
            Network address = Network.parse(value).orElse(null);
            if (address == null) {
                return null;
            }
            for (Map.Entry<Integer, Map<Network, String>> length : networks.entrySet()) {
                if (length.getKey() <= address.prefixBits()) {
                    String list = length.getValue().get(address.widened(length.getKey()));
                    if (list != null) {
                        return list;
                    }
                }
            }
            return null;
        }

        private @Nullable String part(String value) {
            for (Part part : shortParts) {
                if (value.contains(part.text())) {
                    return part.list();
                }
            }
            if (!parts.isEmpty()) {
                for (int i = 0; i + PIECE <= value.length(); i++) {
                    for (Part part : parts.getOrDefault(value.substring(i, i + PIECE), List.of())) {
                        if (value.startsWith(part.text(), i)) {
                            return part.list();
                        }
                    }
                }
            }
            return null;
        }

        private @Nullable String expression(String value) {
            for (Expression one : expressions) {
                if (one.pattern().matcher(value).find()) {
                    return one.list();
                }
            }
            return null;
        }
    }
}
