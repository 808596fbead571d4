package org.kerege.node.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.kerege.gate.Channel;
import org.kerege.node.exchange.search.Reader;
import org.kerege.node.exchange.search.SearchQuery;
import org.kerege.node.exchange.search.VisibleObjects;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Role;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Techniques by tactic: of everything that the reader may see, or of what one object uses.
@Controller
@Callers(Role.READER)
final class MatrixPages {

    private static final int MOST_TECHNIQUES = 2_000;
    private static final int MOST_TACTICS = 200;

    private final VisibleObjects objects;
    private final Giving giving;
    private final Rendering rendering;

    MatrixPages(VisibleObjects objects, Giving giving, Rendering rendering) {
        this.objects = objects;
        this.giving = giving;
        this.rendering = rendering;
    }

    @GetMapping("/desk/matrix")
    void page(
            @RequestParam(defaultValue = "") String chain,
            @RequestParam(defaultValue = "") String of,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Caller caller = Rendering.caller();
        Seen seen = seen(caller, chain, of);
        Map<String, Object> values = new HashMap<>();
        values.put("matrix", seen.matrix());
        values.put("chains", seen.chains());
        seen.of().ifPresent(entry -> values.put("of", entry));
        rendering.page(request, response, 200, "matrix", values);
    }

    /// The same as a layer for the ATT&CK Navigator.
    @GetMapping("/desk/matrix/layer.json")
    void layer(
            @RequestParam(defaultValue = "") String chain,
            @RequestParam(defaultValue = "") String of,
            HttpServletResponse response)
            throws IOException {
        Seen seen = seen(Rendering.caller(), chain, of);
        String name = seen.of().map(Entry::title).orElse("Kerege");
        rendering.file(response, "layer.json", seen.matrix().layer(name));
    }

    /// @param of whose techniques are counted, if they are of one object alone
    private record Seen(Matrix matrix, List<String> chains, Optional<Entry> of) {}

    private Seen seen(Caller caller, String asked, String of) {
        Reader reader = objects.reader(caller, Channel.WEB);
        List<Entry> techniques = all(reader, "attack-pattern", MOST_TECHNIQUES);
        techniques = techniques.stream().filter(technique -> !technique.isRevoked()).toList();
        List<String> chains = Matrix.chains(techniques);
        String chain = chains.contains(asked) || chains.isEmpty() ? asked : chains.getFirst();
        Optional<Entry> user = of.isEmpty() ? Optional.empty() : Entry.newest(objects, reader, of);
        Set<String> ids = techniques.stream().map(Entry::id).collect(Collectors.toSet());
        Map<String, Long> counts =
                of.isEmpty()
                        ? objects.mentions(reader, ids)
                        : user.map(entry -> usedBy(reader, entry, ids)).orElse(Map.of());
        Matrix matrix =
                Matrix.of(
                        chain,
                        techniques,
                        all(reader, "x-mitre-tactic", MOST_TACTICS),
                        all(reader, "x-mitre-matrix", MOST_TACTICS),
                        technique -> counts.getOrDefault(technique.id(), 0L));
        giving.record(caller, matrix.told());
        giving.record(caller, user.stream().toList());
        return new Seen(matrix, chains, user);
    }

    /// What an object is related to or names, as one mention each.
    private Map<String, Long> usedBy(Reader reader, Entry user, Set<String> techniques) {
        Map<String, Long> counts = new HashMap<>();
        List<Entry> relationships =
                objects
                        .referring(reader, List.of(user.id()), "relationship", GraphPages.MOST)
                        .stream()
                        .map(Entry::of)
                        .toList();
        for (Entry relationship : relationships) {
            Link.of(relationship).stream()
                    .map(link -> link.other(user.id()))
                    .filter(techniques::contains)
                    .forEach(technique -> counts.merge(technique, 1L, Long::sum));
        }
        Link.references(user).stream()
                .map(Link::to)
                .filter(techniques::contains)
                .forEach(technique -> counts.merge(technique, 1L, Long::sum));
        return counts;
    }

    private List<Entry> all(Reader reader, String type, int most) {
        SearchQuery query = SearchQuery.of("", List.of(type), List.of(), List.of(), "");
        return objects.find(reader, query, Long.MAX_VALUE, most).stream().map(Entry::of).toList();
    }
}
