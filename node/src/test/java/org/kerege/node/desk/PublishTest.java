package org.kerege.node.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kerege.node.identity.Role;

/// From a pasted text to what others read.
@ExtendWith(DeskNode.Shared.class)
class PublishTest {

    private final DeskNode desk;
    private HttpClient anna;
    private String form;

    PublishTest(DeskNode desk) {
        this.desk = desk;
    }

    @BeforeEach
    void sign_in() {
        anna = desk.signedInOnce("anna");
        form = DeskNode.csrf(desk.get(anna, "/desk/publish").body());
    }

    private HttpResponse<String> found(String text) {
        return desk.post(anna, "/desk/publish/found", form + "&text=" + DeskNode.encoded(text));
    }

    /// What the form of a draft would send, with these finds chosen.
    private String draft(String page, String marking, String... chosen) {
        StringBuilder sent = new StringBuilder(form);
        Matcher hidden =
                Pattern.compile("<input type=\"hidden\" name=\"(key|at|found)\" value=\"([^\"]*)\"")
                        .matcher(page);
        while (hidden.find()) {
            sent.append('&')
                    .append(hidden.group(1))
                    .append('=')
                    .append(DeskNode.encoded(hidden.group(2)));
        }
        for (String value : chosen) {
            sent.append("&chosen=").append(DeskNode.encoded(value));
        }
        return sent.append("&kind=malicious-activity&days=30&description=Seen+twice&marking=")
                .append(marking)
                .append("&collection=")
                .append(desk.collection().id())
                .toString();
    }

    @Test
    void drafts_what_it_finds_and_says_who_will_get_it() {
        String page = found("hxxp://pasted[.]example/a and boss@pasted.example").body();

        assertThat(page)
                .contains("http://pasted.example/a", "names a person: not drafted", "2 finds")
                .contains("guest", "watcher");
    }

    @Test
    void previews_what_the_gate_decides_for_each_marking() {
        String page = found("198.51.100.99").body();

        String green =
                desk.post(anna, "/desk/publish/draft", draft(page, "GREEN", "198.51.100.99"))
                        .body();
        String strict =
                desk.post(anna, "/desk/publish/draft", draft(page, "AMBER_STRICT", "198.51.100.99"))
                        .body();

        assertThat(outcome(green, "guest")).isEqualTo("whole");
        assertThat(outcome(green, "watcher")).isEqualTo("whole");
        assertThat(outcome(strict, "home")).isEqualTo("whole");
        assertThat(outcome(strict, "watcher")).isEqualTo("not");
    }

    private static String outcome(String page, String organisation) {
        Matcher row =
                Pattern.compile(
                                "<th scope=\"row\">"
                                        + organisation
                                        + "</th>.*?<span class=\"(?:good|bad)\">([^<]*)<",
                                Pattern.DOTALL)
                        .matcher(page);
        assertThat(row.find()).as(organisation + " in " + page).isTrue();
        return row.group(1);
    }

    @Test
    void publishes_what_is_chosen_and_once_however_often_it_is_sent() {
        String page = found("one[.]published.example two.published.example").body();
        String sent = draft(page, "GREEN", "one.published.example");

        assertThat(desk.post(anna, "/desk/publish", sent).body())
                .contains("1 object", ">published<");
        assertThat(desk.post(anna, "/desk/publish", sent).body()).contains("was there already");

        HttpClient guest = desk.signedInOnce("guest");
        assertThat(desk.get(guest, "/desk/exchange?q=one.published.example").body())
                .contains("1 object", "one.published.example");
        assertThat(desk.get(guest, "/desk/exchange?q=two.published.example").body())
                .contains("0 objects");
        assertThat(found("one.published.example").body()).contains("Held already");
    }

    @Test
    void keeps_to_what_can_be_drafted_whatever_is_sent() {
        String page = found("boss@pasted.example three.published.example").body();

        String published =
                desk.post(
                                anna,
                                "/desk/publish",
                                draft(
                                        page,
                                        "RED",
                                        "boss@pasted.example",
                                        "three.published.example",
                                        "[evil:pattern]"))
                        .body();

        assertThat(published).contains("1 object");
        String object = desk.get(anna, "/desk/exchange?q=three.published.example").body();
        assertThat(object).contains("TLP:AMBER+STRICT").doesNotContain("TLP:RED<");
    }

    @Test
    void teaches_with_an_example_where_nothing_is_found() {
        HttpResponse<String> answer = found("nothing to see here");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("hxxps://update[.]example/login");
    }

    @Test
    void tells_other_organisations_nothing_of_who_gets_what() {
        desk.account("outsider", "guest", Set.of(Role.PUBLISHER));
        HttpClient outsider = desk.signedIn("outsider");
        String page =
                desk.post(
                                outsider,
                                "/desk/publish/found",
                                DeskNode.csrf(desk.get(outsider, "/desk/publish").body())
                                        + "&text=four.published.example")
                        .body();

        assertThat(page)
                .as("how the alliance stands is told to this node's own people alone")
                .contains("four.published.example")
                .doesNotContain("watcher");
    }
}
