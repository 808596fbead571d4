package org.kerege.node.council;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.act.Act;
import org.kerege.charter.act.Verdict;
import org.kerege.charter.alliance.AllianceFolder;
import org.kerege.charter.alliance.ProvenAct;
import org.kerege.charter.alliance.Verification;
import org.kerege.node.command.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// Who signs, and by which clock; shared by the commands that make an act.
final class SigningOptions {

    @Mixin private AllianceOptions options;

    @Option(
            names = "--as",
            required = true,
            paramLabel = "MEMBER|KEY",
            description = "A member of the sample, or the name of a key in the folder.")
    private String as;

    @Option(
            names = "--now",
            paramLabel = "T",
            description = "The witnesses' clock; for rehearsals. The machine's when absent.")
    private @Nullable String now;

    /// The acts that lie in the folder.
    List<ProvenAct> acts() throws IOException {
        return options.alliance().acts();
    }

    /// The act that `prefix` names: the beginning of its digest.
    Act act(String prefix) throws IOException {
        List<Act> found =
                acts().stream()
                        .map(ProvenAct::act)
                        .filter(act -> act.digest().startsWith(prefix.toLowerCase(Locale.ROOT)))
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

    /// Signs an act, has it logged and witnessed, and says what became of it.
    ///
    /// @return the exit code: success when it is in force or of an unknown kind
    int sign(String kind, ObjectNode content, List<String> follows, PrintWriter out)
            throws IOException {
        AllianceFolder alliance = options.alliance();
        String charter = alliance.acts().getFirst().act().digest();
        // Whole seconds, as the witnesses count.
        Instant at =
                Instant.ofEpochSecond(
                        AllianceOptions.instant("--now", now, Instant.now()).getEpochSecond());
        Act act = alliance.author(keyName()).sign(kind, charter, follows, content, at);
        alliance.append(List.of(act), at);
        Verification verification = options.verification(Instant.MAX);
        Verdict verdict = verification.replay().verdicts().get(act.digest());
        out.println(act.digest());
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
                out.println("kept without effect: the kind " + kind + " is not known here");
                yield ExitCode.SUCCESS;
            }
            case Verdict.InForce(Instant since) -> {
                out.println("in force since " + since);
                yield ExitCode.SUCCESS;
            }
            case null -> throw new IllegalStateException("an act was judged without a verdict");
        };
    }

    private String keyName() {
        return as.contains("/") ? as : as.toLowerCase(Locale.ROOT) + ".example/charter";
    }
}
