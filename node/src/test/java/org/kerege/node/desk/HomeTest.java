package org.kerege.node.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kerege.node.identity.Role;

/// The first page.
@ExtendWith(DeskNode.Shared.class)
class HomeTest {

    private final DeskNode desk;

    HomeTest(DeskNode desk) {
        this.desk = desk;
    }

    private String home(HttpClient browser) {
        return desk.get(browser, "/").body();
    }

    @Test
    void shows_what_has_come_since_the_last_visit() {
        desk.account("visitor", "home", Set.of(Role.READER));
        HttpClient first = desk.signedIn("visitor");
        assertThat(home(first)).contains("Newest").doesNotContain("New since");
        String name = "Latecomer " + UUID.randomUUID();
        desk.admit(
                DeskNode.malware("malware--" + UUID.randomUUID(), name, "Late.", DeskNode.GREEN));

        String second = home(desk.signedIn("visitor"));

        assertThat(second).contains("New since", "1 object:", name).doesNotContain("Beacon");
        assertThat(home(desk.signedIn("visitor")))
                .contains("Nothing has come since")
                .doesNotContain(name);
    }

    @Test
    void says_how_the_node_is_in_one_line() {
        assertThat(home(desk.signedInOnce("reader")))
                .containsPattern("can be read; [0-9.]+ GiB are free");
    }

    @Test
    void has_the_panels_of_capabilities_for_whom_they_are_meant() {
        assertThat(home(desk.signedInOnce("auditor")))
                .contains(
                        "<h2>Chair</h2>",
                        "&lt;b&gt;home&lt;/b&gt; until May",
                        "<a href=\"/desk/exchange\">Home</a>");
        assertThat(home(desk.signedInOnce("reader"))).doesNotContain("Chair");
    }

    @Test
    void shows_nothing_of_the_exchange_to_who_is_no_reader() {
        assertThat(home(desk.signedInOnce("administrator")))
                .doesNotContain("/desk/object/", "/desk/exchange");
    }
}
