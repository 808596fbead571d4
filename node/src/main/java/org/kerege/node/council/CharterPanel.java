package org.kerege.node.council;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kerege.charter.rotation.Tenure;
import org.kerege.node.charter.Charter;
import org.kerege.node.charter.CharterView;
import org.kerege.node.desk.DeskPlaces;
import org.kerege.node.desk.Frame;
import org.kerege.node.desk.HomePanel;
import org.kerege.node.desk.Shown;
import org.kerege.node.desk.Words;
import org.kerege.node.identity.Caller;

/// Who chairs and until when, on the home page; and the way to the rest.
final class CharterPanel implements HomePanel, DeskPlaces {

    private static final String PAGE = "/desk/charter";

    private final Charter charter;
    private final CharterReaders readers;
    private final Clock clock;

    CharterPanel(Charter charter, CharterReaders readers, Clock clock) {
        this.charter = charter;
        this.readers = readers;
        this.clock = clock;
    }

    @Override
    public List<Frame.Place> places(Caller caller) {
        return readers.mayRead(caller, charter.view())
                ? List.of(new Frame.Place(PAGE, "charter"))
                : List.of();
    }

    @Override
    public Optional<Content> content(Caller caller, Words words) {
        CharterView view = charter.view();
        if (view == null || !view.isFounded() || !readers.mayRead(caller, view)) {
            return Optional.empty();
        }
        Tenure now = view.chairAt(clock.instant());
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(holder(now, words), PAGE));
        Instant end = now.until();
        if (end != null) {
            lines.add(new Line(words.of("charter.until", Shown.time(end.toString())), null));
            lines.add(
                    new Line(
                            words.of("charter.next") + ": " + holder(view.chairAt(end), words),
                            null));
        }
        return Optional.of(new Content(words.of("charter.chair"), lines));
    }

    private static String holder(Tenure tenure, Words words) {
        String member = tenure.member();
        return member == null ? words.of("charter.vacant") : Shown.text(member);
    }
}
