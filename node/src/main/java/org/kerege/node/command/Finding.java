package org.kerege.node.command;

import org.jspecify.annotations.Nullable;

/// What was found of one thing that a node stands on.
///
/// @param mend what to do; null when nothing is wrong
record Finding(String what, String found, @Nullable String mend) {

    static Finding fine(String what, String found) {
        return new Finding(what, found, null);
    }

    static Finding wrong(String what, String found, String mend) {
        return new Finding(what, found, mend);
    }

    boolean fine() {
        return mend == null;
    }

    /// In one line, or in two with how to mend it.
    String said() {
        return mend == null
                ? "fine   " + what + ": " + found
                : "WRONG  " + what + ": " + found + System.lineSeparator() + "       mend: " + mend;
    }
}
