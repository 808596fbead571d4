package org.kerege.node.council;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.kerege.charter.rotation.Tenure;
import org.kerege.node.charter.CharterView;
import org.kerege.node.desk.Shown;

/// The terms of the chair around an instant, as bars on a line of time: up to two that are over, the running one, and up
/// to five to come.
///
/// @param terms oldest first; none before the rotation has begun
/// @param now place of the instant on the line, in the picture's units
public record TermPicture(List<Term> terms, int now) {

    /// Size of the picture in its own units.
    public static final int WIDTH = 900;

    public static final int HEIGHT = 90;

    private static final Duration BACK = Duration.ofDays(1_100);
    private static final Duration AHEAD = Duration.ofDays(2_200);
    private static final int LETTER = 8;

    /// A term.
    ///
    /// @param member empty for a vacancy
    /// @param until empty where no end is known
    /// @param basis of [Tenure.Basis]
    /// @param x left end of the bar
    public record Term(
            String member,
            String from,
            String until,
            String basis,
            boolean running,
            int x,
            int width) {

        public boolean isVacant() {
            return member.isEmpty();
        }

        /// As much of the name as fits under the bar.
        public String label() {
            int letters = width / LETTER;
            return member.length() <= letters
                    ? member
                    : letters < 3 ? "" : member.substring(0, letters - 1) + "…";
        }
    }

    static TermPicture of(CharterView view, Instant at) {
        List<Tenure> all = around(view, at);
        if (all.isEmpty()) {
            return new TermPicture(List.of(), 0);
        }
        Instant start = all.getFirst().from();
        Instant end = end(all.getLast(), at);
        List<Term> terms = new ArrayList<>();
        for (Tenure tenure : all) {
            int x = place(tenure.from(), start, end);
            String member = tenure.member();
            terms.add(
                    new Term(
                            member == null ? "" : Shown.text(member),
                            tenure.from().toString(),
                            tenure.until() == null ? "" : tenure.until().toString(),
                            tenure.basis().name(),
                            isRunning(tenure, at),
                            x,
                            Math.max(1, place(end(tenure, at), start, end) - x - 2)));
        }
        return new TermPicture(terms, Math.clamp(place(at, start, end), 0, WIDTH));
    }

    /// The tenures that the picture and the calendar show, without the time before the first.
    static List<Tenure> around(CharterView view, Instant at) {
        List<Tenure> all =
                view.terms(at.minus(BACK), at.plus(AHEAD)).stream()
                        .filter(tenure -> tenure.basis() != Tenure.Basis.NOT_BEGUN)
                        .toList();
        int running = 0;
        while (running < all.size() && !isRunning(all.get(running), at)) {
            running++;
        }
        int middle = running == all.size() ? 0 : running;
        return all.subList(Math.max(0, middle - 2), Math.min(all.size(), middle + 6));
    }

    private static boolean isRunning(Tenure tenure, Instant at) {
        Instant until = tenure.until();
        return !at.isBefore(tenure.from()) && (until == null || at.isBefore(until));
    }

    /// A term without an end is drawn a year beyond now.
    private static Instant end(Tenure tenure, Instant at) {
        Instant until = tenure.until();
        if (until != null) {
            return until;
        }
        return (tenure.from().isAfter(at) ? tenure.from() : at).plus(Duration.ofDays(365));
    }

    private static int place(Instant at, Instant start, Instant end) {
        long whole = Math.max(1, Duration.between(start, end).toSeconds());
        return (int) (Duration.between(start, at).toSeconds() * WIDTH / whole);
    }
}
