package org.kerege.charter.alliance;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.kerege.tlog.KeyType;
import org.kerege.tlog.SigningKey;
import org.kerege.tlog.VerifierKey;

/// The sample alliance as a folder. Keys are made anew each time, and all lie in the folder, so that one person can play
/// every part: the log's, the members', and those of seven witnesses, the members' and one from outside, of which four
/// are a quorum.
public final class SampleAlliance {

    private SampleAlliance() {}

    /// Creates the alliance in a folder where none is.
    ///
    /// @return the digest of the founding act, by which others know that it is this one
    public static String create(Path folder) throws IOException {
        SecureRandom random = new SecureRandom();
        Map<String, SigningKey> members = new LinkedHashMap<>();
        Map<String, VerifierKey> witnesses = new LinkedHashMap<>();
        List<SigningKey> keys = new ArrayList<>();
        SigningKey log = SigningKey.generate("alliance.example/log", KeyType.LOG, random);
        keys.add(log);
        for (String member : SampleStory.MEMBERS) {
            String host = member.toLowerCase(Locale.ROOT) + ".example";
            SigningKey key = SigningKey.generate(host + "/charter", KeyType.LOG, random);
            SigningKey witness =
                    SigningKey.generate(host + "/witness", KeyType.COSIGNATURE, random);
            members.put(member, key);
            witnesses.put(member, witness.verifier());
            keys.add(key);
            keys.add(witness);
        }
        SigningKey outside =
                SigningKey.generate("outside.example/witness", KeyType.COSIGNATURE, random);
        keys.add(outside);
        witnesses.put("outside", outside.verifier());

        SampleStory story = new SampleStory(members, policy(log.verifier(), witnesses));
        AllianceFolder alliance = AllianceFolder.create(folder, keys);
        for (SampleStory.Step step : story.steps()) {
            alliance.append(step.acts(), step.at());
        }
        alliance.trust(story.founding().digest());
        return story.founding().digest();
    }

    private static String policy(VerifierKey log, Map<String, VerifierKey> witnesses) {
        StringBuilder text = new StringBuilder("log ").append(log).append('\n');
        witnesses.forEach((name, key) ->
                text.append("witness ").append(name).append(' ').append(key).append('\n'));
        text.append("group witnesses 4 ").append(String.join(" ", witnesses.keySet()));
        return text.append("\nquorum witnesses\n").toString();
    }
}
