package org.kerege.node.identity;

import org.jspecify.annotations.Nullable;

/// Who is at the door, as far as a request tells it.
///
/// @param address from where the request came
/// @param agent what the browser calls itself, cut to 200 characters
/// @param device secret of a browser that was let in before; null where it showed none
public record Visitor(String address, String agent, @Nullable String device) {

    private static final int LONGEST_AGENT = 200;

    public Visitor {
        agent = agent.substring(0, Math.min(agent.length(), LONGEST_AGENT));
    }
}
