package org.kerege.tlog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which logs are believed, and whose cosignatures are enough. Source: C2SP tlog-policy.
///
/// A quorum is `none`, a witness, or a group: k of its members, which are witnesses or groups defined before. Where
/// no two quorums can be apart, a log cannot show two faces: see [#anyTwoQuorumsMeet].
public final class WitnessPolicy {

    /// More of each kind of line than a policy may have.
    public static final int MAX_LINES = 256;

    private static final String NONE = "none";

    private final List<VerifierKey> logs = new ArrayList<>();
    private final Map<String, VerifierKey> witnesses = new LinkedHashMap<>();
    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final String quorum;

    private record Group(int threshold, List<String> members) {}

    private WitnessPolicy(String text) {
        String chosen = null;
        Set<String> used = new HashSet<>();
        for (String raw : text.split("\n", -1)) {
            requireCharacters(raw);
            String line = trim(raw);
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            List<String> words = List.of(line.split("[ \t]+"));
            switch (words.getFirst()) {
                case "log" -> addLog(words);
                case "witness" -> addWitness(words);
                case "group" -> addGroup(words, used);
                case "quorum" -> {
                    if (chosen != null) {
                        throw new MalformedLog("a policy has one quorum line");
                    }
                    chosen = quorumOf(words);
                }
                default ->
                        throw new MalformedLog("policy line '" + MalformedLog.excerpt(line) + "'");
            }
        }
        if (chosen == null) {
            throw new MalformedLog("a policy has a quorum line");
        }
        this.quorum = chosen;
    }

    /// Reads a policy file.
    ///
    /// @throws MalformedLog when a line is none of the policy's, names what is not defined before it, or repeats
    public static WitnessPolicy parse(String text) {
        return new WitnessPolicy(text);
    }

    /// The policy "k of these n", for one log.
    ///
    /// @throws MalformedLog unless `1 <= k <= n`
    public static WitnessPolicy kOf(int k, VerifierKey log, Map<String, VerifierKey> witnesses) {
        StringBuilder text = new StringBuilder("log ").append(log).append('\n');
        witnesses.forEach((name, key) ->
                text.append("witness ").append(name).append(' ').append(key).append('\n'));
        text.append("group quorum-members ").append(k);
        witnesses.keySet().forEach(name -> text.append(' ').append(name));
        return parse(text.append("\nquorum quorum-members\n").toString());
    }

    private void addLog(List<String> words) {
        requireWords(words, 2, 3);
        VerifierKey key = VerifierKey.parse(words.get(1));
        if (key.type() != KeyType.LOG) {
            throw new MalformedLog("the key of log " + key.name() + " is a witness's");
        }
        if (logs.stream().anyMatch(log -> samePoint(log, key)) || logs.size() == MAX_LINES) {
            throw new MalformedLog("log " + key.name() + " repeats a key or is one too many");
        }
        logs.add(key);
    }

    private void addWitness(List<String> words) {
        requireWords(words, 3, 4);
        String name = words.get(1);
        requireFree(name);
        VerifierKey key = VerifierKey.parse(words.get(2));
        if (key.type() != KeyType.COSIGNATURE) {
            throw new MalformedLog("the key of witness " + name + " is a log's");
        }
        if (witnesses.values().stream().anyMatch(other -> samePoint(other, key))
                || witnesses.size() == MAX_LINES) {
            throw new MalformedLog("witness " + name + " repeats a key or is one too many");
        }
        witnesses.put(name, key);
        if (words.size() == 4) {
            addresses.put(name, words.get(3));
        }
    }

    private void addGroup(List<String> words, Set<String> used) {
        requireWords(words, 4, MAX_LINES + 3);
        String name = words.get(1);
        requireFree(name);
        List<String> members = words.subList(3, words.size());
        for (String member : members) {
            if (!isDefined(member) || !used.add(member)) {
                throw new MalformedLog(
                        "group " + name + " names " + member + ", undefined or already in a group");
            }
        }
        int threshold =
                switch (words.get(2)) {
                    case "all" -> members.size();
                    case "any" -> 1;
                    case String k ->
                            (int) Math.min(Integer.MAX_VALUE, Decimal.parse(k, "threshold"));
                };
        if (threshold < 1 || threshold > members.size() || groups.size() == MAX_LINES) {
            throw new MalformedLog(
                    "group " + name + " asks for " + threshold + " of " + members.size());
        }
        groups.put(name, new Group(threshold, List.copyOf(members)));
    }

    private String quorumOf(List<String> words) {
        requireWords(words, 2, 2);
        String name = words.get(1);
        if (!name.equals(NONE) && !isDefined(name)) {
            throw new MalformedLog("the quorum " + name + " is not defined before");
        }
        return name;
    }

    private boolean isDefined(String name) {
        return witnesses.containsKey(name) || groups.containsKey(name);
    }

    private void requireFree(String name) {
        if (name.equals(NONE) || isDefined(name)) {
            throw new MalformedLog("the name " + name + " is taken");
        }
    }

    private static void requireWords(List<String> words, int least, int most) {
        if (words.size() < least || words.size() > most) {
            throw new MalformedLog(
                    "a " + words.getFirst() + " line has " + least + " to " + most + " words");
        }
    }

    private static void requireCharacters(String line) {
        if (line.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
            throw new MalformedLog("a policy has no control characters but tab and newline");
        }
    }

    private static String trim(String line) {
        return line.replaceAll("^[ \t]+|[ \t]+$", "");
    }

    private static boolean samePoint(VerifierKey one, VerifierKey other) {
        return Arrays.equals(one.publicKey(), other.publicKey());
    }

    /// The logs that are believed; empty when any log is.
    public List<VerifierKey> logs() {
        return List.copyOf(logs);
    }

    /// The witnesses by the names that the policy gives them.
    public Map<String, VerifierKey> witnesses() {
        return Map.copyOf(witnesses);
    }

    /// Where witnesses are asked to cosign, by the names that the policy gives them; those alone for which it says so.
    public Map<String, String> addresses() {
        return Map.copyOf(addresses);
    }

    /// Whether these witnesses, by the policy's names, are enough.
    public boolean isQuorum(Set<String> names) {
        return quorum.equals(NONE) || stands(quorum, names);
    }

    private boolean stands(String name, Set<String> names) {
        Group group = groups.get(name);
        if (group == null) {
            return names.contains(name);
        }
        return group.members().stream().filter(member -> stands(member, names)).count()
                >= group.threshold();
    }

    /// Whether every two quorums share a witness, which is what makes a split view impossible without a witness
    /// that cosigns both faces. For groups of witnesses this is k more than half. A group of groups needs more than
    /// half of its members, each of which must hold the same.
    public boolean anyTwoQuorumsMeet() {
        return !quorum.equals(NONE) && meets(quorum);
    }

    private boolean meets(String name) {
        Group group = groups.get(name);
        return group == null
                || (2 * group.threshold() > group.members().size()
                        && group.members().stream().allMatch(this::meets));
    }

    /// Judges a signed checkpoint.
    ///
    /// @throws LogProof.Refused when it is not of a believed log or has no quorum
    /// @throws MalformedLog when its text is no checkpoint
    public Witnessed judge(SignedNote note) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        requireLog(note, checkpoint);
        Map<String, Instant> cosigned = new HashMap<>();
        witnesses.forEach((name, key) -> {
            Instant at = cosignedAt(note, key);
            if (at != null) {
                cosigned.put(name, at);
            }
        });
        return new Witnessed(checkpoint, cosigned, since(checkpoint, cosigned));
    }

    private void requireLog(SignedNote note, Checkpoint checkpoint) {
        if (logs.isEmpty()) {
            return;
        }
        boolean known = false;
        for (VerifierKey log : logs) {
            if (log.name().equals(checkpoint.origin())) {
                known = true;
                if (note.isSignedBy(log)) {
                    return;
                }
            }
        }
        throw new LogProof.Refused(
                known
                        ? "the checkpoint is not signed by its log " + checkpoint.origin()
                        : "the log " + checkpoint.origin() + " is not one of the policy's");
    }

    /// The earliest of this key's valid cosignatures, so that a later repetition cannot move an act's time.
    private static @Nullable Instant cosignedAt(SignedNote note, VerifierKey key) {
        return note.signatures().stream()
                .flatMap(signature -> signature.cosignedAt(note.text(), key).stream())
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private Instant since(Checkpoint checkpoint, Map<String, Instant> cosigned) {
        if (quorum.equals(NONE)) {
            return cosigned.values().stream().min(Comparator.naturalOrder()).orElse(Instant.MIN);
        }
        List<Map.Entry<String, Instant>> inOrder =
                cosigned.entrySet().stream().sorted(Map.Entry.comparingByValue()).toList();
        Set<String> names = new HashSet<>();
        for (Map.Entry<String, Instant> one : inOrder) {
            names.add(one.getKey());
            if (isQuorum(names)) {
                return one.getValue();
            }
        }
        throw new LogProof.Refused(
                "the checkpoint of size "
                        + checkpoint.size()
                        + " has cosignatures of "
                        + cosigned.keySet().stream().sorted().toList()
                        + ", which are not a quorum");
    }
}
