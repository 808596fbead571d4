package org.kerege.pattern.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.kerege.pattern.match.Network;

/// The networks that branches ask for under one property, by length of prefix: an address is looked up once for each
/// length that occurs, at most 32 or 128 times.
final class Networks {

    private final TreeMap<Integer, Map<Network, int[]>> byPrefix = new TreeMap<>();

    Networks(Map<Network, List<Integer>> branches) {
        branches.forEach((network, needing) ->
                byPrefix.computeIfAbsent(network.prefixBits(), _ -> new HashMap<>())
                        .put(network, needing.stream().mapToInt(Integer::intValue).toArray()));
    }

    /// Reports the branches one of whose networks holds `value`, an address or network; nothing for other text.
    void holding(String value, IntConsumer branch) {
        if (value.isEmpty() || value.length() > 64 || !looksLikeAddress(value)) {
            return;
        }
        Network.parse(value)
                .ifPresent(inner ->
                        byPrefix.headMap(inner.prefixBits(), true)
                                .forEach((bits, networks) -> {
                                    int[] needing = networks.get(inner.widened(bits));
                                    if (needing != null) {
                                        for (int each : needing) {
                                            branch.accept(each);
                                        }
                                    }
                                }));
    }

    /// Whether a text has only the signs of addresses and networks.
    static boolean mayBeAddress(char[] text, int from, int to) {
        if (to - from < 2 || to - from > 64) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = text[i];
            boolean sign =
                    (c >= '0' && c <= '9')
                            || c == '.'
                            || c == ':'
                            || c == '/'
                            || (c >= 'a' && c <= 'f')
                            || (c >= 'A' && c <= 'F');
            if (!sign) {
                return false;
            }
        }
        return true;
    }

    private static boolean looksLikeAddress(String value) {
        char first = value.charAt(0);
        return Character.digit(first, 16) >= 0 || first == ':';
    }
}
