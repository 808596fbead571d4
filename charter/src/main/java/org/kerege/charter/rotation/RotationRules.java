package org.kerege.charter.rotation;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.kerege.charter.MalformedCharter;

/// A rule pack: by which rule the chair of a body rotates, before any decision departs from it.
///
/// @param start when the first term begins
/// @param first whose turn it is; ignored where the order is [Order.Chosen]
/// @param members as listed, at least one
public record RotationRules(
        String body,
        Handover handover,
        Order order,
        Term term,
        Instant start,
        String first,
        List<Member> members) {

    public RotationRules {
        members = List.copyOf(members);
        Set<String> ids = new HashSet<>();
        for (Member member : members) {
            if (!ids.add(member.id())) {
                throw new MalformedCharter("/members", "'" + member.id() + "' is listed twice");
            }
        }
        if (!ids.contains(first)) {
            throw new MalformedCharter("/first", "'" + first + "' is not one of the members");
        }
    }
}
