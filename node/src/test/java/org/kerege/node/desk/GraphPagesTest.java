package org.kerege.node.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kerege.stix.Json;
import tools.jackson.databind.JsonNode;

/// What lies around an object, and the techniques that are spoken of.
@ExtendWith(DeskNode.Shared.class)
class GraphPagesTest {

    private final DeskNode desk;

    GraphPagesTest(DeskNode desk) {
        this.desk = desk;
    }

    private static String id(String type) {
        return type + "--" + UUID.randomUUID();
    }

    private JsonNode web(String account, String of, int steps) {
        return Json.mapper()
                .readTree(
                        desk.get(
                                        desk.signedInOnce(account),
                                        "/desk/graph.json?of=" + of + "&steps=" + steps)
                                .body());
    }

    private static Set<String> titles(JsonNode web) {
        Set<String> titles = new HashSet<>();
        web.path("points").forEach(point -> titles.add(point.path("title").asString("")));
        return titles;
    }

    @Test
    void goes_as_many_steps_as_asked_and_draws_relations_between_what_it_found() {
        String[] chain = {id("malware"), id("malware"), id("malware"), id("malware")};
        for (int i = 0; i < chain.length; i++) {
            desk.admit(DeskNode.malware(chain[i], "Chained " + i, "One of four.", DeskNode.GREEN));
        }
        for (int i = 1; i < chain.length; i++) {
            desk.admit(DeskNode.relationship(chain[i - 1], "downloads", chain[i]));
        }
        assertThat(titles(web("anna", chain[0], 1)))
                .containsExactlyInAnyOrder("Chained 0", "Chained 1");
        JsonNode two = web("anna", chain[0], 2);
        assertThat(titles(two)).containsExactlyInAnyOrder("Chained 0", "Chained 1", "Chained 2");
        assertThat(two.path("points").get(0).path("title").asString("")).isEqualTo("Chained 0");
        assertThat(two.path("lines")).hasSize(2);
        assertThat(two.path("lines").toString()).contains("[0,1,\"downloads\"]");
        assertThat(two.path("partial").asBoolean(true)).isFalse();
        assertThat(titles(web("anna", chain[0], 99))).hasSize(4);
    }

    @Test
    void tells_nothing_of_what_is_withheld() {
        assertThat(titles(web("anna", DeskNode.INDICATOR, 2))).contains("Hiddenwolf");
        String guests =
                desk.get(
                                desk.signedInOnce("guest"),
                                "/desk/graph.json?of=" + DeskNode.INDICATOR + "&steps=3")
                        .body();
        assertThat(guests).contains("Quietfox").doesNotContain("Hiddenwolf", DeskNode.WITHHELD);
        assertThat(
                        desk.get(desk.signedInOnce("guest"), "/desk/graph?of=" + DeskNode.WITHHELD)
                                .statusCode())
                .isEqualTo(404);
        assertThat(
                        desk.get(
                                        desk.signedInOnce("guest"),
                                        "/desk/graph.json?of=" + DeskNode.WITHHELD)
                                .statusCode())
                .isEqualTo(404);
    }

    private static String technique(String id, String number, String name, String marking) {
        return """
        {"type":"attack-pattern","spec_version":"2.1","id":"%s","created":"2026-01-01T00:00:00.000Z",
        "modified":"2026-01-01T00:00:00.000Z","object_marking_refs":["%s"],"created_by_ref":"%s","name":"%s",
        "external_references":[{"source_name":"mitre-attack","external_id":"%s"}],
        "kill_chain_phases":[{"kill_chain_name":"mitre-attack","phase_name":"execution"}]}\
        """
                .formatted(id, marking, DeskNode.MEMBER, name, number);
    }

    @Test
    void counts_for_each_reader_only_what_that_one_may_read() {
        String shared = id("attack-pattern");
        String hidden = id("attack-pattern");
        desk.admit(
                technique(shared, "T9001", "Shared technique", DeskNode.GREEN),
                technique(hidden, "T9002", "Hidden technique", DeskNode.STRICT),
                DeskNode.relationship(DeskNode.MALWARE, "uses", shared),
                DeskNode.relationship(DeskNode.WITHHELD, "uses", shared));
        String own = "/desk/matrix/layer.json?chain=mitre-attack";
        assertThat(desk.get(desk.signedInOnce("anna"), own).body())
                .contains("\"techniqueID\":\"T9001\",\"tactic\":\"execution\",\"score\":2");
        assertThat(desk.get(desk.signedInOnce("guest"), own).body())
                .contains("\"techniqueID\":\"T9001\",\"tactic\":\"execution\",\"score\":1")
                .doesNotContain("T9002");
        assertThat(desk.get(desk.signedInOnce("guest"), "/desk/matrix?chain=mitre-attack").body())
                .contains("Shared technique")
                .doesNotContain("Hidden technique");
        assertThat(desk.get(desk.signedInOnce("anna"), own + "&of=" + DeskNode.MALWARE).body())
                .contains("\"score\":1");
        assertThat(desk.get(desk.signedInOnce("guest"), own + "&of=" + DeskNode.WITHHELD).body())
                .isEqualTo(
                        desk.get(desk.signedInOnce("guest"), own + "&of=" + id("malware")).body());
    }
}
