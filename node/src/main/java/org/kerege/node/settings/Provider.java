package org.kerege.node.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An organisation's own sign-in, as `kerege.yaml` declares it under `sign-in.providers`. What it says of a person counts
/// as far as it is mapped here, and nothing else does.
///
/// @param name in addresses and names of accounts: lower case letters, digits and hyphens
/// @param title on the page of sign-in
/// @param issuer of its tokens; its configuration is found below it (OpenID Connect Discovery 1.0)
/// @param clientId as which the node is known there
/// @param secret file with the node's password there
/// @param nameClaim claim that names accounts
/// @param organisation whose everybody is; null where a claim tells it
/// @param organisationClaim claim that tells whose somebody is; null where all are of one
/// @param organisations of this alliance, by the value of that claim
/// @param rolesClaim claim with the groups somebody is in
/// @param roles of this node, by group
public record Provider(
        String name,
        String title,
        URI issuer,
        String clientId,
        Path secret,
        String nameClaim,
        @Nullable String organisation,
        @Nullable String organisationClaim,
        Map<String, String> organisations,
        String rolesClaim,
        Map<String, String> roles) {

    private static final int MOST = 50;
    private static final Set<String> KEYS =
            Set.of(
                    "title",
                    "issuer",
                    "client-id",
                    "client-secret-file",
                    "name-claim",
                    "organisation",
                    "organisation-claim",
                    "organisations",
                    "roles-claim",
                    "roles");

    public Provider {
        organisations = Map.copyOf(organisations);
        roles = Map.copyOf(roles);
    }

    /// Reads what stands under `sign-in.providers`: a name for each, with its keys.
    ///
    /// @param folder from which files are seen
    /// @throws IllegalArgumentException when a key is missing, unknown or of the wrong kind
    static List<Provider> read(@Nullable Object declared, Path folder) {
        List<Provider> providers = new ArrayList<>();
        if (declared == null) {
            return providers;
        }
        if (!(declared instanceof Map<?, ?> map) || map.size() > MOST) {
            throw new IllegalArgumentException(
                    "kerege.yaml: 'sign-in.providers' lists up to "
                            + MOST
                            + " providers, each by a name");
        }
        map.forEach((name, keys) -> {
            if (!(keys instanceof Map<?, ?> given)) {
                throw wrong(name, "has keys such as 'issuer' and 'roles'");
            }
            providers.add(read(String.valueOf(name), given, folder));
        });
        return providers;
    }

    private static Provider read(String name, Map<?, ?> given, Path folder) {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
            throw wrong(name, "is named by up to 40 lower case letters, digits and hyphens");
        }
        for (Object key : given.keySet()) {
            if (!KEYS.contains(String.valueOf(key))) {
                throw wrong(name, "has no key '" + key + "'; the keys are " + KEYS);
            }
        }
        String organisation = text(given, "organisation", "");
        String claim = text(given, "organisation-claim", "");
        Map<String, String> organisations = texts(name, given, "organisations");
        if (organisation.isEmpty() == claim.isEmpty()
                || claim.isEmpty() != organisations.isEmpty()) {
            throw wrong(
                    name,
                    "has either 'organisation', or 'organisation-claim' with 'organisations'");
        }
        Map<String, String> roles = texts(name, given, "roles");
        if (roles.isEmpty()) {
            throw wrong(
                    name, "needs 'roles': which group has which role; without it nobody gets in");
        }
        return new Provider(
                name,
                text(given, "title", name),
                issuer(name, required(name, given, "issuer")),
                required(name, given, "client-id"),
                folder.resolve(required(name, given, "client-secret-file")),
                text(given, "name-claim", "preferred_username"),
                organisation.isEmpty() ? null : organisation,
                claim.isEmpty() ? null : claim,
                organisations,
                text(given, "roles-claim", "groups"),
                roles);
    }

    /// Passwords and tokens of people go there: by HTTPS, or on this machine.
    private static URI issuer(String name, String text) {
        if (!text.matches("https://[^/?#@\\s]+(/[^?#\\s]*)?")
                && !text.matches("http://(localhost|127\\.0\\.0\\.1)(:[0-9]+)?(/[^?#\\s]*)?")) {
            throw wrong(name, "has an 'issuer' that begins with https://, not " + text);
        }
        return URI.create(text);
    }

    private static Map<String, String> texts(String name, Map<?, ?> given, String key) {
        Object value = given.get(key);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(name, "has '" + key + "' as a list of names, each with what it stands for");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        map.forEach((from, to) -> texts.put(String.valueOf(from), String.valueOf(to)));
        return texts;
    }

    private static String required(String name, Map<?, ?> given, String key) {
        String value = text(given, key, "");
        if (value.isEmpty()) {
            throw wrong(name, "needs '" + key + "'");
        }
        return value;
    }

    private static String text(Map<?, ?> given, String key, String otherwise) {
        Object value = given.get(key);
        return value == null ? otherwise : String.valueOf(value);
    }

    private static IllegalArgumentException wrong(@Nullable Object name, String rule) {
        return new IllegalArgumentException("kerege.yaml: provider '" + name + "' " + rule);
    }
}
