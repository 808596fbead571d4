package org.kerege.node.desk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.kerege.stix.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Techniques by tactic as a heat map: columns are the phases of one kill chain (STIX 2.1 §10.8), a cell is an attack
/// pattern, its heat how many objects that the reader may see speak of it.
///
/// @param chain name of the kill chain
/// @param columns in the order that a matrix object gives, else by name
/// @param hottest highest count, at least 1
public record Matrix(String chain, List<Column> columns, long hottest) {

    private static final String OLDEST_LAYER = "4.5";
    private static final String OLDEST_NAVIGATOR = "5.0.0";

    /// Kill chains whose domain the Navigator calls otherwise. Source: ATT&CK Navigator, layer format 4.5.
    private static final Map<String, String> DOMAINS =
            Map.of(
                    "mitre-attack", "enterprise-attack",
                    "mitre-mobile-attack", "mobile-attack",
                    "mitre-ics-attack", "ics-attack");

    /// Steps of heat that the page has colours for, without none.
    private static final int STEPS = 5;

    /// A tactic.
    ///
    /// @param phase as kill chains name it
    /// @param cells by name
    public record Column(String phase, String title, List<Cell> cells) {}

    /// A technique in one column.
    ///
    /// @param number as T1059, empty where the object gives none
    /// @param count of objects that speak of it, those of its sub-techniques included
    /// @param parts sub-techniques that are counted with it
    public record Cell(Entry technique, String number, long count, int parts) {}

    /// Step of heat of a cell, 0 for none to 5.
    public int heat(Cell cell) {
        return (int) Math.ceilDiv(cell.count() * STEPS, hottest);
    }

    /// Puts techniques in their columns. A sub-technique (T1059.001) goes with its technique where that one is there.
    ///
    /// @param techniques attack patterns
    /// @param tactics objects that name the phases, as ATT&CK has them: `x-mitre-tactic`
    /// @param matrices objects that order tactics: `x-mitre-matrix`
    static Matrix of(
            String chain,
            List<Entry> techniques,
            List<Entry> tactics,
            List<Entry> matrices,
            ToLongFunction<Entry> count) {
        Map<String, List<Entry>> families = families(techniques);
        Map<String, List<Cell>> cells = new LinkedHashMap<>();
        long hottest = 1;
        for (List<Entry> family : families.values()) {
            Entry head = family.getFirst();
            long spoken = family.stream().mapToLong(count).sum();
            for (String phase : phases(head, chain)) {
                cells.computeIfAbsent(phase, _ -> new ArrayList<>())
                        .add(new Cell(head, number(head), spoken, family.size() - 1));
                hottest = Math.max(hottest, spoken);
            }
        }
        Map<String, String> titles = new HashMap<>();
        tactics.forEach(tactic -> titles.putIfAbsent(shortName(tactic), tactic.title()));
        Map<String, Integer> order = order(tactics, matrices);
        List<Column> columns = new ArrayList<>();
        cells.forEach((phase, list) -> {
            list.sort(Comparator.comparing(cell -> cell.technique().title()));
            columns.add(new Column(phase, titles.getOrDefault(phase, Shown.text(phase)), list));
        });
        columns.sort(
                Comparator.<Column>comparingInt(
                                column -> order.getOrDefault(column.phase(), Integer.MAX_VALUE))
                        .thenComparing(Column::phase));
        return new Matrix(chain, columns, hottest);
    }

    /// The names of the kill chains that these attack patterns belong to, the most frequent first.
    static List<String> chains(List<Entry> techniques) {
        Map<String, Integer> chains = new HashMap<>();
        for (Entry technique : techniques) {
            technique
                    .json()
                    .path("kill_chain_phases")
                    .valueStream()
                    .map(phase -> phase.path("kill_chain_name").asString(""))
                    .filter(name -> !name.isEmpty())
                    .distinct()
                    .forEach(name -> chains.merge(name, 1, Integer::sum));
        }
        return chains.entrySet().stream()
                .sorted(
                        Map.Entry.<String, Integer>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Everything that is told by it.
    List<Entry> told() {
        return columns.stream()
                .flatMap(column -> column.cells().stream())
                .map(Cell::technique)
                .distinct()
                .toList();
    }

    /// A layer that the ATT&CK Navigator opens (format 4.5): each technique that is spoken of, with its count as score.
    ObjectNode layer(String name) {
        ObjectNode layer = Json.mapper().createObjectNode();
        layer.put("name", name);
        layer.putObject("versions").put("layer", OLDEST_LAYER).put("navigator", OLDEST_NAVIGATOR);
        layer.put("domain", DOMAINS.getOrDefault(chain, chain));
        ArrayNode techniques = layer.putArray("techniques");
        for (Column column : columns) {
            for (Cell cell : column.cells()) {
                if (cell.count() > 0 && !cell.number().isEmpty()) {
                    techniques
                            .addObject()
                            .put("techniqueID", cell.number())
                            .put("tactic", column.phase())
                            .put("score", cell.count())
                            .put("enabled", true);
                }
            }
        }
        ObjectNode gradient = layer.putObject("gradient");
        gradient.putArray("colors").add("#ffffffff").add("#8a2f1dff");
        gradient.put("minValue", 0).put("maxValue", hottest);
        return layer;
    }

    /// Techniques with their sub-techniques behind them, in the order of their names.
    private static Map<String, List<Entry>> families(List<Entry> techniques) {
        Map<String, List<Entry>> families = new LinkedHashMap<>();
        List<Entry> parts = new ArrayList<>();
        for (Entry technique : techniques) {
            if (number(technique).contains(".")) {
                parts.add(technique);
            } else {
                String key = number(technique).isEmpty() ? technique.id() : number(technique);
                families.computeIfAbsent(key, _ -> new ArrayList<>()).add(technique);
            }
        }
        for (Entry part : parts) {
            String number = number(part);
            String whole = number.substring(0, number.indexOf('.'));
            List<Entry> family = families.get(whole);
            if (family == null) {
                families.computeIfAbsent(number, _ -> new ArrayList<>()).add(part);
            } else {
                family.add(part);
            }
        }
        return families;
    }

    private static List<String> phases(Entry technique, String chain) {
        return technique
                .json()
                .path("kill_chain_phases")
                .valueStream()
                .filter(phase -> phase.path("kill_chain_name").asString("").equals(chain))
                .map(phase -> phase.path("phase_name").asString(""))
                .distinct()
                .toList();
    }

    /// The number that a knowledge base gives a technique: of its first reference that has one.
    private static String number(Entry technique) {
        return technique
                .json()
                .path("external_references")
                .valueStream()
                .map(reference -> reference.path("external_id").asString(""))
                .filter(id -> id.startsWith("T"))
                .map(Shown::text)
                .findFirst()
                .orElse("");
    }

    private static Map<String, Integer> order(List<Entry> tactics, List<Entry> matrices) {
        Map<String, String> names = new HashMap<>();
        tactics.forEach(tactic -> names.put(tactic.id(), shortName(tactic)));
        Map<String, Integer> order = new HashMap<>();
        for (Entry matrix : matrices) {
            for (JsonNode tactic : matrix.json().path("tactic_refs")) {
                String name = names.get(tactic.asString(""));
                if (name != null) {
                    order.putIfAbsent(name, order.size());
                }
            }
        }
        return order;
    }

    private static String shortName(Entry tactic) {
        return tactic.json().path("x_mitre_shortname").asString("");
    }
}
