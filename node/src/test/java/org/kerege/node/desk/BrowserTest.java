package org.kerege.node.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/// The desk as a person meets it: the system's Chromium against the real node.
@ExtendWith(DeskNode.Shared.class)
class BrowserTest {

    private static final List<String> LANGUAGES = List.of("en", "ru", "ky");
    private static final By FIRST_FOUND =
            By.xpath("//ul[@class='entries']/li[1]//a[contains(., 'Quietfox')]");

    private final DeskNode desk;
    private Chromium browser;

    BrowserTest(DeskNode desk) {
        assumeTrue(Chromium.isHere(), Chromium.MISSING);
        this.desk = desk;
    }

    @BeforeEach
    void fresh_profile() {
        browser = Chromium.shared(desk.base());
        browser.forget();
    }

    @AfterEach
    void nothing_was_wrong_and_nothing_left_the_node() {
        if (browser != null) {
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.addressesElsewhere()).isEmpty();
        }
    }

    private void signIn(String account) {
        browser.open("/sign-in");
        browser.type(By.id("account"), account);
        browser.type(By.id("password"), DeskNode.PASSWORD + Keys.ENTER);
        browser.await(By.cssSelector("nav"));
    }

    @Test
    void leads_from_the_sign_in_to_an_object_and_its_versions() {
        signIn("anna");

        browser.follow(By.cssSelector("nav a[href='/desk/exchange']"));
        browser.type(By.id("q"), "Quietfox");
        browser.await(FIRST_FOUND);
        browser.follow(By.cssSelector("main a[href='/desk/object/" + DeskNode.INDICATOR + "']"));

        assertThat(browser.text(By.tagName("h1"))).isEqualTo("Beacon of Quietfox");
        assertThat(browser.text(By.tagName("main"))).contains("198.51.100.8", "TLP:GREEN");
        assertThat(browser.count(By.cssSelector("#versions ~ * time"))).isEqualTo(2);
    }

    @Test
    void is_worked_with_the_keyboard_alone() {
        browser.open("/sign-in");
        browser.press("reader", Keys.TAB, DeskNode.PASSWORD, Keys.ENTER);
        browser.await(By.cssSelector("nav"));

        browser.pressWith(Keys.CONTROL, "k");
        browser.await(By.cssSelector("dialog[open]"));
        browser.press("Quietfox");
        browser.await(By.cssSelector("#palette-found a"));
        browser.press(Keys.ARROW_DOWN, Keys.ENTER);
        browser.await(By.id("json"));
        browser.press("v");
        assertThat(browser.text(By.cssSelector("#json pre"))).contains("\"spec_version\"");

        browser.open("/desk/exchange");
        browser.press("?");
        browser.await(By.cssSelector("#help[open]"));
        browser.press(Keys.ESCAPE);
        browser.press("j", "j", "k", Keys.ENTER);
        browser.await(By.id("json"));
    }

    @Test
    void fits_phones_and_wide_screens_in_every_language_light_and_dark_without_barriers() {
        signIn("anna");
        List<String> findings = new ArrayList<>();
        int look = 0;
        for (String page : pages()) {
            for (String language : LANGUAGES) {
                // Every page meets every language, both widths and both lights, and over all pages
                // each with each.
                int width = look % 2 == 0 ? 360 : 1440;
                String light = look / 2 % 2 == 0 ? "dark" : "light";
                look++;
                browser.look(width, light);
                browser.language(language);
                browser.open(page);
                String name = page + " " + width + " " + language + " " + light;
                assertThat(browser.value("document.documentElement.lang")).isEqualTo(language);
                if (!browser.value(
                                "document.documentElement.scrollWidth <= document.documentElement.clientWidth")
                        .equals(true)) {
                    findings.add(name + ": wider than the screen");
                }
                browser.barriers().forEach(barrier -> findings.add(name + ": " + barrier));
                browser.keep(page, width, language, light);
            }
        }
        assertThat(findings).isEmpty();
    }

    private String difference() {
        browser.open("/desk/object/" + DeskNode.INDICATOR);
        return browser.value("document.querySelector('#versions ~ ol a').getAttribute('href')")
                .toString();
    }

    private List<String> pages() {
        return List.of(
                "/",
                "/desk/exchange",
                "/desk/exchange?q=nothing+of+that+name",
                "/desk/object/" + DeskNode.INDICATOR,
                "/desk/object/" + DeskNode.HOSTILE,
                "/desk/object/" + DeskNode.MEMBER,
                difference(),
                "/desk/sightings",
                "/desk/graph?of=" + DeskNode.INDICATOR,
                "/desk/matrix",
                "/desk/publish",
                "/desk/components",
                "/desk/charter",
                "/desk/peers",
                "/desk/hunt",
                "/desk/administration",
                "/desk/administration/account?name=reader",
                "/desk/me",
                "/desk/audit",
                "/desk/audit/ledger",
                "/welcome?invitation=none",
                "/sign-in");
    }

    @Test
    void leads_from_a_pasted_text_to_a_published_indicator() {
        signIn("anna");
        browser.open("/desk/publish");
        browser.type(By.id("text"), "Seen: hxxp://browsed[.]example/x and a@browsed.example");
        browser.follow(By.cssSelector("main button.first"));
        browser.await(By.id("receivers"));
        assertThat(browser.barriers()).isEmpty();
        browser.look(360, "dark");
        assertThat(browser.barriers()).isEmpty();
        browser.keep("draft", 360, "en", "dark");
        browser.look(1440, "light");
        browser.keep("draft", 1440, "en", "light");
        assertThat(browser.text(By.xpath("//tr[th='guest']"))).contains("whole");

        browser.choose(By.id("level"), "AMBER_STRICT");
        browser.await(By.xpath("//tr[th='watcher']//span[@class='bad']"));
        browser.choose(By.id("level"), "GREEN");
        browser.await(By.xpath("//tr[th='watcher']//span[@class='good']"));
        browser.follow(By.cssSelector("main button.first"));

        assertThat(browser.text(By.className("done"))).contains("1 object");
        assertThat(browser.barriers()).isEmpty();
        browser.follow(By.cssSelector("main .entries a"));
        assertThat(browser.text(By.tagName("h1"))).isEqualTo("http://browsed.example/x");
    }

    @Test
    void moves_about_in_what_lies_around_an_object() {
        signIn("anna");
        browser.open("/desk/graph?of=" + DeskNode.INDICATOR);
        browser.await(By.xpath("//ul[@data-found]//a[contains(., 'Quietfox')]"));
        browser.await(By.cssSelector("canvas[data-moves=false]"));

        browser.click(By.cssSelector("button[data-kind=tool]"));
        browser.await(By.cssSelector("button[data-kind=tool][aria-pressed=false]"));
        assertThat(browser.count(By.xpath("//ul[@data-found]//a[.='Quietfox']"))).isZero();
        browser.type(By.id("web-q"), "power grid");
        browser.await(By.xpath("//ul[@data-found][count(li) <= 1]"));
    }

    @Test
    void runs_nothing_that_a_member_wrote() {
        signIn("anna");
        for (String page :
                List.of(
                        "/desk/exchange?q=onerror",
                        "/desk/object/" + DeskNode.MALWARE,
                        "/desk/object/" + DeskNode.HOSTILE)) {
            browser.open(page);
            assertThat(
                            browser.value(
                                    "document.querySelectorAll('main img, main script, main [onload]').length"))
                    .isEqualTo(0L);
            assertThat(browser.text(By.tagName("main"))).contains("<script>alert(1)</script>");
        }
    }

    @Test
    void finds_while_one_types() {
        signIn("reader");
        browser.open("/desk/exchange");

        browser.type(By.id("q"), "Loads further");

        browser.await(FIRST_FOUND);
        assertThat(browser.value("location.search")).asString().contains("q=Loads%20further");
    }

    private static final Map<String, String> HELLO =
            Map.of("en", "Sign in", "ru", "Вход", "ky", "Кирүү");

    @Test
    void speaks_the_browsers_language_until_another_is_chosen() {
        browser.open("/sign-in");
        assertThat(browser.text(By.tagName("h1"))).isEqualTo(HELLO.get("en"));

        browser.follow(By.cssSelector("button[lang=ru]"));

        assertThat(browser.text(By.tagName("h1"))).isEqualTo(HELLO.get("ru"));
    }
}
