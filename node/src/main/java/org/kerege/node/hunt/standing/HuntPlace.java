package org.kerege.node.hunt.standing;

import java.util.List;
import org.kerege.node.desk.DeskPlaces;
import org.kerege.node.desk.Frame;
import org.kerege.node.gate.Gate;
import org.kerege.node.identity.Caller;
import org.kerege.node.identity.Role;

/// The way to the page of the hunt, for analysts of the node's own organisation.
final class HuntPlace implements DeskPlaces {

    private final Gate gate;

    HuntPlace(Gate gate) {
        this.gate = gate;
    }

    @Override
    public List<Frame.Place> places(Caller caller) {
        return caller.is(Role.ANALYST) && gate.isOwn(caller.organisation())
                ? List.of(new Frame.Place("/desk/hunt", "hunt"))
                : List.of();
    }
}
