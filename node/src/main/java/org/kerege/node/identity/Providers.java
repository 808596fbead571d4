package org.kerege.node.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerege.node.settings.Provider;
import org.kerege.stix.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Sign-in at the organisations' own providers: OpenID Connect with the code flow, PKCE and a nonce; the library asks for the
/// tokens and verifies them. Whose somebody is and what it may do stands in the settings for each value of a claim; without a
/// role nobody gets in. What is under way lies sealed in the browser, not in the node.
public final class Providers {

    /// How long a sign-in may take there.
    private static final Duration LIFE = Duration.ofMinutes(10);

    private static final int LONGEST_SEALED = 3_000;
    private static final Logger LOG = LoggerFactory.getLogger(Providers.class);
    private static final Pattern NAME = Pattern.compile("[^:\\p{Cntrl}\\p{Cf}]{1,60}");
    private static final String PLACE = "provider";

    private final List<Provider> providers;
    private final Map<String, ClientRegistration> known = new ConcurrentHashMap<>();
    private final OidcAuthorizationCodeAuthenticationProvider library =
            new OidcAuthorizationCodeAuthenticationProvider(
                    new RestClientAuthorizationCodeTokenResponseClient(), new OidcUserService());
    private final Seal seal = new Seal(Secrets.random(32));
    private final JdbcClient database;
    private final Identity identity;
    private final Entrance entrance;
    private final AccountLog log;
    private final Clock clock;

    Providers(
            List<Provider> providers,
            JdbcClient database,
            Identity identity,
            Entrance entrance,
            AccountLog log,
            Clock clock) {
        this.providers = List.copyOf(providers);
        this.database = database;
        this.identity = identity;
        this.entrance = entrance;
        this.log = log;
        this.clock = clock;
        for (Provider provider : providers) {
            provider.roles().values().forEach(role -> role(provider, role));
        }
    }

    private static Role role(Provider provider, String name) {
        try {
            return Role.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "kerege.yaml: provider '" + provider.name() + "' has no role '" + name + "'",
                    e);
        }
    }

    /// Those that the page of sign-in offers.
    public List<Provider> list() {
        return providers;
    }

    public boolean has(String name) {
        return find(name).isPresent();
    }

    /// A sign-in that begins.
    ///
    /// @param address to which the browser goes
    /// @param sealed what the browser keeps until it comes back
    public record Begun(String address, String sealed) {}

    /// Begins a sign-in; empty when there is no such provider or it cannot be reached.
    ///
    /// @param back address of this node to which the provider sends the browser
    public Optional<Begun> begin(String name, String back) {
        return registration(name)
                .map(registration -> {
                    UnderWay fresh =
                            new UnderWay(
                                    name,
                                    Secrets.make(),
                                    Secrets.make(),
                                    Secrets.make(),
                                    clock.instant().plus(LIFE).getEpochSecond());
                    return new Begun(
                            fresh.request(registration, back).getAuthorizationRequestUri(),
                            Base64.getUrlEncoder()
                                    .withoutPadding()
                                    .encodeToString(
                                            seal.close(
                                                    PLACE,
                                                    Json.mapper()
                                                            .writeValueAsString(fresh)
                                                            .getBytes(StandardCharsets.UTF_8))));
                });
    }

    /// Ends a sign-in with what the provider sent the browser back with.
    ///
    /// @param sealed what the browser kept
    /// @param back as at the beginning
    public Entrance.Outcome end(
            String name, String sealed, String state, String code, String back, Visitor visitor) {
        Optional<String> account =
                underWay(sealed)
                        .filter(begun -> begun.provider().equals(name))
                        .filter(begun -> Secrets.equal(begun.state(), state))
                        .flatMap(begun -> proved(begun, code, back))
                        .flatMap(user -> account(provider(name), user));
        if (account.isEmpty()) {
            log.noteFailure(AccountLog.Kind.SIGN_IN_FAILED, "", visitor.address());
            return new Entrance.Outcome.Refused();
        }
        return entrance.vouched(account.get(), "provider", visitor);
    }

    private Optional<OidcUser> proved(UnderWay begun, String code, String back) {
        return registration(begun.provider())
                .flatMap(registration -> {
                    OAuth2AuthorizationExchange exchange =
                            new OAuth2AuthorizationExchange(
                                    begun.request(registration, back),
                                    OAuth2AuthorizationResponse.success(code)
                                            .state(begun.state())
                                            .redirectUri(back)
                                            .build());
                    try {
                        Authentication proof =
                                library.authenticate(
                                        new OAuth2LoginAuthenticationToken(registration, exchange));
                        return proof != null && proof.getPrincipal() instanceof OidcUser user
                                ? Optional.of(user)
                                : Optional.empty();
                    } catch (AuthenticationException | IllegalArgumentException e) {
                        LOG.warn(
                                "event=provider_refused provider={} reason={}",
                                begun.provider(),
                                e.getClass().getSimpleName());
                        return Optional.empty();
                    }
                });
    }

    /// The account of a person, made or brought up to what the provider says now. A name that another account has, or
    /// another person of the provider, is not given away.
    private Optional<String> account(Provider provider, OidcUser user) {
        Set<Role> roles = roles(provider, user);
        Optional<String> organisation = organisation(provider, user);
        String claimed = user.getClaimAsString(provider.nameClaim());
        String subject = user.getSubject();
        if (roles.isEmpty()
                || organisation.isEmpty()
                || claimed == null
                || subject == null
                || !NAME.matcher(claimed).matches()) {
            return Optional.empty();
        }
        Optional<String> bound =
                database.sql(
                                "select account from provider_account where provider = ? and subject = ?")
                        .params(provider.name(), subject)
                        .query(String.class)
                        .optional();
        String account = bound.orElse(claimed + "@" + provider.name());
        if (bound.isEmpty() && identity.account(account).isPresent()) {
            return Optional.empty();
        }
        identity.putAccount(account, organisation.get(), roles, null);
        if (bound.isEmpty()) {
            database.sql(
                            "insert into provider_account (provider, subject, account) values (?, ?, ?)")
                    .params(provider.name(), subject, account)
                    .update();
            log.note(AccountLog.Kind.ACCOUNT_ADDED, account, "", "", provider.name());
        }
        return Optional.of(account);
    }

    private static Set<Role> roles(Provider provider, OidcUser user) {
        Set<Role> roles = new HashSet<>();
        Object groups = user.getClaims().get(provider.rolesClaim());
        Collection<?> values =
                groups instanceof Collection<?> many
                        ? many
                        : groups == null ? List.of() : List.of(groups);
        for (Object group : values) {
            String role = provider.roles().get(String.valueOf(group));
            if (role != null) {
                roles.add(role(provider, role));
            }
        }
        return roles;
    }

    private static Optional<String> organisation(Provider provider, OidcUser user) {
        String claim = provider.organisationClaim();
        return claim == null
                ? Optional.ofNullable(provider.organisation())
                : Optional.ofNullable(user.getClaimAsString(claim))
                        .map(provider.organisations()::get);
    }

    private Provider provider(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("no provider " + name));
    }

    private Optional<Provider> find(String name) {
        return providers.stream().filter(provider -> provider.name().equals(name)).findFirst();
    }

    /// The provider's configuration, asked for when it is needed first: a node starts while a provider is down.
    private Optional<ClientRegistration> registration(String name) {
        ClientRegistration before = known.get(name);
        if (before != null) {
            return Optional.of(before);
        }
        return find(name).map(this::configuration);
    }

    private @Nullable ClientRegistration configuration(Provider provider) {
        try {
            ClientRegistration found =
                    ClientRegistrations.fromIssuerLocation(provider.issuer().toString())
                            .registrationId(provider.name())
                            .clientId(provider.clientId())
                            .clientSecret(Files.readString(provider.secret()).strip())
                            .scope("openid", "profile")
                            .redirectUri("{baseUrl}")
                            .build();
            known.put(provider.name(), found);
            return found;
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "event=provider_unreachable provider={} reason={}",
                    provider.name(),
                    e.getClass().getSimpleName());
            return null;
        }
    }

    private Optional<UnderWay> underWay(String sealed) {
        if (sealed.length() > LONGEST_SEALED) {
            return Optional.empty();
        }
        try {
            return seal.open(PLACE, Base64.getUrlDecoder().decode(sealed))
                    .map(bytes -> UnderWay.of(Json.mapper().readTree(bytes)))
                    .filter(begun ->
                            clock.instant().isBefore(Instant.ofEpochSecond(begun.until())));
        } catch (IllegalArgumentException | JacksonException e) {
            return Optional.empty();
        }
    }

    /// A sign-in that has begun.
    ///
    /// @param state brings answer and browser together
    /// @param nonce stands hashed in the token that is made for it
    /// @param verifier proves that the code came to whoever asked for it. Source: RFC 7636
    /// @param until second after which it is too late
    record UnderWay(String provider, String state, String nonce, String verifier, long until) {

        static UnderWay of(JsonNode json) {
            return new UnderWay(
                    json.path("provider").asString(""),
                    json.path("state").asString(""),
                    json.path("nonce").asString(""),
                    json.path("verifier").asString(""),
                    json.path("until").asLong(0));
        }

        OAuth2AuthorizationRequest request(ClientRegistration registration, String back) {
            return OAuth2AuthorizationRequest.authorizationCode()
                    .authorizationUri(
                            Objects.requireNonNull(
                                    registration.getProviderDetails().getAuthorizationUri(),
                                    "every provider's configuration names it"))
                    .clientId(registration.getClientId())
                    .redirectUri(back)
                    .scopes(registration.getScopes())
                    .state(state)
                    .attributes(
                            Map.of(
                                    OAuth2ParameterNames.REGISTRATION_ID,
                                    registration.getRegistrationId(),
                                    OidcParameterNames.NONCE,
                                    nonce,
                                    PkceParameterNames.CODE_VERIFIER,
                                    verifier))
                    .additionalParameters(
                            Map.of(
                                    OidcParameterNames.NONCE,
                                    hashed(nonce),
                                    PkceParameterNames.CODE_CHALLENGE,
                                    hashed(verifier),
                                    PkceParameterNames.CODE_CHALLENGE_METHOD,
                                    "S256"))
                    .build();
        }

        private static String hashed(String secret) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.hash(secret));
        }
    }
}
