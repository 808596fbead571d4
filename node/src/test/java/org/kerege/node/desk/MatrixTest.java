package org.kerege.node.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.kerege.node.exchange.search.VisibleObject;

class MatrixTest {

    private static Entry technique(String number, String name, String... phases) {
        String json =
                """
                {"type":"attack-pattern","id":"attack-pattern--%s","name":"%s",
                 "external_references":[{"source_name":"capec","external_id":"CAPEC-1"},
                                        {"source_name":"mitre-attack","external_id":"%s"}],
                 "kill_chain_phases":[%s]}\
                """
                        .formatted(
                                number,
                                name,
                                number,
                                String.join(
                                        ",",
                                        List.of(phases).stream()
                                                .map(phase ->
                                                        "{\"kill_chain_name\":\"mitre-attack\",\"phase_name\":\"%s\"}"
                                                                .formatted(phase))
                                                .toList()));
        return entry("attack-pattern--" + number, "attack-pattern", json);
    }

    private static Entry entry(String id, String type, String json) {
        return Entry.of(
                new VisibleObject(1, id, "", type, false, json.getBytes(StandardCharsets.UTF_8)));
    }

    private static final List<Entry> TECHNIQUES =
            List.of(
                    technique("T1059", "Interpreter", "execution"),
                    technique("T1059.001", "PowerShell", "execution"),
                    technique("T1078", "Valid accounts", "persistence", "initial-access"),
                    technique("T1190.002", "Part without its whole", "initial-access"));
    private static final Map<String, Long> COUNTS =
            Map.of(
                    "attack-pattern--T1059",
                    2L,
                    "attack-pattern--T1059.001",
                    8L,
                    "attack-pattern--T1078",
                    1L);

    private static Matrix matrix(List<Entry> tactics, List<Entry> matrices) {
        return Matrix.of(
                "mitre-attack",
                TECHNIQUES,
                tactics,
                matrices,
                technique -> COUNTS.getOrDefault(technique.id(), 0L));
    }

    @Test
    void puts_a_technique_in_each_of_its_phases_and_counts_its_parts_with_it() {
        Matrix matrix = matrix(List.of(), List.of());
        assertThat(matrix.columns())
                .extracting(Matrix.Column::phase)
                .containsExactly("execution", "initial-access", "persistence");
        Matrix.Cell interpreter = matrix.columns().getFirst().cells().getFirst();
        assertThat(interpreter.count()).isEqualTo(10);
        assertThat(interpreter.parts()).isEqualTo(1);
        assertThat(matrix.hottest()).isEqualTo(10);
        assertThat(matrix.columns().get(1).cells())
                .extracting(Matrix.Cell::number)
                .containsExactly("T1190.002", "T1078");
    }

    @Test
    void heats_in_steps_from_none_to_the_hottest() {
        Matrix matrix = matrix(List.of(), List.of());
        assertThat(matrix.heat(matrix.columns().getFirst().cells().getFirst())).isEqualTo(5);
        assertThat(matrix.heat(matrix.columns().get(2).cells().getFirst())).isEqualTo(1);
        assertThat(matrix.heat(matrix.columns().get(1).cells().getFirst())).isZero();
    }

    @Test
    void takes_names_and_order_of_columns_from_the_knowledge_base() {
        Entry first =
                entry(
                        "x-mitre-tactic--1",
                        "x-mitre-tactic",
                        "{\"name\":\"Initial access\",\"x_mitre_shortname\":\"initial-access\"}");
        Entry second =
                entry(
                        "x-mitre-tactic--2",
                        "x-mitre-tactic",
                        "{\"name\":\"Execution\",\"x_mitre_shortname\":\"execution\"}");
        Entry order =
                entry(
                        "x-mitre-matrix--1",
                        "x-mitre-matrix",
                        "{\"tactic_refs\":[\"x-mitre-tactic--1\",\"x-mitre-tactic--2\",\"x-mitre-tactic--withheld\"]}");
        assertThat(matrix(List.of(second, first), List.of(order)).columns())
                .extracting(Matrix.Column::title)
                .containsExactly("Initial access", "Execution", "persistence");
    }

    @Test
    void makes_a_layer_of_what_is_spoken_of() {
        assertThat(matrix(List.of(), List.of()).layer("A group").toString())
                .isEqualTo(
                        """
                        {"name":"A group","versions":{"layer":"4.5","navigator":"5.0.0"},"domain":"enterprise-attack",\
                        "techniques":[{"techniqueID":"T1059","tactic":"execution","score":10,"enabled":true},\
                        {"techniqueID":"T1078","tactic":"initial-access","score":1,"enabled":true},\
                        {"techniqueID":"T1078","tactic":"persistence","score":1,"enabled":true}],\
                        "gradient":{"colors":["#ffffffff","#8a2f1dff"],"minValue":0,"maxValue":10}}\
                        """);
    }

    @Test
    void survives_objects_without_what_it_looks_for() {
        Entry bare =
                entry("attack-pattern--x", "attack-pattern", "{\"kill_chain_phases\":\"none\"}");
        assertThat(Matrix.chains(List.of(bare))).isEmpty();
        Matrix matrix = Matrix.of("", List.of(bare), List.of(bare), List.of(bare), _ -> 1);
        assertThat(matrix.columns()).isEmpty();
    }
}
