package org.kerege.node.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kerege.node.identity.AccountLog;
import org.kerege.node.identity.Passkeys;
import org.kerege.node.identity.Role;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/// Passkeys as a person meets them: the system's Chromium with a made-up authenticator, at the address that browsers
/// take without HTTPS.
@ExtendWith(DeskNode.Shared.class)
class PasskeyTest {

    private static final By ADD = By.cssSelector("form[data-passkey=create] button.first");
    private static final By USE = By.cssSelector("form[data-passkey=get] button");

    private final DeskNode desk;
    private Chromium browser;

    PasskeyTest(DeskNode desk) {
        assumeTrue(Chromium.isHere(), Chromium.MISSING);
        this.desk = desk;
    }

    @BeforeEach
    void fresh_profile_with_an_authenticator() {
        browser = Chromium.shared(desk.base());
        browser.forget();
        browser.openAt(desk.named() + "/sign-in");
        browser.forgetCookies();
        browser.authenticator();
    }

    @AfterEach
    void nothing_was_wrong() {
        browser.withoutAuthenticator();
        assertThat(browser.complaints()).isEmpty();
    }

    private void signIn(String account) {
        open("/sign-in");
        browser.type(By.id("account"), account);
        browser.type(By.id("password"), DeskNode.PASSWORD + Keys.ENTER);
        browser.await(By.cssSelector("nav"));
    }

    private void open(String path) {
        browser.openAt(desk.named() + path);
    }

    private void addPasskey(String label) {
        open("/desk/me");
        browser.type(By.id("passkey-label"), label);
        browser.follow(ADD);
    }

    private void leave() {
        browser.follow(By.cssSelector("form[action='/sign-out'] button"));
    }

    @Test
    void are_added_named_used_and_taken_away() {
        desk.account("keyholder", "home", Set.of(Role.READER));
        signIn("keyholder");

        addPasskey("Laptop");
        assertThat(browser.count(By.cssSelector(".columns li"))).isEqualTo(10);
        assertThat(browser.barriers()).isEmpty();
        assertThat(desk.node.part(Passkeys.class).of("keyholder"))
                .extracting(Passkeys.Passkey::label)
                .containsExactly("Laptop");

        open("/desk/me");
        browser.type(By.cssSelector("form[action$=rename] input[name=label]"), "Old laptop");
        browser.follow(By.cssSelector("form[action$=rename] button"));
        assertThat(desk.node.part(Passkeys.class).of("keyholder").getFirst().label())
                .isEqualTo("Old laptop");

        leave();
        browser.follow(USE);
        assertThat(browser.text(By.className("who"))).contains("keyholder");

        open("/desk/me");
        browser.follow(By.cssSelector("form[action='/desk/me/passkeys/remove'] button"));
        assertThat(desk.node.part(Passkeys.class).of("keyholder")).isEmpty();
        assertThat(
                        desk.node
                                .part(AccountLog.class)
                                .find(
                                        new AccountLog.Filter("keyholder", null, null, null),
                                        Long.MAX_VALUE,
                                        20))
                .extracting(event -> event.kind().name() + " " + event.detail())
                .contains("PASSKEY_ADDED Laptop", "SIGNED_IN passkey", "PASSKEY_REMOVED ");
    }

    @Test
    void are_asked_for_after_the_password() {
        desk.account("two-factors", "home", Set.of(Role.READER));
        signIn("two-factors");
        addPasskey("Key");
        leave();

        browser.type(By.id("account"), "two-factors");
        browser.type(By.id("password"), DeskNode.PASSWORD + Keys.ENTER);
        browser.await(By.id("code"));
        assertThat(browser.count(By.cssSelector("nav"))).isZero();
        assertThat(browser.barriers()).isEmpty();
        open("/desk/exchange");
        assertThat(browser.count(By.id("account"))).as("half a sign-in opens nothing").isOne();
        open("/sign-in/second");
        browser.follow(USE);

        assertThat(browser.text(By.className("who"))).contains("two-factors");
    }

    @Test
    void of_another_account_are_no_second_step() {
        desk.account("mallory", "home", Set.of(Role.READER));
        desk.account("victim", "home", Set.of(Role.READER));
        signIn("mallory");
        addPasskey("Mallory's");
        leave();
        var codes = desk.node.part(org.kerege.node.identity.Codes.class);
        String secret = codes.newSecret();
        assertThat(codes.keep("victim", secret, Authenticator.code(secret, 0))).isTrue();

        browser.type(By.id("account"), "victim");
        browser.type(By.id("password"), DeskNode.PASSWORD + Keys.ENTER);
        browser.await(By.id("code"));
        browser.follow(USE);

        assertThat(browser.text(By.cssSelector("main > .problem"))).isNotEmpty();
        assertThat(browser.count(By.cssSelector("nav"))).isZero();
        // The page's own status is an error of the console.
        assertThat(browser.complaints()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void prove_again_before_what_matters() {
        desk.account("careful", "home", Set.of(Role.READER));
        signIn("careful");
        addPasskey("Key");
        desk.age("careful");

        open("/desk/me");
        browser.type(By.id("token-label"), "Scanner");
        browser.follow(By.xpath("//form[@action='/desk/me/tokens']//button"));
        assertThat(browser.text(By.tagName("h1"))).isEqualTo("Is it still you?");
        assertThat(browser.barriers()).isEmpty();
        browser.complaints();
        browser.follow(USE);

        assertThat(browser.text(By.id("made"))).startsWith("kerege_");
    }

    @Test
    void are_offered_at_their_own_address_alone() {
        browser.openAt(desk.base() + "/sign-in");

        assertThat(browser.count(USE)).isZero();
        assertThat(browser.text(By.tagName("main"))).contains(desk.named());
        assertThat(List.of(desk.named())).noneMatch(desk.base()::equals);
    }
}
