package org.kerege.pattern.engine;

import java.util.Collection;

/// Hashes of ends of names, each of which starts with a dot: tells for a text which may have one of them, reading it
/// once from its end.
final class Tails {

    private static final long PRIME = 0x100000001B3L;

    private final Postings hashes = new Postings();

    Tails(Collection<String> tails) {
        for (String tail : tails) {
            long hash = 0;
            for (int i = tail.length() - 1; i >= 0; i--) {
                hash = with(hash, tail.charAt(i));
            }
            hashes.add(spread(hash), 0);
        }
    }

    private static long with(long hash, char c) {
        return hash * PRIME + c + 1;
    }

    private static long spread(long hash) {
        return (hash ^ (hash >>> 29)) * 0xBF58476D1CE4E5B9L;
    }

    boolean anyIn(char[] text, int from, int to) {
        long hash = 0;
        for (int i = to - 1; i >= from; i--) {
            hash = with(hash, text[i]);
            if (text[i] == '.' && hashes.first(spread(hash)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
