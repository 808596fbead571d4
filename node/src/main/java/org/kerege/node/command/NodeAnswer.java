package org.kerege.node.command;

import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.Json;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// What this member's own node answered a command.
public record NodeAnswer(int status, String body) {

    private static final int UNREADABLE = 400;
    private static final int UNKNOWN = 401;
    private static final int FORBIDDEN = 403;

    static NodeAnswer of(HttpResponse<String> response) {
        return new NodeAnswer(response.statusCode(), response.body());
    }

    /// Whether the node did what it was asked for.
    public boolean isGood() {
        return status / 100 == 2;
    }

    /// The body as JSON.
    ///
    /// @throws JacksonException when it is none
    public JsonNode json() {
        return Json.mapper().readTree(body);
    }

    /// Why the node refused, for whoever asked it: in its own words where it has some (RFC 9457).
    ///
    /// @param forbidden said to whoever may not do it where the node gives no detail; null for the node's title of it
    public String reason(@Nullable String forbidden) {
        if (status == UNKNOWN) {
            return "the node does not know you; say who you are with --user or --token-file";
        }
        JsonNode problem = problem();
        String title = problem.path("title").asString("the node answered " + status);
        return problem.path("detail")
                .asString(status == FORBIDDEN && forbidden != null ? forbidden : title);
    }

    /// Says why the node refused.
    ///
    /// @return the command's exit code: usage where the node could not read the request, negative else
    public int refused(CommandSpec command, String reason) {
        command.commandLine().getErr().println("kerege: " + reason);
        return status == UNREADABLE ? ExitCode.USAGE : ExitCode.NEGATIVE;
    }

    /// What stands between a node and a command may answer in HTML.
    private JsonNode problem() {
        try {
            return json();
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }
}
