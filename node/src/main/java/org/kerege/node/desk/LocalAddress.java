package org.kerege.node.desk;

import java.util.regex.Pattern;

/// An address of this node that a browser gave back, such as the page to return to.
final class LocalAddress {

    /// A path and its query in plain characters. A second slash at the start would name another host, and browsers read
    /// a backslash as a slash.
    private static final Pattern FORM =
            Pattern.compile("/(?![/\\\\])[A-Za-z0-9/._~%?&=+:,;@!$'()*-]{0,2000}");

    private LocalAddress() {}

    /// The address when it is one of this node, `/` otherwise.
    static String of(String given) {
        return FORM.matcher(given).matches() ? given : "/";
    }
}
