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
/// of them fits, the replay's question is answered by checking again. One that lives on checks each act once. Not
/// thread-safe.
public final class Signers implements BiPredicate<Act, VerifierKey> {

    private static final String KEY = "key";

    private final Map<String, Set<VerifierKey>> mentioned = new HashMap<>();
    private final IdentityHashMap<Act, VerifierKey> signers = new IdentityHashMap<>();

    /// Checks the signatures of further acts.
    public void add(List<Act> acts) {
        acts.forEach(this::mentionKeysOf);
        @Nullable VerifierKey[] found = new VerifierKey[acts.size()];
        IntStream.range(0, found.length).parallel().forEach(i -> found[i] = signer(acts.get(i)));
        for (int i = 0; i < found.length; i++) {
            VerifierKey signer = found[i];
            if (signer != null) {
                signers.put(acts.get(i), signer);
            }
        }
    }

    /// Remembers what was found of an act before, here or in an earlier run.
    public void know(Act act, VerifierKey signer) {
        mentionKeysOf(act);
        signers.put(act, signer);
    }

    /// The key that was found to have signed an act; null where none of those that were mentioned did.
    public @Nullable VerifierKey signerOf(Act act) {
        return signers.get(act);
    }

    private @Nullable VerifierKey signer(Act act) {
        for (VerifierKey key : mentioned.getOrDefault(act.key(), Set.of())) {
            if (act.isSignedBy(key)) {
                return key;
            }
        }
        return null;
    }

    private void mentionKeysOf(Act act) {
        switch (act.kind()) {
            case Kind.ADOPT_CHARTER -> {
                mention(act.content().path("depositary"));
                mentionEach(act.content().path("members"));
            }
            case Kind.KEY_ADDED, Kind.KEY_ROTATED -> mention(act.content().path(KEY));
            case Kind.PROPOSE -> mentionEach(act.content().path("measures"));
            default -> {
                // No other kind brings a key.
            }
        }
    }

    private void mentionEach(JsonNode items) {
        for (JsonNode item : items) {
            mention(item.path(KEY));
        }
    }

    private void mention(JsonNode text) {
        if (!text.isString()) {
            return;
        }
        try {
            VerifierKey key = VerifierKey.parse(text.stringValue());
            mentioned.computeIfAbsent(key.name(), _ -> new LinkedHashSet<>(1)).add(key);
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
