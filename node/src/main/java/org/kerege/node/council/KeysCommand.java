package org.kerege.node.council;

import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.kerege.charter.act.Author;
import org.kerege.charter.alliance.KeyFolder;
import org.kerege.node.command.ExitCode;
import org.kerege.node.settings.Settings;
import org.kerege.node.witness.LogKeys;
import org.kerege.stix.Json;
import org.kerege.tlog.KeyType;
import org.kerege.tlog.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/// `./kerege charter keys`: what this member gives to whoever drafts the charter.
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = {
            "This member's lines for the draft of a charter: itself with the key that signs its",
            "acts (made at the first call, with the digest of the key that may replace it), and",
            "its node's log and witness."
        })
public final class KeysCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private AllianceOptions options;

    @Override
    public Integer call() throws IOException {
        Settings settings = options.settings();
        LogKeys keys = LogKeys.of(settings.organisation(), settings.data());
        String host = keys.log().verifier().name().replaceFirst("/.*", "");
        SigningKey signs = made(options.keys(), host + "/charter");
        SigningKey next =
                made(new KeyFolder(options.folder().resolve("next-keys")), host + "/charter-2");
        PrintWriter out = spec.commandLine().getOut();
        ObjectNode member = Json.mapper().createObjectNode().put("id", settings.organisation());
        member.put("key", signs.verifier().toString());
        member.put("next", Author.commitment(next.verifier()));
        out.println("member " + member);
        out.println("log " + keys.log().verifier());
        out.println("witness " + host + " " + keys.witness().verifier());
        out.flush();
        return ExitCode.SUCCESS;
    }

    private static SigningKey made(KeyFolder folder, String name) throws IOException {
        if (!folder.has(name)) {
            folder.add(SigningKey.generate(name, KeyType.LOG, new SecureRandom()));
        }
        return folder.key(name);
    }
}
