package org.kerege.pattern.engine;

import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/// All literals of one property in one automaton that reads a value once (Aho and Corasick, 1975). Text is brought
/// to NFC and folded first, without regard to case: what is found is a condition, and the exact test follows.
///
/// Literals are cut to the length at which the automaton fits its bound; a cut literal is found more often.
final class Literals {

    /// Entries of the transition table at most: 64 MiB.
    private static final int MAX_TRANSITIONS = 16 << 20;

    private static final int[] LENGTHS = {32, 20, 12, 8, 6, 4, 3, 2, 1};
    private static final int ASCII = 128;

    private final int[] classOfAscii = new int[ASCII];
    private final Map<Character, Integer> classOfOther = new HashMap<>();
    private final int classes;
    private final int[] transitions;

    /// For each state the number of the literal that ends there, -1 for none.
    private final int[] literalAt;

    /// For each state the nearest state on its way of failures at which a literal ends, 0 for none.
    private final int[] nextWithLiteral;

    /// For each state whether some literal ends there.
    private final boolean[] ends;

    /// For each literal the branches that need it.
    private final int[][] branches;

    /// @param byLiteral folded literals with the branches that need them
    Literals(Map<String, List<Integer>> byLiteral) {
        this.classes = classify(byLiteral);
        Map<String, List<Integer>> cut = cut(byLiteral);
        int states = 1 + cut.keySet().stream().mapToInt(String::length).sum();
        int[] goes = new int[Math.multiplyExact(states, classes)];
        this.literalAt = new int[states];
        Arrays.fill(literalAt, -1);
        this.branches = new int[cut.size()][];
        int last = 0;
        int literal = 0;
        for (Map.Entry<String, List<Integer>> entry : cut.entrySet()) {
            int state = 0;
            for (int i = 0; i < entry.getKey().length(); i++) {
                int cell = state * classes + classOf(entry.getKey().charAt(i));
                if (goes[cell] == 0) {
                    goes[cell] = ++last;
                }
                state = goes[cell];
            }
            literalAt[state] = literal;
            branches[literal++] = entry.getValue().stream().mapToInt(Integer::intValue).toArray();
        }
        this.transitions = Arrays.copyOf(goes, (last + 1) * classes);
        this.nextWithLiteral = new int[last + 1];
        completeTransitions(last + 1);
        this.ends = new boolean[last + 1];
        for (int state = 0; state <= last; state++) {
            ends[state] = literalAt[state] >= 0 || nextWithLiteral[state] != 0;
        }
    }

    private Map<String, List<Integer>> cut(Map<String, List<Integer>> byLiteral) {
        for (int length : LENGTHS) {
            Map<String, List<Integer>> cut = new HashMap<>();
            byLiteral.forEach((literal, needing) ->
                    cut.merge(
                            literal.substring(0, Math.min(length, literal.length())),
                            needing,
                            (one, other) -> {
                                List<Integer> both = new java.util.ArrayList<>(one);
                                both.addAll(other);
                                return both;
                            }));
            long states = 1 + cut.keySet().stream().mapToLong(String::length).sum();
            if (states * classes <= MAX_TRANSITIONS || length == 1) {
                return cut;
            }
        }
        throw new IllegalStateException("the last length fits");
    }

    private int classify(Map<String, List<Integer>> byLiteral) {
        int count = 0;
        for (String literal : byLiteral.keySet()) {
            for (int i = 0; i < literal.length(); i++) {
                char c = literal.charAt(i);
                if (c < ASCII) {
                    if (classOfAscii[c] == 0) {
                        classOfAscii[c] = ++count;
                    }
                } else if (!classOfOther.containsKey(c)) {
                    classOfOther.put(c, ++count);
                }
            }
        }
        for (char c = 'A'; c <= 'Z'; c++) {
            classOfAscii[c] = classOfAscii[c + ('a' - 'A')];
        }
        return count + 1;
    }

    private int classOf(char c) {
        return c < ASCII
                ? classOfAscii[c]
                : classOfOther.getOrDefault(foldedOther(c), foldsToAscii(c));
    }

    private int foldsToAscii(char c) {
        char folded = foldedOther(c);
        return folded < ASCII ? classOfAscii[folded] : 0;
    }

    /// Fills in where each state goes when it fails, breadth first.
    private void completeTransitions(int states) {
        int[] failure = new int[states];
        ArrayDeque<Integer> open = new ArrayDeque<>();
        for (int c = 0; c < classes; c++) {
            if (transitions[c] != 0) {
                open.add(transitions[c]);
            }
        }
        while (!open.isEmpty()) {
            int state = open.remove();
            int fallback = failure[state];
            nextWithLiteral[state] =
                    literalAt[fallback] >= 0 ? fallback : nextWithLiteral[fallback];
            for (int c = 0; c < classes; c++) {
                int cell = state * classes + c;
                int onFailure = transitions[fallback * classes + c];
                if (transitions[cell] == 0) {
                    transitions[cell] = onFailure;
                } else {
                    failure[transitions[cell]] = onFailure;
                    open.add(transitions[cell]);
                }
            }
        }
    }

    /// Reports the branches whose literal is in `value`; one may be reported more than once.
    void in(String value, IntConsumer branch) {
        String text = isAscii(value) ? value : Normalizer.normalize(value, Normalizer.Form.NFC);
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            state = transitions[state * classes + (c < ASCII ? classOfAscii[c] : classOf(c))];
            if (ends[state]) {
                report(state, branch);
            }
        }
    }

    /// Reports like the other one, for a text of ASCII between two places.
    void in(char[] text, int from, int to, IntConsumer branch) {
        int state = 0;
        for (int i = from; i < to; i++) {
            state = transitions[state * classes + classOfAscii[text[i]]];
            if (ends[state]) {
                report(state, branch);
            }
        }
    }

    private void report(int state, IntConsumer branch) {
        int ending = literalAt[state] >= 0 ? state : nextWithLiteral[state];
        while (ending != 0) {
            for (int needing : branches[literalAt[ending]]) {
                branch.accept(needing);
            }
            ending = nextWithLiteral[ending];
        }
    }

    /// `literal` as the automaton reads it.
    static String folded(String literal) {
        StringBuilder folded = new StringBuilder(literal.length());
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            folded.append(
                    c >= 'A' && c <= 'Z'
                            ? (char) (c + ('a' - 'A'))
                            : c < ASCII ? c : foldedOther(c));
        }
        return folded.toString();
    }

    /// What regular expressions without regard to case take for an ASCII letter, as that letter.
    private static char foldedOther(char c) {
        return switch (c) {
            case '\u212A' -> 'k';
            case '\u017F' -> 's';
            case '\u0130', '\u0131' -> 'i';
            default -> c;
        };
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= ASCII) {
                return false;
            }
        }
        return true;
    }
}
