package org.kerege.charter.act;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.kerege.charter.Fields;

/// Sessions: called by the chair or, where enough members asked and it did not, by one of them; with credentials,
/// agenda, presence, positions and record, until a closing act fixes what belonged to it.
final class Sessions {

    private final AllianceState state;
    private final Entitlement entitled;

    Sessions(AllianceState state, Entitlement entitled) {
        this.state = state;
        this.entitled = entitled;
    }

    void request(Act act, Fields content, Party party, Instant at) {
        entitled.requireVote(party);
        String supported = content.optionalText("request");
        SessionRequest request =
                supported == null
                        ? new SessionRequest(act.digest(), content.text("title"))
                        : requested(supported);
        request.by.putIfAbsent(party.member(), at);
        state.sessionRequests.put(request.digest, request);
    }

    private SessionRequest requested(String digest) {
        SessionRequest request = state.sessionRequests.get(digest);
        if (request == null) {
            throw Refusal.malformed("nobody asked for such a session");
        }
        if (request.session != null) {
            throw Refusal.malformed("the session that was asked for is convened");
        }
        return request;
    }

    void convene(Act act, Fields content, Party party, Instant at) {
        content.text("title");
        String asked = content.optionalText("request");
        SessionRequest request = asked == null ? null : requested(asked);
        String host = null;
        if (request == null) {
            entitled.requireChair(party, at);
        } else if (!entitled.chairs(party.member(), at)) {
            requireItsTurn(request, party, at);
            host = party.member();
        }
        Session session = new Session(act.digest(), act.content(), at, host);
        session.followUp = FollowUpReport.overdue(state, at);
        if (request != null) {
            request.session = act.digest();
        }
        state.sessions.put(act.digest(), session);
    }

    private void requireItsTurn(SessionRequest request, Party party, Instant at) {
        if (!request.by.containsKey(party.member())) {
            throw Refusal.notEntitled(party.member() + " did not ask for this session");
        }
        Instant complete = request.complete(state.extraordinaryMembers);
        if (complete == null) {
            throw Refusal.notEntitled(
                    request.by.size()
                            + " asked for this session, "
                            + state.extraordinaryMembers
                            + " are needed");
        }
        Instant from = complete.plus(state.extraordinaryWait);
        if (at.isBefore(from)) {
            throw Refusal.notEntitled("the chair may convene this session itself until " + from);
        }
    }

    /// A session that is still open.
    Session open(Fields content) {
        Session session = state.sessions.get(content.text("session"));
        if (session == null) {
            throw Refusal.malformed("there is no such session");
        }
        if (session.closedBy != null) {
            throw Refusal.notEntitled("the session is closed by act " + session.closedBy);
        }
        return session;
    }

    /// The open session that an act is about, where its author leads it: the chair, an office for it, or the member that
    /// convened it because the chair did not.
    private Session led(Act act, Fields content, Party party, Instant at) {
        Session session = open(content);
        if (!isHost(session, party)) {
            entitled.requireChairOrOffice(party, act.kind(), at);
        }
        return session;
    }

    boolean isHost(Session session, Party party) {
        return party.mandate() == null
                && party.member().equals(session.host)
                && entitled.hasVote(party.member());
    }

    void credentials(Act act, Fields content, Party party) {
        Session session = open(content);
        session.credentials.put(party.member(), Content.instant(content, "until"));
        session.acts.add(act.digest());
    }

    void agenda(Act act, Fields content, Party party, Instant at) {
        Session session = led(act, content, party, at);
        content.items("items", Content.MAX_ITEMS);
        session.agenda = act.content().path("items");
        session.acts.add(act.digest());
    }

    void presence(Act act, Fields content, Party party, Instant at) {
        Session session = led(act, content, party, at);
        Set<String> present = names(content, "present", state.members::containsKey, "a member");
        Set<String> absent = names(content, "absent", state.members::containsKey, "a member");
        Set<String> observers =
                names(
                        content,
                        "observers",
                        name -> state.observers.contains(name) || state.partners.contains(name),
                        "an observer or partner");
        Set<String> both = new HashSet<>(present);
        both.retainAll(absent);
        if (!both.isEmpty()) {
            throw Refusal.malformed(both + " cannot be both present and absent");
        }
        replace(session.present, present);
        replace(session.absent, absent);
        replace(session.observers, observers);
        session.acts.add(act.digest());
    }

    private static void replace(Set<String> old, Set<String> now) {
        old.clear();
        old.addAll(now);
    }

    private static Set<String> names(
            Fields content, String property, Predicate<String> known, String what) {
        Set<String> names = new HashSet<>();
        for (Fields.Item item : content.items(property, Content.MAX_ITEMS)) {
            String id = item.value().asString("");
            if (!known.test(id)) {
                throw Refusal.malformed(item.pointer() + ": '" + id + "' is not " + what);
            }
            names.add(id);
        }
        return names;
    }

    void position(Act act, Fields content, Party party) {
        Session session = open(content);
        content.text("text");
        session.positions.add(
                act.content().deepCopy().put("act", act.digest()).put("member", party.member()));
        session.acts.add(act.digest());
    }

    void minutes(Act act, Fields content, Party party, Instant at) {
        Session session = led(act, content, party, at);
        content.text("text");
        session.minutes = act.content().deepCopy().put("act", act.digest());
        session.acts.add(act.digest());
    }

    /// Closes a session. The act lists what belongs to it; it may neither leave out what took effect in it nor list what
    /// did not.
    void close(Act act, Fields content, Party party, Instant at) {
        Session session = led(act, content, party, at);
        Set<String> listed = new HashSet<>();
        for (Fields.Item item : content.items("acts", Content.MAX_ITEMS)) {
            listed.add(item.value().asString(""));
        }
        for (String one : session.acts) {
            if (!listed.remove(one)) {
                throw Refusal.malformed("the closing act leaves out act " + one);
            }
        }
        if (!listed.isEmpty()) {
            throw Refusal.malformed("the closing act lists what is no act of the session");
        }
        session.closedBy = act.digest();
    }
}
