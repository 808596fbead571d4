package org.kerege.node.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kerege.node.exchange.DeliveredObjects;
import org.kerege.stix.StixId;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Who gets an object, as pages.
@ExtendWith(DeskNode.Shared.class)
class ReleasePagesTest {

    private final DeskNode desk;

    ReleasePagesTest(DeskNode desk) {
        this.desk = desk;
    }

    private List<?> givenOf(String id) {
        return new DeliveredObjects(desk.node.part(JdbcClient.class)).of(StixId.parse(id));
    }

    @Test
    void whoever_is_shown_the_page_has_been_given_what_it_names() {
        String id = "malware--" + UUID.randomUUID();
        desk.admit(DeskNode.malware(id, "Named on the page", "Of no other use.", DeskNode.GREEN));
        String page = "/desk/object/" + id + "/release";

        assertThat(desk.get(desk.signedInOnce("anna"), page).body()).contains("Named on the page");
        assertThat(givenOf(id)).as("nothing has left the house").isEmpty();
        assertThat(desk.get(desk.signedInOnce("guest"), page).body()).contains("Named on the page");
        assertThat(givenOf(id)).hasSize(1);
    }

    @Test
    void tells_nothing_of_what_is_withheld() {
        assertThat(
                        desk.get(
                                        desk.signedInOnce("guest"),
                                        "/desk/object/" + DeskNode.WITHHELD + "/release")
                                .statusCode())
                .isEqualTo(404);
    }
}
