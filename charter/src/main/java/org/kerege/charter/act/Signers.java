package org.kerege.charter.act;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.kerege.tlog.MalformedLog;
import org.kerege.tlog.VerifierKey;
import tools.jackson.databind.JsonNode;

/// Whose signature each of many acts bears. Checking signatures is nearly all of the work of a replay and, unlike the
/// rest, can be shared out: this checks them on all processors before the replay begins. Which key an act must bear
/// only the replay knows; so each is checked against the keys of its name that any of the acts mentions, and where none
/// of them fits, the replay's question is answered by checking again.
final class Signers implements BiPredicate<Act, VerifierKey> {

    private static final String KEY = "key";

    private final IdentityHashMap<Act, VerifierKey> signers = new IdentityHashMap<>();

    private Signers() {}

    static Signers of(List<Act> acts) {
        Map<String, Set<VerifierKey>> mentioned = mentioned(acts);
        @Nullable VerifierKey[] found = new VerifierKey[acts.size()];
        IntStream.range(0, found.length)
                .parallel()
                .forEach(i -> found[i] = signer(acts.get(i), mentioned));
        Signers signers = new Signers();
        for (int i = 0; i < found.length; i++) {
            VerifierKey signer = found[i];
            if (signer != null) {
                signers.signers.put(acts.get(i), signer);
            }
        }
        return signers;
    }

    private static @Nullable VerifierKey signer(Act act, Map<String, Set<VerifierKey>> mentioned) {
        for (VerifierKey key : mentioned.getOrDefault(act.key(), Set.of())) {
            if (act.isSignedBy(key)) {
                return key;
            }
        }
        return null;
    }

    /// The keys that acts mention, by name: a founding act's and its members', an added or rotated one, those of
    /// measures.
    private static Map<String, Set<VerifierKey>> mentioned(List<Act> acts) {
        Map<String, Set<VerifierKey>> keys = new HashMap<>();
        for (Act act : acts) {
            switch (act.kind()) {
                case Kind.ADOPT_CHARTER -> {
                    add(act.content().path("depositary"), keys);
                    addEach(act.content().path("members"), keys);
                }
                case Kind.KEY_ADDED, Kind.KEY_ROTATED -> add(act.content().path(KEY), keys);
                case Kind.PROPOSE -> addEach(act.content().path("measures"), keys);
                default -> {
                    // No other kind brings a key.
                }
            }
        }
        return keys;
    }

    private static void addEach(JsonNode items, Map<String, Set<VerifierKey>> keys) {
        for (JsonNode item : items) {
            add(item.path(KEY), keys);
        }
    }

    private static void add(JsonNode text, Map<String, Set<VerifierKey>> keys) {
        if (!text.isString()) {
            return;
        }
        try {
            VerifierKey key = VerifierKey.parse(text.stringValue());
            keys.computeIfAbsent(key.name(), _ -> new LinkedHashSet<>(1)).add(key);
        } catch (MalformedLog e) {
            // The replay refuses the act that names it.
        }
    }

    @Override
    public boolean test(Act act, VerifierKey key) {
        VerifierKey signer = signers.get(act);
        return (signer != null && signer.equals(key)) || act.isSignedBy(key);
    }
}
