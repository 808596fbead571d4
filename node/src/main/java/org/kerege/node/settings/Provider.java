package org.kerege.node.settings;

import java.net.URI;
import java.nio.file.Path;
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

    private static final Declared.Form FORM =
            new Declared.Form(
                    "sign-in.providers",
                    "provider",
                    50,
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
                            "roles"),
                    "has keys such as 'issuer' and 'roles'");

    public Provider {
        organisations = Map.copyOf(organisations);
        roles = Map.copyOf(roles);
    }

    /// Reads what stands under `sign-in.providers`: a name for each, with its keys.
    ///
    /// @param folder from which files are seen
    /// @throws IllegalArgumentException when a key is missing, unknown or of the wrong kind
    static List<Provider> read(@Nullable Object declared, Path folder) {
        return FORM.read(declared, one -> read(one, folder));
    }

    private static Provider read(Declared given, Path folder) {
        String organisation = given.text("organisation", "");
        String claim = given.text("organisation-claim", "");
        Map<String, String> organisations = texts(given, "organisations");
        if (organisation.isEmpty() == claim.isEmpty()
                || claim.isEmpty() != organisations.isEmpty()) {
            throw given.wrong(
                    "has either 'organisation', or 'organisation-claim' with 'organisations'");
        }
        Map<String, String> roles = texts(given, "roles");
        if (roles.isEmpty()) {
            throw given.wrong(
                    "needs 'roles': which group has which role; without it nobody gets in");
        }
        return new Provider(
                given.name(),
                given.text("title", given.name()),
                issuer(given, required(given, "issuer")),
                required(given, "client-id"),
                folder.resolve(required(given, "client-secret-file")),
                given.text("name-claim", "preferred_username"),
                organisation.isEmpty() ? null : organisation,
                claim.isEmpty() ? null : claim,
                organisations,
                given.text("roles-claim", "groups"),
                roles);
    }

    /// Passwords and tokens of people go there: by HTTPS, or on this machine.
    private static URI issuer(Declared given, String text) {
        if (!text.matches("https://[^/?#@\\s]+(/[^?#\\s]*)?")
                && !text.matches("http://(localhost|127\\.0\\.0\\.1)(:[0-9]+)?(/[^?#\\s]*)?")) {
            throw given.wrong("has an 'issuer' that begins with https://, not " + text);
        }
        return URI.create(text);
    }

    private static Map<String, String> texts(Declared given, String key) {
        Object value = given.value(key);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw given.wrong("has '" + key + "' as a list of names, each with what it stands for");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        map.forEach((from, to) -> texts.put(String.valueOf(from), String.valueOf(to)));
        return texts;
    }

    private static String required(Declared given, String key) {
        String value = given.text(key, "");
        if (value.isEmpty()) {
            throw given.wrong("needs '" + key + "'");
        }
        return value;
    }
}
