package org.kerege.node.council;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.act.Act;
import org.kerege.charter.act.Author;
import org.kerege.charter.act.Replay;
import org.kerege.charter.act.TimedAct;
import org.kerege.charter.act.Verdict;
import org.kerege.charter.alliance.AllianceFolder;
import org.kerege.charter.alliance.ProvenAct;
import org.kerege.charter.alliance.Verification;
import org.kerege.node.command.ExitCode;
import org.kerege.tlog.SigningKey;
import org.kerege.tlog.VerifierKey;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Who signs, and by which clock; shared by the commands that make an act. In a folder with a log of its own the act is
/// logged and witnessed at once. On a member's node it is handed to the node, which enters it in its ledger and has the
/// others witness it; what would be refused now is not signed.
final class SigningOptions {

    @Mixin private AllianceOptions options;

    @Option(
            names = "--as",
            paramLabel = "MEMBER|KEY",
            description =
                    "A member whose key lies in the folder, or the name of a key there; the only key"
                            + " that signs acts when absent.")
    private @Nullable String as;

    @Option(
            names = "--now",
            paramLabel = "T",
            description = "The witnesses' clock in a folder; for rehearsals.")
    private @Nullable String now;

    /// Where the alliance lies.
    AllianceOptions place() {
        return options;
    }

    /// The acts that lie in the folder or the node's store.
    List<ProvenAct> acts() throws IOException {
        return options.acts();
    }

    /// The act that `prefix` names: the beginning of its digest.
    Act act(String prefix) throws IOException {
        List<Act> found =
                acts().stream()
                        .map(ProvenAct::act)
                        .filter(act -> act.digest().startsWith(prefix.toLowerCase(Locale.ROOT)))
                        .distinct()
                        .toList();
        if (prefix.length() < 6 || found.size() != 1) {
            throw new IllegalArgumentException(
                    "'"
                            + prefix
                            + "' names "
                            + (prefix.length() < 6 ? "too little" : found.size() + " acts")
                            + ": give the beginning of one act's digest");
        }
        return found.getFirst();
    }

    /// The witnesses' clock, in whole seconds, as they count.
    Instant at() {
        return AllianceOptions.witnessesClock(now);
    }

    /// Signs an act, has it logged and witnessed, and says what became of it.
    ///
    /// @return the exit code: success when it is in force, of an unknown kind, or on its way
    int sign(String kind, ObjectNode content, List<String> follows, PrintWriter out)
            throws IOException {
        List<ProvenAct> acts = acts();
        String charter = options.founding(acts);
        List<Act> bare = acts.stream().map(ProvenAct::act).toList();
        Author author = options.keys().author(keyName(acts), bare);
        Act act = author.sign(kind, charter, follows, content, at());
        return options.isOfNode() ? hand(act, out) : log(act, out);
    }

    private int log(Act act, PrintWriter out) throws IOException {
        AllianceFolder alliance = options.alliance();
        alliance.append(List.of(act), at());
        options.added();
        Verdict verdict = options.verification().replay().verdicts().get(act.digest());
        out.println(act.digest());
        return say(act, Objects.requireNonNull(verdict), out);
    }

    private static int say(Act act, Verdict verdict, PrintWriter out) {
        return switch (verdict) {
            case Verdict.Refused(var _, var _, String why) -> {
                out.println("refused: " + why);
                yield ExitCode.NEGATIVE;
            }
            case Verdict.Waiting(String why) -> {
                out.println("waiting: " + why);
                yield ExitCode.NEGATIVE;
            }
            case Verdict.Pending _ -> {
                out.println("pending: no quorum of witnesses is in this place");
                yield ExitCode.SUCCESS;
            }
            case Verdict.UnknownKind _ -> {
                out.println("kept without effect: the kind " + act.kind() + " is not known here");
                yield ExitCode.SUCCESS;
            }
            case Verdict.InForce(Instant since) -> {
                out.println("in force since " + since);
                yield ExitCode.SUCCESS;
            }
        };
    }

    /// Hands an act to the node, after a trial of what would become of it if it were witnessed now.
    private int hand(Act act, PrintWriter out) throws IOException {
        List<TimedAct> timed = new ArrayList<>();
        for (Verification.Finding finding : options.verification().findings()) {
            Instant witnessed = finding.witnessed();
            timed.add(new TimedAct(finding.act(), witnessed == null ? at() : witnessed));
        }
        // It is witnessed after everything that is known already: within one second nothing says
        // what came first.
        timed.add(new TimedAct(act, at().plusSeconds(1)));
        Verdict verdict = Objects.requireNonNull(Replay.of(timed).verdicts().get(act.digest()));
        if (verdict instanceof Verdict.Refused || verdict instanceof Verdict.Waiting) {
            out.println("not signed; it would be of no effect");
            return say(act, verdict, out);
        }
        options.tray().put(List.of(new ProvenAct(act, List.of())));
        out.println(act.digest());
        out.println(
                "handed to the node, which logs it and has it witnessed while it runs; './kerege"
                        + " charter history' shows when");
        return ExitCode.SUCCESS;
    }

    /// The name of the key that signs: as it is named, or the newest key of the member that lies here.
    private String keyName(List<ProvenAct> acts) throws IOException {
        Set<String> here = options.keys().all().keySet();
        String asked = as;
        if (asked != null && (asked.contains("/") || here.contains(asked))) {
            return asked;
        }
        JsonNode state = options.verification().replay().state().json();
        String found = null;
        for (Map.Entry<String, JsonNode> key : keysOf(state, acts).properties()) {
            for (JsonNode party : key.getValue()) {
                boolean mine =
                        asked == null || party.path("member").asString("").equalsIgnoreCase(asked);
                if (mine && party.path("until").isNull() && here.contains(key.getKey())) {
                    if (asked == null && found != null) {
                        throw new IllegalArgumentException(
                                "several keys lie in "
                                        + options.folder()
                                        + ": say whose with --as");
                    }
                    found = key.getKey();
                }
            }
        }
        if (found == null) {
            throw new IllegalArgumentException(
                    "no key "
                            + (asked == null ? "of a member" : "of '" + asked + "'")
                            + " lies in "
                            + options.folder().resolve("keys")
                            + "; there: "
                            + String.join(", ", here));
        }
        return found;
    }

    /// The member whose key signs.
    String memberThatSigns() throws IOException {
        List<ProvenAct> acts = acts();
        String name = keyName(acts);
        JsonNode state = options.verification().replay().state().json();
        String member = keysOf(state, acts).path(name).path(0).path("member").asString("");
        if (member.isEmpty()) {
            throw new IllegalArgumentException("the key " + name + " is no member's");
        }
        return member;
    }

    /// The keys by the state; before the founding act has its time, those that it pins.
    private static JsonNode keysOf(JsonNode state, List<ProvenAct> acts) {
        ObjectNode keys = (ObjectNode) state.path("keys");
        if (!keys.isEmpty()) {
            return keys;
        }
        for (ProvenAct proven : acts) {
            for (JsonNode member : proven.act().content().path("members")) {
                String text = member.path("key").asString("");
                keys.putArray(VerifierKey.parse(text).name())
                        .addObject()
                        .put("member", member.path("id").asString(""))
                        .putNull("until");
            }
        }
        return keys;
    }

    /// A key of this place.
    SigningKey key(String name) throws IOException {
        if (!options.keys().has(name)) {
            throw new IllegalArgumentException(
                    "no key "
                            + name
                            + " lies in "
                            + options.folder().resolve("keys")
                            + ": make it with './kerege charter key new'");
        }
        return options.keys().key(name);
    }
}
