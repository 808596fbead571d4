package org.kerege.pattern.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the condition of a rule: names of searches with `and`, `or`, `not`, brackets, `1 of` and `all of`. `not` binds
/// more tightly than `and`, `and` more tightly than `or`. Source: Sigma rules specification 2.0, "Condition".
final class Condition {

    private static final Pattern TOKEN = Pattern.compile("\\s*(\\(|\\)|[^\\s()]+)");
    private static final int MAX_TOKENS = 1_000;
    private static final int MAX_DEPTH = 30;

    private final List<String> tokens = new ArrayList<>();
    private final Map<String, Logic> searches;
    private int at;

    private Condition(String text, Map<String, Logic> searches) throws Irreducible {
        this.searches = searches;
        if (text.indexOf('|') >= 0) {
            throw new Irreducible("its condition counts or correlates events");
        }
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            tokens.add(token.group(1));
            if (tokens.size() > MAX_TOKENS) {
                throw new Irreducible("its condition is too long");
            }
        }
    }

    /// @param searches what its names stand for
    static Logic parse(String text, Map<String, Logic> searches) throws Irreducible {
        Condition condition = new Condition(text, searches);
        Logic read = condition.or(0);
        if (condition.at < condition.tokens.size()) {
            throw condition.malformed();
        }
        return read;
    }

    private Irreducible malformed() {
        return new Irreducible(
                "its condition cannot be read at "
                        + (at < tokens.size() ? "'" + shortened(tokens.get(at)) + "'" : "its end"));
    }

    private static String shortened(String token) {
        return token.length() > 40 ? token.substring(0, 40) : token;
    }

    private boolean take(String word) {
        boolean there = at < tokens.size() && tokens.get(at).equalsIgnoreCase(word);
        at += there ? 1 : 0;
        return there;
    }

    private Logic or(int depth) throws Irreducible {
        if (depth > MAX_DEPTH) {
            throw new Irreducible("its condition is nested too deeply");
        }
        List<Logic> operands = new ArrayList<>(List.of(and(depth)));
        while (take("or")) {
            operands.add(and(depth));
        }
        return operands.size() == 1 ? operands.getFirst() : new Logic.Or(operands);
    }

    private Logic and(int depth) throws Irreducible {
        List<Logic> operands = new ArrayList<>(List.of(not(depth)));
        while (take("and")) {
            operands.add(not(depth));
        }
        return operands.size() == 1 ? operands.getFirst() : new Logic.And(operands);
    }

    private Logic not(int depth) throws Irreducible {
        if (depth > MAX_DEPTH) {
            throw new Irreducible("its condition is nested too deeply");
        }
        if (take("not")) {
            return new Logic.Not(not(depth + 1));
        }
        if (take("(")) {
            Logic inner = or(depth + 1);
            if (!take(")")) {
                throw malformed();
            }
            return inner;
        }
        return search();
    }

    private Logic search() throws Irreducible {
        boolean quantified = at + 1 < tokens.size() && tokens.get(at + 1).equalsIgnoreCase("of");
        if (quantified && (take("1") || take("any"))) {
            at++;
            return new Logic.Or(several());
        }
        if (quantified && take("all")) {
            at++;
            return new Logic.And(several());
        }
        if (quantified) {
            throw new Irreducible("its condition counts searches");
        }
        Logic named = at < tokens.size() ? searches.get(tokens.get(at)) : null;
        if (named == null) {
            throw malformed();
        }
        at++;
        return named;
    }

    private List<Logic> several() throws Irreducible {
        if (at >= tokens.size()) {
            throw malformed();
        }
        String glob = tokens.get(at);
        // Searches whose names begin with _ are not among "them".
        Predicate<String> named =
                glob.equalsIgnoreCase("them")
                        ? name -> !name.startsWith("_")
                        : Pattern.compile("\\Q" + glob.replace("*", "\\E.*\\Q") + "\\E")
                                .asMatchPredicate();
        List<Logic> found =
                searches.entrySet().stream()
                        .filter(search -> named.test(search.getKey()))
                        .map(Map.Entry::getValue)
                        .toList();
        if (found.isEmpty()) {
            throw malformed();
        }
        at++;
        return found;
    }
}
