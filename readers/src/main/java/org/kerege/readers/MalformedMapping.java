package org.kerege.readers;

/// A mapping file that cannot be used; the message names the file, the line and the rule.
public final class MalformedMapping extends IllegalArgumentException {

    MalformedMapping(String file, int line, String why) {
        super(file + ", line " + line + ": " + why);
    }
}
