package org.kerege.node.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private static final int MOST = 100;
    private static final Set<String> KEYS =
            Set.of(
                    "pull",
                    "push",
                    "collection",
                    "local",
                    "organisation",
                    "minutes",
                    "user",
                    "password-file",
                    "token-file");
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
        List<Feed> feeds = new ArrayList<>();
        if (declared == null) {
            return feeds;
        }
        if (!(declared instanceof Map<?, ?> map) || map.size() > MOST) {
            throw new IllegalArgumentException(
                    "kerege.yaml: 'feeds' lists up to " + MOST + " feeds, each by a name");
        }
        map.forEach((name, keys) -> {
            if (!(keys instanceof Map<?, ?> given)) {
                throw wrong(name, "has keys such as 'pull' and 'local'");
            }
            feeds.add(read(String.valueOf(name), given, folder));
        });
        return feeds;
    }

    private static Feed read(String name, Map<?, ?> given, Path folder) {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
            throw wrong(name, "is named by up to 40 lower case letters, digits and hyphens");
        }
        for (Object key : given.keySet()) {
            if (!KEYS.contains(String.valueOf(key))) {
                throw wrong(name, "has no key '" + key + "'; the keys are " + KEYS);
            }
        }
        String pull = text(given, "pull");
        String push = text(given, "push");
        if ((pull == null) == (push == null)) {
            throw wrong(name, "has either 'pull' or 'push', the address of the other server");
        }
        String local = text(given, "local");
        if (local == null) {
            throw wrong(name, "needs 'local', the collection of this node");
        }
        String organisation = text(given, "organisation");
        if (organisation == null) {
            throw wrong(name, "needs 'organisation', whose server it is: the gate decides by it");
        }
        String user = text(given, "user");
        String password = text(given, "password-file");
        String token = text(given, "token-file");
        if ((user == null) != (password == null) || (user != null && token != null)) {
            throw wrong(name, "has 'user' with 'password-file', or 'token-file', or none of them");
        }
        String file = password == null ? token : password;
        return new Feed(
                name,
                pull == null ? Direction.PUSH : Direction.PULL,
                address(name, pull == null ? String.valueOf(push) : pull),
                text(given, "collection"),
                local,
                organisation,
                Duration.ofMinutes(minutes(name, given.get("minutes"))),
                user,
                file == null ? null : folder.resolve(file));
    }

    private static URI address(String name, String text) {
        try {
            URI address = URI.create(text);
            if (address.getHost() != null
                    && ("https".equals(address.getScheme())
                            || "http".equals(address.getScheme()))) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "kerege.yaml: feed '" + name + "' has an address that is none: " + text, e);
        }
        throw wrong(name, "has an address that begins with https:// or http://, not " + text);
    }

    private static int minutes(String name, @Nullable Object given) {
        if (given == null) {
            return 15;
        }
        if (given instanceof Integer minutes && minutes >= 1 && minutes <= LONGEST_MINUTES) {
            return minutes;
        }
        throw wrong(name, "runs every 1 to " + LONGEST_MINUTES + " 'minutes'");
    }

    private static @Nullable String text(Map<?, ?> given, String key) {
        Object value = given.get(key);
        return value == null ? null : String.valueOf(value);
    }

    private static IllegalArgumentException wrong(@Nullable Object name, String rule) {
        return new IllegalArgumentException("kerege.yaml: feed '" + name + "' " + rule);
    }
}
