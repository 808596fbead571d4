package org.kerege.charter.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Chairs of real bodies as history knows them, computed from our rule packs.
class KnownSeriesTest {

    private record Row(
            String body,
            String member,
            LocalDate start,
            LocalDate lastDay,
            String status,
            String certainty,
            String note) {}

    private static List<Row> rows(String body) throws IOException {
        Path file = Path.of("../../shared/data/governance/rotations.csv");
        Assumptions.assumeTrue(
                Files.isRegularFile(file),
                "known series are absent: ../shared/data/governance/rotations.csv");
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] cells = line.split(",", 7);
            if (cells[0].equals(body)) {
                rows.add(
                        new Row(
                                body,
                                cells[1],
                                LocalDate.parse(cells[2]),
                                cells[3].isEmpty() ? LocalDate.MAX : LocalDate.parse(cells[3]),
                                cells[4],
                                cells[5],
                                cells[6]));
            }
        }
        return rows;
    }

    @ParameterizedTest
    @CsvSource({
        "EU Council, eu-council, 48",
        "ASEAN, asean, 19",
        "BRICS, brics, 18",
        "CIS, cis, 18",
        "EAEU Supreme Council, eaeu, 12",
        "G20, g20, 16",
        "OSCE, osce, 20",
        "SCO, sco, 17"
    })
    void a_rule_pack_gives_every_certain_term_of_its_body(String body, String pack, int terms)
            throws IOException {
        Rotation rotation = RotationFile.bundled(pack);
        Handover handover = rotation.rules().handover();
        int compared = 0;
        for (Row row : rows(body)) {
            boolean held = List.of("held", "current", "planned", "resigned").contains(row.status());
            // The early presidencies of the G20 overlap in the table; their days are not known.
            boolean daysKnown = !row.note().contains("day of the early presidencies uncertain");
            if (!held || !row.certainty().equals("known") || !daysKnown) {
                continue;
            }
            Instant start = handover.on(row.start());
            Tenure tenure = rotation.chairAt(start);
            assertThat(tenure.member()).as(row.toString()).isEqualTo(row.member());
            assertThat(tenure.from()).as(row.toString()).isEqualTo(start);
            if (!row.lastDay().equals(LocalDate.MAX)) {
                // From summit to summit, the table's last day is the next one's first.
                LocalDate end = body.equals("SCO") ? row.lastDay() : row.lastDay().plusDays(1);
                assertThat(tenure.until()).as(row.toString()).isEqualTo(handover.on(end));
            }
            compared++;
        }
        assertThat(compared).isEqualTo(terms);
    }

    @Test
    void what_was_planned_before_july_2016_is_what_was_known_then() throws IOException {
        Rotation rotation = RotationFile.bundled("eu-council");
        Handover brussels = rotation.rules().handover();
        Instant before = brussels.on(LocalDate.parse("2016-07-25"));
        List<Row> superseded =
                rows("EU Council").stream()
                        .filter(row -> row.status().equals("superseded"))
                        .toList();
        assertThat(superseded).hasSize(6);
        for (Row row : superseded) {
            Tenure tenure = rotation.chairAt(brussels.on(row.start()), before);
            assertThat(tenure.member()).isEqualTo(row.member());
            assertThat(tenure.until()).isEqualTo(brussels.on(row.lastDay().plusDays(1)));
        }
    }

    @Test
    void the_sample_alliance_hands_over_at_midnight_in_bishkek() {
        Rotation rotation = RotationFile.bundled("sample-alliance");
        Instant handover = Instant.parse("2024-12-31T18:00:00Z");
        assertThat(rotation.chairAt(handover.minusSeconds(1)).member()).isEqualTo("Kazakhstan");
        Tenure next = rotation.chairAt(handover);
        assertThat(next.member()).isEqualTo("Kyrgyzstan");
        assertThat(next.from()).isEqualTo(handover);
        assertThat(Objects.requireNonNull(next.until())).isEqualTo("2025-12-31T18:00:00Z");
    }
}
