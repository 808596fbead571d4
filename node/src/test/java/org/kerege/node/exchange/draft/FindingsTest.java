package org.kerege.node.exchange.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindingsTest {

    private static List<String> values(String text) {
        return Findings.in(text).all().stream().map(Observable::value).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hxxp://evil[.]example/login | http://evil.example/login",
                "hXXps[:]//evil(.)example | https://evil.example",
                "https[://]evil{.}example/a?b=c | https://evil.example/a?b=c",
                "evil[dot]example | evil.example",
                "evil [.] example | evil.example",
                "fxp://evil.example/x | ftp://evil.example/x",
                "198[.]51[.]100[.]7 | 198.51.100.7",
                "198.51.100[.7 | 198.51.100.7",
                "203.0.113.9:8443 | 203.0.113.9",
                "203.0.113.0/24 | 203.0.113.0/24",
                "2001:DB8::7 | 2001:db8::7",
                "someone[@]evil.example | someone@evil.example",
                "EVIL.Example. | evil.example",
                "(see https://evil.example/x). | https://evil.example/x",
                "xn--80ak6aa92e.example | xn--80ak6aa92e.example",
                "D41D8CD98F00B204E9800998ECF8427E | d41d8cd98f00b204e9800998ecf8427e",
                "cve-2024-12345 | CVE-2024-12345"
            })
    void finds_and_refangs(String text, String value) {
        assertThat(values(text)).containsExactly(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "e.g. this",
                "version 1.2.3",
                "invoice.exe",
                "script.ps1 and report.pdf",
                "12:30:59",
                "999.1.1.1",
                "1.2.3.4.5",
                "deadbeef",
                "-.example",
                "a..example",
                "http:///nothing",
                "std::string"
            })
    void leaves_words_that_only_look_like_it(String text) {
        assertThat(values(text)).isEmpty();
    }

    @Test
    void finds_each_once_in_the_order_of_the_text() {
        assertThat(values("b.example, a.example; B.example"))
                .containsExactly("b.example", "a.example");
    }

    @Test
    void drafts_nothing_of_persons_and_inner_networks() {
        assertThat(
                        Findings.in(
                                        "a@b.example 10.0.0.1 http://192.168.1.1/x fe80::1 CVE-2024-1234")
                                .all())
                .extracting(one -> one.obstacle().orElseThrow())
                .containsExactly(
                        Observable.Obstacle.PERSON,
                        Observable.Obstacle.LOCAL,
                        Observable.Obstacle.LOCAL,
                        Observable.Obstacle.LOCAL,
                        Observable.Obstacle.NO_PATTERN);
    }

    @Test
    void takes_two_hundred_and_says_that_there_were_more() {
        String most =
                IntStream.range(0, Findings.MOST)
                        .mapToObj(i -> "h" + i + ".example")
                        .collect(Collectors.joining(" "));
        assertThat(Findings.in(most).more()).isFalse();
        assertThat(Findings.in(most).all()).hasSize(Findings.MOST);
        assertThat(Findings.in(most + " one.more.example").more()).isTrue();
        assertThat(Findings.in(most + " one.more.example").all()).hasSize(Findings.MOST);
    }

    @Test
    void takes_a_text_of_the_greatest_length_and_no_longer() {
        String longest = "a.b ".repeat(Findings.LONGEST_TEXT / 4);
        assertThat(Findings.in(longest).all()).isEmpty();
        assertThatThrownBy(() -> Findings.in(longest + "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void escapes_what_ends_a_string_of_a_pattern() {
        assertThat(new Observable(Observable.Kind.URL, "http://a.example/'\\").pattern())
                .isEqualTo("[url:value = 'http://a.example/\\'\\\\']");
    }

    @Property(tries = 300)
    void reads_any_text(@ForAll @StringLength(max = 300) String text) {
        for (Observable one : Findings.in(text).all()) {
            assertThat(Observable.of(one.value())).contains(one);
        }
    }
}
