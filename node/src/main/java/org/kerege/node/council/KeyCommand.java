package org.kerege.node.council;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.charter.act.Author;
import org.kerege.charter.act.Kind;
import org.kerege.charter.act.Possession;
import org.kerege.node.command.ExitCode;
import org.kerege.stix.Json;
import org.kerege.tlog.KeyType;
import org.kerege.tlog.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/// `./kerege charter key`: a member's keys. Those of whoever chairs are changed by the council: `propose --replace-key`.
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        description = {
            "Makes, adds, rotates and revokes a member's keys. While a member chairs, the council",
            "changes its key: propose --replace-key. A stolen key: propose --revoke-key."
        })
public final class KeyCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do: new, add, rotate, revoke.");
    }

    /// Makes a key.
    @Command(
            name = "new",
            mixinStandardHelpOptions = true,
            description = {
                "Makes a key in this place and prints it, with the digest by which another key",
                "commits itself to it (--next)."
            })
    int make(
            @Mixin AllianceOptions options,
            @Parameters(paramLabel = "NAME", description = "Such as kg.example/charter-2.")
                    String name)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            SigningKey key = SigningKey.generate(name, KeyType.LOG, new SecureRandom());
            options.keys().add(key);
            out.println("key  " + key.verifier());
            out.println("next " + Author.commitment(key.verifier()));
            return ExitCode.SUCCESS;
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException("a key of the name " + name + " lies here", e);
        }
    }

    /// Adds a key.
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Lets one more key of the member sign.")
    int add(
            @Mixin SigningOptions signing,
            @Option(
                            names = "--new",
                            required = true,
                            paramLabel = "NAME",
                            description = "A key of this place.")
                    String name,
            @Option(
                            names = "--until",
                            paramLabel = "T",
                            description = "When it signs no more; open when absent.")
                    @Nullable String until,
            @Option(
                            names = "--next",
                            paramLabel = "DIGEST",
                            description = "The only key that may replace it.")
                    @Nullable String next)
            throws IOException {
        return bind(signing, Kind.KEY_ADDED, name, until, next);
    }

    /// Rotates a key.
    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = "Lets a new key take the place of the one that signs.")
    int rotate(
            @Mixin SigningOptions signing,
            @Option(
                            names = "--new",
                            required = true,
                            paramLabel = "NAME",
                            description = "A key of this place.")
                    String name,
            @Option(
                            names = "--next",
                            paramLabel = "DIGEST",
                            description = "The only key that may replace the new one.")
                    @Nullable String next)
            throws IOException {
        return bind(signing, Kind.KEY_ROTATED, name, null, next);
    }

    private int bind(
            SigningOptions signing,
            String kind,
            String name,
            @Nullable String until,
            @Nullable String next)
            throws IOException {
        SigningKey key = signing.key(name);
        ObjectNode content = Json.mapper().createObjectNode();
        content.put("key", key.verifier().toString());
        content.put(
                "proof",
                Possession.prove(
                        key, signing.place().founding(signing.acts()), signing.memberThatSigns()));
        if (until != null) {
            content.put(
                    "until", AllianceOptions.instant("--until", until, signing.at()).toString());
        }
        if (next != null) {
            content.put("next", next);
        }
        return signing.sign(kind, content, List.of(), spec.commandLine().getOut());
    }

    /// Revokes a key.
    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Ends a key of the member.")
    int revoke(
            @Mixin SigningOptions signing,
            @Option(
                            names = "--key",
                            required = true,
                            paramLabel = "NAME",
                            description = "The key's name.")
                    String name)
            throws IOException {
        return signing.sign(
                Kind.KEY_REVOKED,
                Json.mapper().createObjectNode().put("key", name),
                List.of(),
                spec.commandLine().getOut());
    }
}
