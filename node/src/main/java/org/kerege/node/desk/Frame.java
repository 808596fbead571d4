package org.kerege.node.desk;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Role;

/// What every page has around its content.
///
/// @param caller who is signed in, null for nobody
/// @param path of the page, for the mark in the navigation
/// @param style address of the style's file
/// @param script address of the script's file
public record Frame(
        Words words,
        String organisation,
        @Nullable Caller caller,
        String csrf,
        String path,
        String style,
        String script) {

    public List<String> languages() {
        return Words.LANGUAGES;
    }

    public boolean signedIn() {
        return caller != null;
    }

    public boolean reader() {
        return caller != null && caller.is(Role.READER);
    }

    public boolean administrator() {
        return caller != null && caller.is(Role.ADMINISTRATOR);
    }

    public String account() {
        return caller == null ? "" : Shown.text(caller.account());
    }

    /// `page` for the entry of the navigation that the page belongs to.
    public String current(String entry) {
        boolean here = entry.equals("/") ? path.equals("/") : path.startsWith(entry);
        return here ? "page" : "false";
    }
}
