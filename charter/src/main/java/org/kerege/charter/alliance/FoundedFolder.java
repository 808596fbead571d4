package org.kerege.charter.alliance;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.MalformedCharter;
import org.kerege.charter.act.Act;
import org.kerege.charter.act.Author;
import org.kerege.tlog.KeyType;
import org.kerege.tlog.SigningKey;
import org.kerege.tlog.VerifierKey;
import tools.jackson.databind.JsonNode;

/// An alliance founded in a folder of its own, with no node: its log, and the keys that the draft does not name, are made
/// there. For a rehearsal of one's own charter, or for an alliance that keeps its acts in one place.
public final class FoundedFolder {

    private FoundedFolder() {}

    /// Founds the alliance of a draft.
    ///
    /// @param depositary member that signs first; the first of the draft when null
    /// @return the founding act, which the other founders sign
    /// @throws MalformedCharter when the draft founds no alliance; nothing is written then
    public static Act found(
            CharterDraft draft, Path folder, @Nullable String depositary, Instant at)
            throws IOException {
        SecureRandom random = new SecureRandom();
        Map<String, SigningKey> members = new LinkedHashMap<>();
        List<SigningKey> keys = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : draft.keysByMember().entrySet()) {
            if (!member.getValue().isString()) {
                String name = host(member.getKey()) + "/charter";
                SigningKey key = SigningKey.generate(name, KeyType.LOG, random);
                members.put(member.getKey(), key);
                keys.add(key);
                draft.bind(member.getKey(), key.verifier());
            }
        }
        SigningKey log = SigningKey.generate(host(draft.title()) + "/log", KeyType.LOG, random);
        keys.add(log);
        if (!draft.hasWitnesses()) {
            draft.witnesses(policy(draft, log.verifier(), keys, random));
        }
        String first =
                depositary == null ? draft.keysByMember().keySet().iterator().next() : depositary;
        SigningKey signer = members.get(first);
        if (signer == null) {
            throw new MalformedCharter(
                    "/members",
                    "the key of '" + first + "' is not made here: name another depositary");
        }
        Act founding = new Author(signer, null).found(draft.content(), at);
        CharterDraft.requireFounding(founding, at);
        AllianceFolder alliance = AllianceFolder.create(folder, keys);
        alliance.append(List.of(founding), at);
        alliance.trust(founding.digest());
        return founding;
    }

    /// The members witness, more than half of them are a quorum.
    private static String policy(
            CharterDraft draft, VerifierKey log, List<SigningKey> keys, SecureRandom random) {
        Map<String, VerifierKey> witnesses = new LinkedHashMap<>();
        for (String member : draft.keysByMember().keySet()) {
            SigningKey witness =
                    SigningKey.generate(host(member) + "/witness", KeyType.COSIGNATURE, random);
            keys.add(witness);
            witnesses.put(host(member), witness.verifier());
        }
        StringBuilder text = new StringBuilder("log ").append(log).append('\n');
        witnesses.forEach((name, key) ->
                text.append("witness ").append(name).append(' ').append(key).append('\n'));
        text.append("group members ").append(witnesses.size() / 2 + 1);
        witnesses.keySet().forEach(name -> text.append(' ').append(name));
        return text.append("\nquorum members\n").toString();
    }

    /// A key's name begins with a host-like form of whose it is.
    private static String host(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}.]+", "-");
    }
}
