package org.kerege.node.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What readers find, and what they do not.
@ExtendWith(DeskNode.Shared.class)
class SearchTest {

    private final DeskNode desk;
    private HttpClient anna;
    private HttpClient guest;

    SearchTest(DeskNode desk) {
        this.desk = desk;
    }

    @BeforeEach
    void sign_in() {
        anna = desk.signedInOnce("anna");
        guest = desk.signedInOnce("guest");
    }

    private static String malware(String name, String description, String marking) {
        return DeskNode.malware("malware--" + UUID.randomUUID(), name, description, marking);
    }

    /// Names found, newest first.
    private List<String> found(HttpClient browser, String filters) {
        String page = desk.get(browser, "/desk/exchange?" + filters).body();
        Matcher names =
                Pattern.compile("<li>\\s*<a href=\"/desk/object/[^\"]*\"><bdi>([^<]*)</bdi>")
                        .matcher(page);
        return Stream.iterate(names.find(), more -> more, _ -> names.find())
                .map(_ -> names.group(1))
                .toList();
    }

    @Test
    void finds_by_stems_in_english_and_russian() {
        desk.admit(
                malware("Greyowl", "It was spreading through printers.", DeskNode.GREEN),
                malware("Серая сова", "Распространялась через принтеры.", DeskNode.GREEN));

        assertThat(found(anna, "q=printer+spreads")).containsExactly("Greyowl");
        assertThat(found(anna, "q=" + DeskNode.encoded("принтерами")))
                .containsExactly("Серая сова");
    }

    @Test
    void finds_by_the_beginning_of_the_last_word_and_by_parts_of_addresses() {
        desk.admit(malware("Longnameling", "Asks c2.update-server.example.", DeskNode.GREEN));

        assertThat(found(anna, "q=longnam")).containsExactly("Longnameling");
        assertThat(found(anna, "q=update-server")).containsExactly("Longnameling");
        assertThat(found(anna, "q=c2.update-server.example")).containsExactly("Longnameling");
    }

    @Test
    void knows_phrases_alternatives_and_exclusions() {
        desk.admit(
                malware("Firefinch", "amber lantern", DeskNode.GREEN),
                malware("Icefinch", "lantern of amber glass", DeskNode.GREEN));

        assertThat(found(anna, "q=" + DeskNode.encoded("\"amber lantern\"")))
                .containsExactly("Firefinch");
        assertThat(found(anna, "q=" + DeskNode.encoded("lantern -glass")))
                .containsExactly("Firefinch");
        assertThat(found(anna, "q=firefinch+or+icefinch")).containsExactly("Icefinch", "Firefinch");
    }

    @Test
    void narrows_by_type_marking_source_and_time() {
        assertThat(found(anna, "type=identity&q=power+grid"))
                .containsExactly("Power grid of the north");
        assertThat(found(anna, "q=type:identity+power")).containsExactly("Power grid of the north");
        assertThat(found(anna, "marking=AMBER_STRICT&q=Hiddenwolf")).containsExactly("Hiddenwolf");
        assertThat(found(anna, "marking=GREEN&q=Hiddenwolf")).isEmpty();
        assertThat(found(anna, "source=" + DeskNode.MEMBER + "&q=Quietfox+type:malware"))
                .containsExactly("Quietfox");
        assertThat(found(anna, "since=2999-01-01")).isEmpty();
    }

    @Test
    void takes_strange_words_for_words() {
        for (String strange :
                List.of(
                        "'",
                        "\\",
                        ":*",
                        "& | !",
                        "\"",
                        "-",
                        "or",
                        "\0",
                        "%",
                        "';drop table account")) {
            assertThat(desk.get(anna, "/desk/exchange?q=" + DeskNode.encoded(strange)).statusCode())
                    .as(strange)
                    .isEqualTo(200);
        }
        assertThat(desk.get(anna, "/desk/exchange?before=word").statusCode()).isEqualTo(200);
    }

    @Test
    void shows_a_reader_the_same_whether_something_withheld_is_there_or_not() {
        List<String> pages =
                List.of(
                        "/desk/exchange",
                        "/desk/exchange?q=Secretstork",
                        "/desk/exchange?q=-Secretstork",
                        "/desk/exchange?type=malware",
                        "/desk/exchange?marking=AMBER_STRICT",
                        "/desk/suggestions?q=Secretst",
                        "/desk/object/" + DeskNode.MALWARE,
                        "/desk/sightings");
        List<String> before = pages.stream().map(page -> page(guest, page)).toList();

        String withheld = "malware--" + UUID.randomUUID();
        desk.admit(
                DeskNode.malware(withheld, "Secretstork", "Stands in a marsh.", DeskNode.STRICT),
                DeskNode.relationship(DeskNode.MALWARE, "related-to", withheld));

        assertThat(pages.stream().map(page -> page(guest, page)).toList()).isEqualTo(before);
        assertThat(found(anna, "q=Secretstork")).containsExactly("Secretstork");
    }

    @Test
    void does_not_find_a_reduced_object_by_what_it_lost() {
        String id = "malware--" + UUID.randomUUID();
        desk.admit(
                DeskNode.malware(id, "Tornheron", "Built by Marshwright.", DeskNode.GREEN)
                        .replaceFirst(
                                "\\}$",
                                ",\"granular_markings\":[{\"marking_ref\":\""
                                        + DeskNode.STRICT
                                        + "\",\"selectors\":[\"description\"]}]}"));

        assertThat(found(anna, "q=Marshwright")).containsExactly("Tornheron");
        assertThat(found(guest, "q=Tornheron")).containsExactly("Tornheron");
        assertThat(found(guest, "q=Marshwright")).isEmpty();
        assertThat(found(guest, "q=Tornheron+-Marshwright")).containsExactly("Tornheron");
        assertThat(desk.get(guest, "/desk/object/" + id).body())
                .contains("Some parts are withheld")
                .doesNotContain("Marshwright");
    }

    /// A page without the tokens of its forms.
    private String page(HttpClient browser, String address) {
        return desk.get(browser, address).body().replaceAll("name=\"_csrf\" value=\"[^\"]*\"", "");
    }
}
