package org.kerege.node.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Role;

/// What every page has around its content.
///
/// @param caller who is signed in, null for nobody
/// @param node address of the node as the browser knows it, without a path
/// @param path of the page, for the mark in the navigation
/// @param more entries of the navigation that capabilities add
/// @param address to return to from the choice of language: the page with its filters
/// @param assets the address of each file of style and script by its name
public record Frame(
        Words words,
        String organisation,
        @Nullable Caller caller,
        String csrf,
        String node,
        String path,
        List<Place> more,
        String address,
        UnaryOperator<String> assets) {

    /// An entry of the navigation.
    ///
    /// @param key of its text
    public record Place(String address, String key) {}

    public List<String> languages() {
        return Words.LANGUAGES;
    }

    /// A language's name in itself.
    public String nameOf(String language) {
        Locale locale = Locale.of(language);
        return locale.getDisplayLanguage(locale);
    }

    public boolean signedIn() {
        return caller != null;
    }

    public String account() {
        return caller == null ? "" : Shown.text(caller.account());
    }

    public String asset(String name) {
        return assets.apply(name);
    }

    /// Where whoever is signed in can go.
    public List<Place> places() {
        List<Place> places = new ArrayList<>();
        places.add(new Place("/", "home"));
        if (is(Role.READER)) {
            places.add(new Place("/desk/exchange", "exchange"));
            places.add(new Place("/desk/sightings", "sightings"));
            places.add(new Place("/desk/matrix", "matrix"));
            places.add(new Place("/desk/releases", "releases"));
        }
        if (is(Role.PUBLISHER)) {
            places.add(new Place("/desk/publish", "publish"));
        }
        places.addAll(more);
        if (is(Role.ADMINISTRATOR)) {
            places.add(new Place("/desk/administration", "administration"));
        }
        if (is(Role.AUDITOR) || is(Role.ADMINISTRATOR)) {
            places.add(new Place("/desk/audit", "audit"));
        }
        return places;
    }

    /// `page` for the entry of the navigation that the page belongs to.
    public String current(String entry) {
        return (entry.equals("/") ? path.equals(entry) : path.startsWith(entry)) ? "page" : "false";
    }

    public boolean is(Role role) {
        return caller != null && caller.is(role);
    }
}
