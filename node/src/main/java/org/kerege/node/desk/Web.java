package org.kerege.node.desk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.kerege.stix.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Objects and how they hang together, of which the browser makes a picture.
///
/// @param points the object that was asked for first, then the others, the nearer first
/// @param lines between two of them
/// @param relationships that were read on the way: what they say is in the lines
/// @param partial whether there is more than was looked at
record Web(List<Entry> points, List<Link> lines, List<Entry> relationships, boolean partial) {

    private static final int LONGEST_TITLE = 120;

    /// Everything that is told by it.
    List<Entry> told() {
        return Stream.concat(points.stream(), relationships.stream()).toList();
    }

    /// `{"points": [{"id", "title", "type"}], "lines": [[from, to, label]], "partial"}`; a line's ends are places in the
    /// list of points, from 0.
    ObjectNode json() {
        ObjectNode web = Json.mapper().createObjectNode();
        ArrayNode drawn = web.putArray("points");
        Map<String, Integer> places = new HashMap<>();
        Map<String, String> titles = new HashMap<>();
        points.forEach(point -> titles.put(point.id(), point.title()));
        for (Entry point : points) {
            places.put(point.id(), drawn.size());
            drawn.addObject()
                    .put("id", point.id())
                    .put("title", cut(point.title(titles)))
                    .put("type", point.type());
        }
        ArrayNode between = web.putArray("lines");
        for (Link line : lines) {
            between.addArray()
                    .add(places.get(line.from()))
                    .add(places.get(line.to()))
                    .add(line.label());
        }
        web.put("partial", partial);
        return web;
    }

    private static String cut(String title) {
        return title.codePointCount(0, title.length()) <= LONGEST_TITLE
                ? title
                : title.substring(0, title.offsetByCodePoints(0, LONGEST_TITLE - 1)) + "…";
    }
}
