package org.kerege.node.council;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.MalformedCharter;
import org.kerege.charter.act.Act;
import org.kerege.charter.act.Author;
import org.kerege.charter.alliance.CharterDraft;
import org.kerege.charter.alliance.FoundedFolder;
import org.kerege.charter.alliance.ProvenAct;
import org.kerege.charter.alliance.SampleAlliance;
import org.kerege.node.command.ExitCode;
import org.kerege.tlog.SigningKey;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./kerege charter init`: the sample alliance, or the founding act of one's own. The founders sign it with `join`.
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Founds an alliance from a draft of its charter, or creates the sample.",
            "Without --dir the founding act is handed to this member's node, and each founder",
            "signs it on its own node: 'charter trust DIGEST', then 'charter join'. With --dir",
            "the alliance lies in a folder with a log of its own; keys that the draft does not",
            "name are made there. 'charter template' prints a draft to fill in."
        })
public final class InitCommand implements Callable<Integer> {

    private static final int MAX_DRAFT = 1 << 20;

    @Spec private CommandSpec spec;

    @Mixin private AllianceOptions options;

    @ArgGroup(multiplicity = "1")
    private What what;

    @Option(
            names = "--as",
            paramLabel = "MEMBER|KEY",
            description =
                    "Who lays the charter before the founders: a member of the draft in a folder,"
                            + " the name of a key on a node. The first, or the only one, when"
                            + " absent.")
    private @Nullable String as;

    @Option(
            names = "--now",
            paramLabel = "T",
            description = "The witnesses' clock in a folder; for rehearsals.")
    private @Nullable String now;

    /// Which alliance.
    static final class What {
        @Option(
                names = "--sample",
                description = "The sample alliance; every key lies in the folder.")
        private boolean sample;

        @Option(
                names = "--charter",
                paramLabel = "FILE",
                description = "A draft of the charter, in JSON.")
        private @Nullable Path charter;
    }

    @Override
    public Integer call() throws IOException {
        Path draft = what.charter;
        try {
            return what.sample || draft == null ? sample() : found(draft);
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException(
                    "an alliance lies in " + options.folder() + " already; name another --dir", e);
        } catch (MalformedCharter e) {
            throw new IllegalArgumentException(
                    (draft == null ? "" : draft + " ") + e.getMessage(), e);
        }
    }

    private int sample() throws IOException {
        String digest = SampleAlliance.create(options.folder());
        spec.commandLine().getOut().println("charter " + digest);
        spec.commandLine()
                .getErr()
                .println("The alliance lies in " + options.folder() + ", with all its keys.");
        return ExitCode.SUCCESS;
    }

    private int found(Path file) throws IOException {
        if (Files.exists(file) && Files.size(file) > MAX_DRAFT) {
            throw new IllegalArgumentException(file + " has more than " + MAX_DRAFT + " bytes");
        }
        CharterDraft draft = CharterDraft.read(Files.readAllBytes(file));
        Instant at = AllianceOptions.witnessesClock(now);
        PrintWriter err = spec.commandLine().getErr();
        Act founding;
        if (options.isNamed()) {
            founding = FoundedFolder.found(draft, options.folder(), as, at);
            err.println(
                    "The alliance lies in "
                            + options.folder()
                            + ". Its founders sign: ./kerege charter join --as MEMBER --dir "
                            + options.folder());
        } else {
            founding = onNode(draft, at);
            err.println(
                    "Handed to the node. Each founder, on its own node: ./kerege charter trust "
                            + founding.digest()
                            + ", then ./kerege charter join once its node has pulled the act (or"
                            + " after ./kerege charter import FILE of your ./kerege charter export).");
        }
        spec.commandLine().getOut().println("charter " + founding.digest());
        return ExitCode.SUCCESS;
    }

    private Act onNode(CharterDraft draft, Instant at) throws IOException {
        Path trusted = options.folder().resolve("founding");
        if (Files.exists(trusted)) {
            throw new FileAlreadyExistsException(trusted.toString());
        }
        SigningKey key = key();
        Act founding = new Author(key, null).found(draft.content(), at);
        CharterDraft.requireFounding(founding, at);
        options.tray().put(List.of(new ProvenAct(founding, List.of())));
        Files.writeString(trusted, founding.digest() + "\n");
        return founding;
    }

    private SigningKey key() throws IOException {
        var here = options.keys().all();
        if (as != null && here.containsKey(as)) {
            return here.get(as);
        }
        if (as == null && here.size() == 1) {
            return here.values().iterator().next();
        }
        throw new IllegalArgumentException(
                (here.isEmpty() ? "no key lies in " : "say which key signs with --as; in ")
                        + options.folder().resolve("keys")
                        + (here.isEmpty()
                                ? ": './kerege charter keys' makes this member's"
                                : ": " + String.join(", ", here.keySet())));
    }
}
