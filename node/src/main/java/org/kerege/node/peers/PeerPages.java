package org.kerege.node.peers;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kerege.node.agreement.Agreements;
import org.kerege.node.desk.DeskPages;
import org.kerege.node.desk.DeskPlaces;
import org.kerege.node.desk.Frame;
import org.kerege.node.desk.Rendering;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Callers;
import org.kerege.node.identity.Role;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/// Who this node exchanges with, how that is doing, and who owes an answer to a recall: for people of its own
/// organisation. To others the page is not there.
@Controller
@DeskPages
final class PeerPages implements DeskPlaces {

    private static final String PAGE = "/desk/peers";
    private static final Set<Role> READERS =
            Set.of(Role.ADMINISTRATOR, Role.AUDITOR, Role.RELEASER, Role.ANALYST, Role.PUBLISHER);

    private final Agreements agreements;
    private final PeerStates states;
    private final Recalls recalls;
    private final Gate gate;
    private final Rendering rendering;
    private final Clock clock;

    PeerPages(
            Agreements agreements,
            PeerStates states,
            Recalls recalls,
            Gate gate,
            Rendering rendering,
            Clock clock) {
        this.agreements = agreements;
        this.states = states;
        this.recalls = recalls;
        this.gate = gate;
        this.rendering = rendering;
        this.clock = clock;
    }

    @Override
    public List<Frame.Place> places(Caller caller) {
        return mayRead(caller) ? List.of(new Frame.Place(PAGE, "peers")) : List.of();
    }

    private boolean mayRead(Caller caller) {
        return gate.isOwn(caller.organisation()) && READERS.stream().anyMatch(caller::is);
    }

    @GetMapping(PAGE)
    @Callers({Role.ADMINISTRATOR, Role.AUDITOR, Role.RELEASER, Role.ANALYST, Role.PUBLISHER})
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!mayRead(Rendering.caller())) {
            rendering.page(request, response, 404, "missing", Map.of());
            return;
        }
        Instant now = clock.instant();
        rendering.page(
                request,
                response,
                200,
                "peers",
                Map.of(
                        "peers",
                        agreements.all().stream()
                                .map(one -> PeerSheet.of(one, states, now))
                                .toList(),
                        "recalls",
                        recalls.sheets()));
    }
}
