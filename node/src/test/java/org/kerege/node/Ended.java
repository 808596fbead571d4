package org.kerege.node;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.kerege.stix.Json;
import tools.jackson.databind.JsonNode;

/// How a command ended and what it said.
public record Ended(int code, String out, String err) {

    /// Runs the command line as its user does.
    public static Ended of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                Main.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(arguments);
        return new Ended(code, out.toString(), err.toString());
    }

    /// What it printed, in JSON.
    public JsonNode json() {
        return Json.mapper().readTree(out);
    }

    /// The first line that it printed.
    public String firstLine() {
        return out.lines().findFirst().orElse("");
    }
}
