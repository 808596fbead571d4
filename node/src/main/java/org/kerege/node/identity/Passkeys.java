package org.kerege.node.identity;

import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.verifier.exception.VerificationException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.Json;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.web.webauthn.api.AttestationConveyancePreference;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialDescriptor;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialParameters;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.JdbcPublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.JdbcUserCredentialRepository;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Passkeys of accounts: made, named, shown to the node, taken away. Each asks its holder for a finger, a face or a
/// number of its own, so it stands for two factors. Source: W3C Web Authentication Level 3 §7.1 and §7.2, whose steps
/// the library takes.
public final class Passkeys {

    /// More than one account needs; bounds what a page lists and a browser is told.
    public static final int MOST = 20;

    private static final int LONGEST_ANSWER = 64 << 10;
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new WebauthnJacksonModule()).build();

    private final JdbcPublicKeyCredentialUserEntityRepository holders;
    private final JdbcUserCredentialRepository credentials;
    private final Challenges challenges;

    Passkeys(JdbcOperations database, Clock clock) {
        this.holders = new JdbcPublicKeyCredentialUserEntityRepository(database);
        this.credentials = new JdbcUserCredentialRepository(database);
        this.challenges = new Challenges(clock);
    }

    /// A passkey as its holder sees it.
    ///
    /// @param id names it, in base64url
    public record Passkey(String id, String label, Instant made, Instant lastUsed) {}

    /// Passkeys of an account, oldest first.
    public List<Passkey> of(String account) {
        return records(account).stream()
                .map(record ->
                        new Passkey(
                                record.getCredentialId().toBase64UrlString(),
                                record.getLabel() == null ? "" : record.getLabel(),
                                record.getCreated(),
                                record.getLastUsed()))
                .sorted(Comparator.comparing(Passkey::made))
                .toList();
    }

    /// What a browser is asked so that it makes a passkey, as JSON of the standard.
    ///
    /// @param purpose the answer is good for this alone
    public String asksForNew(WebAddress here, String account, String purpose) {
        return JSON.writeValueAsString(
                creation(here, holder(account), new Bytes(challenges.make(purpose))));
    }

    /// What a browser is asked so that it shows a passkey, as JSON of the standard.
    ///
    /// @param account whose; null for whoever has one
    public String asks(WebAddress here, @Nullable String account, String purpose) {
        return JSON.writeValueAsString(request(here, account, new Bytes(challenges.make(purpose))));
    }

    /// Keeps a passkey that a browser made.
    ///
    /// @return whether it was made for this node, this account and this purpose, and there was room
    public boolean keep(
            WebAddress here, String account, String purpose, String label, String answer) {
        if (records(account).size() >= MOST) {
            return false;
        }
        return read(
                        answer,
                        new TypeReference<
                                PublicKeyCredential<AuthenticatorAttestationResponse>>() {})
                .filter(made -> {
                    Bytes challenge = challenge(made.getResponse());
                    return challenges.isOpen(challenge.getBytes(), purpose)
                            && verified(() ->
                                    library(here)
                                            .registerCredential(
                                                    new ImmutableRelyingPartyRegistrationRequest(
                                                            creation(
                                                                    here,
                                                                    holder(account),
                                                                    challenge),
                                                            new RelyingPartyPublicKey(
                                                                    made, label))))
                            && challenges.answer(challenge.getBytes());
                })
                .isPresent();
    }

    /// The account that a shown passkey proves.
    ///
    /// @param account whose it has to be; null for anybody's
    /// @return empty when it proves none
    public Optional<String> proved(
            WebAddress here, @Nullable String account, String purpose, String answer) {
        return read(
                        answer,
                        new TypeReference<PublicKeyCredential<AuthenticatorAssertionResponse>>() {})
                .flatMap(shown -> {
                    Bytes challenge = challenge(shown.getResponse());
                    if (!challenges.isOpen(challenge.getBytes(), purpose)) {
                        return Optional.empty();
                    }
                    PublicKeyCredentialUserEntity[] holder = new PublicKeyCredentialUserEntity[1];
                    boolean right =
                            verified(() ->
                                    holder[0] =
                                            library(here)
                                                    .authenticate(
                                                            new RelyingPartyAuthenticationRequest(
                                                                    request(
                                                                            here, account,
                                                                            challenge),
                                                                    shown)));
                    return right
                                    && (account == null || account.equals(holder[0].getName()))
                                    && challenges.answer(challenge.getBytes())
                            ? Optional.of(holder[0].getName())
                            : Optional.empty();
                });
    }

    /// Gives a passkey of an account another name.
    public boolean rename(String account, String id, String label) {
        Optional<CredentialRecord> known = find(account, id);
        known.ifPresent(record ->
                credentials.save(
                        ImmutableCredentialRecord.fromCredentialRecord(record)
                                .label(label)
                                .build()));
        return known.isPresent();
    }

    /// Takes a passkey of an account away.
    public boolean remove(String account, String id) {
        Optional<CredentialRecord> known = find(account, id);
        known.ifPresent(record -> credentials.delete(record.getCredentialId()));
        return known.isPresent();
    }

    private Optional<CredentialRecord> find(String account, String id) {
        return records(account).stream()
                .filter(record -> record.getCredentialId().toBase64UrlString().equals(id))
                .findFirst();
    }

    private List<CredentialRecord> records(String account) {
        PublicKeyCredentialUserEntity holder = holders.findByUsername(account);
        return holder == null ? List.of() : credentials.findByUserId(holder.getId());
    }

    private PublicKeyCredentialUserEntity holder(String account) {
        PublicKeyCredentialUserEntity known = holders.findByUsername(account);
        if (known != null) {
            return known;
        }
        PublicKeyCredentialUserEntity fresh =
                ImmutablePublicKeyCredentialUserEntity.builder()
                        .name(account)
                        .id(Bytes.random())
                        .displayName(account)
                        .build();
        holders.save(fresh);
        return fresh;
    }

    private PublicKeyCredentialCreationOptions creation(
            WebAddress here, PublicKeyCredentialUserEntity holder, Bytes challenge) {
        return PublicKeyCredentialCreationOptions.builder()
                .attestation(AttestationConveyancePreference.NONE)
                .pubKeyCredParams(
                        PublicKeyCredentialParameters.EdDSA,
                        PublicKeyCredentialParameters.ES256,
                        PublicKeyCredentialParameters.RS256)
                .authenticatorSelection(
                        AuthenticatorSelectionCriteria.builder()
                                .userVerification(UserVerificationRequirement.REQUIRED)
                                .residentKey(ResidentKeyRequirement.REQUIRED)
                                .build())
                .challenge(challenge)
                .timeout(TIMEOUT)
                .user(holder)
                .rp(site(here))
                .excludeCredentials(descriptors(credentials.findByUserId(holder.getId())))
                .build();
    }

    private PublicKeyCredentialRequestOptions request(
            WebAddress here, @Nullable String account, Bytes challenge) {
        return PublicKeyCredentialRequestOptions.builder()
                .allowCredentials(account == null ? List.of() : descriptors(records(account)))
                .challenge(challenge)
                .rpId(here.host())
                .timeout(TIMEOUT)
                .userVerification(UserVerificationRequirement.REQUIRED)
                .build();
    }

    private static List<PublicKeyCredentialDescriptor> descriptors(List<CredentialRecord> records) {
        List<PublicKeyCredentialDescriptor> descriptors = new ArrayList<>();
        for (CredentialRecord record : records) {
            descriptors.add(
                    PublicKeyCredentialDescriptor.builder()
                            .id(record.getCredentialId())
                            .transports(record.getTransports())
                            .build());
        }
        return descriptors;
    }

    private Webauthn4JRelyingPartyOperations library(WebAddress here) {
        return new Webauthn4JRelyingPartyOperations(
                holders, credentials, site(here), Set.of(here.origin()));
    }

    private static PublicKeyCredentialRpEntity site(WebAddress here) {
        return PublicKeyCredentialRpEntity.builder().id(here.host()).name("Kerege").build();
    }

    /// The challenge that an answer names; whether it is one of ours is asked afterwards.
    private static Bytes challenge(AuthenticatorResponse response) {
        try {
            JsonNode said = Json.mapper().readTree(response.getClientDataJSON().getBytes());
            return Bytes.fromBase64(said.path("challenge").asString(""));
        } catch (JacksonException | IllegalArgumentException e) {
            return new Bytes(new byte[0]);
        }
    }

    private static <T> Optional<T> read(String answer, TypeReference<T> type) {
        if (answer.length() > LONGEST_ANSWER) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readValue(answer, type));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private interface Step {
        Object take();
    }

    /// Whether the library found nothing wrong. It says so by exceptions of these kinds.
    private static boolean verified(Step step) {
        try {
            step.take();
            return true;
        } catch (VerificationException | DataConversionException | IllegalArgumentException e) {
            return false;
        }
    }
}
