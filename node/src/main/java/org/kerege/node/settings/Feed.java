package org.kerege.node.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A foreign collection that is read or written again and again, as `kerege.yaml` declares it under `feeds`.
///
/// @param name how this node calls it: lower case letters, digits and hyphens
/// @param direction whether it is read or written
/// @param url discovery, API root or collection of the foreign server
/// @param remote its collection, by identifier, alias or title; null where the address has one alone
/// @param local collection of this node, by identifier, alias or title
/// @param organisation whose server it is: the source of what is read, the recipient of what is written
/// @param every how long after one run the next begins
/// @param user name for Basic credentials; null for none
/// @param secret file with the user's password, or with a token where there is no user; null for nobody's requests
public record Feed(
        String name,
        Direction direction,
        URI url,
        @Nullable String remote,
        String local,
        String organisation,
        Duration every,
        @Nullable String user,
        @Nullable Path secret) {

    private static final Declared.Form FORM =
            new Declared.Form(
                    "feeds",
                    "feed",
                    100,
                    Set.of(
                            "pull",
                            "push",
                            "collection",
                            "local",
                            "organisation",
                            "minutes",
                            "user",
                            "password-file",
                            "token-file"),
                    "has keys such as 'pull' and 'local'");
    private static final int LONGEST_MINUTES = 7 * 24 * 60;

    /// Which way objects go.
    public enum Direction {
        PULL,
        PUSH
    }

    /// Reads what stands under `feeds`: a name for each, with its keys.
    ///
    /// @param folder from which files are seen
    /// @throws IllegalArgumentException when a key is missing, unknown or of the wrong kind
    public static List<Feed> read(@Nullable Object declared, Path folder) {
        return FORM.read(declared, one -> read(one, folder));
    }

    private static Feed read(Declared given, Path folder) {
        String pull = given.text("pull");
        String push = given.text("push");
        if ((pull == null) == (push == null)) {
            throw given.wrong("has either 'pull' or 'push', the address of the other server");
        }
        String local = given.text("local");
        if (local == null) {
            throw given.wrong("needs 'local', the collection of this node");
        }
        String organisation = given.text("organisation");
        if (organisation == null) {
            throw given.wrong("needs 'organisation', whose server it is: the gate decides by it");
        }
        String user = given.text("user");
        String password = given.text("password-file");
        String token = given.text("token-file");
        if ((user == null) != (password == null) || (user != null && token != null)) {
            throw given.wrong("has 'user' with 'password-file', or 'token-file', or none of them");
        }
        String file = password == null ? token : password;
        return new Feed(
                given.name(),
                pull == null ? Direction.PUSH : Direction.PULL,
                address(given, pull == null ? String.valueOf(push) : pull),
                given.text("collection"),
                local,
                organisation,
                Duration.ofMinutes(minutes(given)),
                user,
                file == null ? null : folder.resolve(file));
    }

    private static URI address(Declared given, String text) {
        try {
            URI address = URI.create(text);
            if (address.getHost() != null
                    && ("https".equals(address.getScheme())
                            || "http".equals(address.getScheme()))) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "kerege.yaml: feed '" + given.name() + "' has an address that is none: " + text,
                    e);
        }
        throw given.wrong("has an address that begins with https:// or http://, not " + text);
    }

    private static int minutes(Declared given) {
        Object value = given.value("minutes");
        if (value == null) {
            return 15;
        }
        if (value instanceof Integer minutes && minutes >= 1 && minutes <= LONGEST_MINUTES) {
            return minutes;
        }
        throw given.wrong("runs every 1 to " + LONGEST_MINUTES + " 'minutes'");
    }
}
