package org.kerege.node.desk;

import java.util.ArrayList;
import java.util.List;

/// An object and its neighbours as a picture: the object in the middle, the others on rings around it.
///
/// @param nodes neighbours, in order round the rings
/// @param height of the picture in its own units; few neighbours need less
public record Graph(Entry centre, List<Node> nodes, int height) {

    /// Size of the picture in its own units.
    public static final int WIDTH = 900;

    private static final int ON_A_RING = 24;
    private static final int LONGEST_LABEL = 26;

    /// A neighbour.
    ///
    /// @param label how it is related, in the standard's words
    /// @param outward whether the relation leads from the middle to it
    /// @param below whether it lies below the middle
    public record Node(Entry entry, String label, boolean outward, int x, int y, boolean below) {

        /// The name, short enough for the picture.
        public String shortTitle() {
            String title = entry.title().replace('\n', ' ');
            return title.length() <= LONGEST_LABEL
                    ? title
                    : title.substring(0, title.offsetByCodePoints(0, LONGEST_LABEL - 1)) + "…";
        }

        /// Where the name stands so that it leads away from the middle.
        public String anchor() {
            return x > WIDTH / 2 + 60 ? "start" : x < WIDTH / 2 - 60 ? "end" : "middle";
        }

        public int labelX() {
            return anchor().equals("start") ? x + 14 : anchor().equals("end") ? x - 14 : x;
        }

        public int labelY() {
            return anchor().equals("middle") ? (below ? y + 26 : y - 16) : y + 4;
        }
    }

    /// A neighbour without its place in the picture.
    record Related(Entry entry, String label, boolean outward) {}

    static Graph around(Entry centre, List<Related> related) {
        int rings = (related.size() + ON_A_RING - 1) / ON_A_RING;
        int height = related.size() <= 3 ? 240 : related.size() <= 8 ? 380 : 560;
        List<Node> nodes = new ArrayList<>(related.size());
        for (int i = 0; i < related.size(); i++) {
            int ring = i / ON_A_RING;
            int onRing = Math.min(ON_A_RING, related.size() - ring * ON_A_RING);
            double angle = 2 * Math.PI * (i % ON_A_RING + ring * 0.5) / onRing - Math.PI / 2;
            double reach = (ring + 1.0) / rings;
            double down = reach * (height / 2.0 - 50) * Math.sin(angle);
            nodes.add(
                    new Node(
                            related.get(i).entry(),
                            related.get(i).label(),
                            related.get(i).outward(),
                            (int) Math.round(WIDTH / 2.0 + reach * 260 * Math.cos(angle)),
                            (int) Math.round(height / 2.0 + down),
                            down > 0));
        }
        return new Graph(centre, nodes, height);
    }
}
