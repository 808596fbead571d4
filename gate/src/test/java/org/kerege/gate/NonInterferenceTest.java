package org.kerege.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerege.gate.Sample.NOW;
import static org.kerege.gate.Sample.named;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.kerege.gate.Sample.Shelf;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import tools.jackson.databind.node.ObjectNode;

/// Two stores that differ only in what a recipient may not know answer it alike, to the byte. What it made itself is no
/// secret from it, also where a relay does not hand it back.
class NonInterferenceTest {

    private static final List<StixId> MARKINGS =
            List.of(
                    Sample.TLP_CLEAR,
                    Sample.TLP_GREEN,
                    Sample.TLP_AMBER,
                    Sample.TLP_STRICT,
                    named("marking-definition", "not held"));
    private static final List<StixId> SOURCES = List.of(Sample.A, Sample.B, Sample.C);

    /// Objects that refer to each other and to things that are nowhere, in a random order.
    private static List<Intake> store(Random random) {
        List<StixId> ids = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            ids.add(named(List.of("indicator", "report", "relationship").get(i % 3), "o" + i));
        }
        List<Intake> store = new ArrayList<>();
        for (StixId id : ids) {
            StixId source = SOURCES.get(random.nextInt(3));
            StixObject object = Sample.object(id, json -> fill(json, id, source, ids, random));
            CollectionRules rules =
                    random.nextBoolean()
                            ? CollectionRules.STRICT
                            : CollectionRules.marking(Tlp.GREEN);
            store.add(
                    new Intake(
                            object,
                            References.of(object),
                            random.nextInt(4) == 0 ? Sample.C : source,
                            random.nextBoolean(),
                            rules,
                            null,
                            random.nextInt(8) == 0,
                            null));
        }
        return store;
    }

    private static void fill(
            ObjectNode json, StixId id, StixId source, List<StixId> ids, Random random) {
        if (random.nextInt(5) > 0) {
            json.put("created_by_ref", source.toString());
        }
        if (random.nextInt(4) > 0) {
            Sample.mark(json, MARKINGS.get(random.nextInt(MARKINGS.size())));
        }
        json.put("description", "description of " + id);
        json.put("x_note", "token of " + id);
        if (random.nextInt(3) == 0) {
            Sample.markPart(json, MARKINGS.get(random.nextInt(MARKINGS.size())), "x_note");
        }
        switch (id.type()) {
            case "report" -> {
                for (int i = 0; i < 3; i++) {
                    json.withArrayProperty("object_refs").add(target(ids, random));
                }
            }
            case "relationship" -> {
                json.put("source_ref", target(ids, random));
                json.put("target_ref", target(ids, random));
            }
            default -> json.put("x_seen_at_ref", target(ids, random));
        }
    }

    private static String target(List<StixId> ids, Random random) {
        return random.nextInt(6) == 0
                ? named("malware", "nowhere").toString()
                : ids.get(random.nextInt(ids.size())).toString();
    }

    /// All that a recipient gets out of a store.
    private static Map<String, String> answer(List<Intake> store, StixId recipient) {
        Gate gate = Sample.gate();
        Shelf shelf = new Shelf(gate);
        Map<StixId, Placement> placements = placeAll(gate, shelf, store);
        View view = Sample.view(gate, recipient);
        Map<String, String> answer = new TreeMap<>();
        for (Intake intake : store) {
            Placement placement = placements.get(intake.object().id());
            if (placement != null && view.releases(placement)) {
                answer.put(
                        intake.object().id().toString(),
                        new String(
                                gate.form(intake.object(), placement, view, shelf).bytes(),
                                StandardCharsets.UTF_8));
            }
        }
        return answer;
    }

    private static boolean isBy(StixId organisation, Intake intake) {
        StixId creator = intake.object().createdBy();
        return organisation.equals(creator == null ? intake.from() : creator);
    }

    private static Map<StixId, Placement> placeAll(Gate gate, Shelf shelf, List<Intake> store) {
        List<Placement> placed = gate.place(store, _ -> null, NOW);
        Map<StixId, Placement> placements = new HashMap<>();
        for (int i = 0; i < store.size(); i++) {
            StixObject object = store.get(i).object();
            placements.put(object.id(), placed.get(i));
            shelf.objects.put(object.id(), object);
            shelf.placements.put(object.id(), placed.get(i));
        }
        return placements;
    }

    @Property(tries = 500)
    void what_is_withheld_leaves_no_trace(@ForAll Random random) {
        List<Intake> store = store(random);
        for (StixId recipient : List.of(Sample.B, Sample.D, Sample.E, Sample.S, Sample.A)) {
            Map<String, String> answer = answer(store, recipient);
            List<Intake> without =
                    store.stream()
                            .filter(intake ->
                                    answer.containsKey(intake.object().id().toString())
                                            || isBy(recipient, intake))
                            .toList();

            assertThat(answer(without, recipient)).isEqualTo(answer);
        }
    }

    @Property(tries = 300)
    void no_token_of_a_withheld_object_or_part_goes_out(@ForAll Random random) {
        List<Intake> store = store(random);
        for (StixId recipient : List.of(Sample.B, Sample.D, Sample.E, Sample.S)) {
            Map<String, String> answer = answer(store, recipient);
            for (Intake intake : store) {
                String id = intake.object().id().toString();
                if (!answer.containsKey(id)) {
                    assertThat(String.join("", answer.values()))
                            .doesNotContain("description of " + id);
                }
            }
        }
    }

    @Property(tries = 300)
    void what_a_preview_says_is_what_happens(@ForAll Random random) {
        List<Intake> store = store(random);
        Gate gate = Sample.gate();
        Shelf shelf = new Shelf(gate);
        Map<StixId, Placement> placements = placeAll(gate, shelf, store);
        for (StixId recipient : Sample.organisations()) {
            View view = Sample.view(gate, recipient);
            for (Intake intake : store) {
                Placement placement = placements.get(intake.object().id());
                if (placement == null) {
                    throw new AssertionError("everything was placed");
                }
                Decision said = gate.decide(placement, view);

                assertThat(view.releases(placement)).isEqualTo(said.released());
                if (said.released()) {
                    assertThat(
                                    TearLine.isReduced(
                                            gate.form(intake.object(), placement, view, shelf)))
                            .isEqualTo(said.outcome() == Decision.Outcome.REDUCE);
                }
            }
        }
    }
}
