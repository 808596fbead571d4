package org.kerege.node.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kerege.gate.Standing;
import org.kerege.gate.Tlp;
import org.kerege.node.agreement.AgreementRefused.Fault;
import org.kerege.stix.Json;
import org.kerege.stix.StixId;
import org.kerege.tlog.KeyType;
import org.kerege.tlog.SigningKey;
import tools.jackson.databind.node.ObjectNode;

/// What papers make of an agreement, and which are refused.
class AgreementTest {

    private static final Instant NOW = Instant.parse("2025-03-01T00:00:00Z");
    private static final StixId ALPHA = id(1);
    private static final StixId BETA = id(2);
    private static final SigningKey ALPHA_KEY = key("alpha/peer");
    private static final SigningKey BETA_KEY = key("beta/peer");

    private final Paper.Invitation invitation =
            Paper.invite(
                    ALPHA_KEY,
                    party("Alpha", ALPHA, ALPHA_KEY),
                    "Beta",
                    terms(),
                    NOW.plus(Duration.ofDays(30)),
                    null,
                    NOW);
    private final Agreement invited = Agreement.begin(ALPHA, invitation);
    private final Paper.Acceptance acceptance =
            Paper.accept(BETA_KEY, party("Beta", BETA, BETA_KEY), invitation, null, NOW);
    private final Agreement accepted = invited.after(acceptance, null, NOW);

    private static StixId id(int number) {
        return StixId.parse("identity--00000000-0000-4000-8000-%012d".formatted(number));
    }

    private static SigningKey key(String name) {
        return SigningKey.generate(name, KeyType.LOG, new SecureRandom());
    }

    private static Party party(String name, StixId identity, SigningKey key) {
        return new Party(name, identity, key.verifier(), null, null, List.of("all"));
    }

    private static Terms terms() {
        return new Terms(Standing.PARTNER, Tlp.GREEN, "warnings", NOW, null);
    }

    private static Fault faultOf(Runnable deed) {
        return Objects.requireNonNull(
                        org.assertj.core.api.Assertions.catchThrowableOfType(
                                AgreementRefused.class, deed::run))
                .fault();
    }

    private Paper.Change change(SigningKey key, StixId author, Paper.Deed deed, Instant at) {
        return Paper.change(key, author, invitation.agreement(), deed, at, "for a reason", NOW);
    }

    @Test
    void is_in_force_once_the_other_side_has_accepted() {
        assertThat(invited.stateAt(NOW)).isEqualTo(Agreement.State.INVITED);
        assertThat(accepted.stateAt(NOW)).isEqualTo(Agreement.State.IN_FORCE);
        assertThat(accepted.stateAt(NOW.minusSeconds(1))).isEqualTo(Agreement.State.PLANNED);
        assertThat(accepted.other()).isEqualTo("Beta");
    }

    @Test
    void is_over_at_the_instant_at_which_a_side_ends_it() {
        Instant end = NOW.plusSeconds(60);
        Agreement ended = accepted.after(change(BETA_KEY, BETA, Paper.Deed.END, end), null, NOW);

        assertThat(ended.stateAt(end.minusMillis(1))).isEqualTo(Agreement.State.IN_FORCE);
        assertThat(ended.stateAt(end)).isEqualTo(Agreement.State.ENDED);
        assertThat(ended.reasonAt(end)).isEqualTo("for a reason");
        assertThat(ended.nextChange(NOW)).isEqualTo(end);
    }

    @Test
    void is_resumed_only_by_whoever_suspended_it() {
        Agreement suspended =
                accepted.after(change(ALPHA_KEY, ALPHA, Paper.Deed.SUSPEND, NOW), null, NOW);

        assertThat(suspended.stateAt(NOW)).isEqualTo(Agreement.State.SUSPENDED);
        assertThat(
                        faultOf(() ->
                                suspended.after(
                                        change(BETA_KEY, BETA, Paper.Deed.RESUME, NOW), null, NOW)))
                .isEqualTo(Fault.OUT_OF_TURN);
        assertThat(
                        suspended
                                .after(change(ALPHA_KEY, ALPHA, Paper.Deed.RESUME, NOW), null, NOW)
                                .stateAt(NOW))
                .isEqualTo(Agreement.State.IN_FORCE);
    }

    @Test
    void an_acceptance_by_another_organisation_is_refused() {
        SigningKey gammaKey = key("gamma/peer");
        Paper.Acceptance stranger =
                Paper.accept(gammaKey, party("Gamma", id(3), gammaKey), invitation, null, NOW);

        assertThat(faultOf(() -> invited.after(stranger, null, NOW))).isEqualTo(Fault.NOT_FOR_US);
    }

    @Test
    void an_acceptance_is_taken_until_its_last_day_and_not_on_it() {
        Instant last = invitation.answerBy();

        assertThat(invited.after(acceptance, null, last.minusMillis(1)).acceptance()).isNotNull();
        assertThat(faultOf(() -> invited.after(acceptance, null, last))).isEqualTo(Fault.EXPIRED);
    }

    @Test
    void a_paper_that_comes_twice_is_refused_as_replayed() {
        assertThat(faultOf(() -> accepted.after(acceptance, null, NOW))).isEqualTo(Fault.REPLAYED);
        assertThat(faultOf(() -> accepted.after(invitation, null, NOW))).isEqualTo(Fault.REPLAYED);
    }

    @Test
    void a_paper_that_was_altered_is_refused_as_forged() {
        ObjectNode altered = invitation.source().json().deepCopy();
        altered.put("ceiling", "TLP:RED");
        Paper.Invitation other =
                (Paper.Invitation) Paper.read(SignedObject.of(altered, Set.of(Paper.TYPE)));

        assertThat(faultOf(() -> Agreement.begin(BETA, other))).isEqualTo(Fault.FORGED);
    }

    @Test
    void an_end_that_the_other_sides_key_did_not_sign_is_refused() {
        assertThat(
                        faultOf(() ->
                                accepted.after(
                                        change(ALPHA_KEY, BETA, Paper.Deed.END, NOW), null, NOW)))
                .isEqualTo(Fault.FORGED);
        assertThat(
                        faultOf(() ->
                                accepted.after(
                                        change(key("gamma/peer"), id(3), Paper.Deed.END, NOW),
                                        null,
                                        NOW)))
                .isEqualTo(Fault.FORGED);
    }

    @Test
    void nothing_follows_an_end_and_nothing_reaches_back() {
        Agreement ended = accepted.after(change(BETA_KEY, BETA, Paper.Deed.END, NOW), null, NOW);

        assertThat(
                        faultOf(() ->
                                ended.after(
                                        change(ALPHA_KEY, ALPHA, Paper.Deed.SUSPEND, NOW),
                                        null,
                                        NOW)))
                .isEqualTo(Fault.OUT_OF_TURN);
        assertThat(
                        faultOf(() ->
                                accepted.after(
                                        change(
                                                BETA_KEY,
                                                BETA,
                                                Paper.Deed.END,
                                                NOW.minus(Duration.ofDays(1))),
                                        null,
                                        NOW)))
                .isEqualTo(Fault.WRONG_TIME);
    }

    @Test
    void a_new_key_signs_from_then_on_and_the_one_before_no_longer() {
        SigningKey next = key("beta/peer");
        Agreement rotated =
                accepted.after(
                        Paper.rotate(next, BETA_KEY, BETA, invitation.agreement(), NOW), null, NOW);

        assertThat(Objects.requireNonNull(rotated.otherParty()).key()).isEqualTo(next.verifier());
        assertThat(
                        faultOf(() ->
                                rotated.after(
                                        change(BETA_KEY, BETA, Paper.Deed.END, NOW), null, NOW)))
                .isEqualTo(Fault.FORGED);
        assertThat(rotated.after(change(next, BETA, Paper.Deed.END, NOW), null, NOW).stateAt(NOW))
                .isEqualTo(Agreement.State.ENDED);
    }

    @Test
    void a_lost_key_is_replaced_only_by_one_that_a_person_confirmed() {
        SigningKey next = key("beta/peer");
        Paper.Rotation lost = Paper.rotate(next, null, BETA, invitation.agreement(), NOW);

        assertThat(faultOf(() -> accepted.after(lost, null, NOW))).isEqualTo(Fault.FORGED);
        assertThat(faultOf(() -> accepted.after(lost, key("beta/peer").verifier(), NOW)))
                .isEqualTo(Fault.FORGED);
        assertThat(
                        Objects.requireNonNull(
                                        accepted.after(lost, next.verifier(), NOW).otherParty())
                                .key())
                .isEqualTo(next.verifier());
    }

    @Test
    void a_paper_of_another_form_names_property_and_rule() {
        ObjectNode wrong = Json.mapper().createObjectNode().put("type", "indicator");

        assertThatExceptionOfType(org.kerege.stix.MalformedStix.class)
                .isThrownBy(() -> SignedObject.of(wrong, Set.of(Paper.TYPE)))
                .satisfies(why -> assertThat(why.pointer()).isEqualTo("/type"));
    }
}
