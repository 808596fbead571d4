package org.kerege.node.council;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.kerege.charter.rotation.Tenure;
import org.kerege.gate.Channel;
import org.kerege.node.charter.CharterView;
import org.kerege.node.desk.Shown;
import org.kerege.node.identity.Caller;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the charter's page and calendar say at an instant to one reader, newest first where it has a time.
///
/// @param inForce since when; empty while signatures of founders are missing
/// @param next the chair after this one
/// @param programme points of the present chair's programme
/// @param open proposals that are not decided
/// @param odd acts that have no effect, newest first: refused, waiting, of an unknown kind, evidence against their key
public record CharterSheet(
        String inForce,
        Chair chair,
        Chair next,
        TermPicture terms,
        List<CharterView.Member> members,
        List<Office> offices,
        List<String> programme,
        List<HeldSession> sessions,
        List<TakenDecision> decisions,
        List<OpenProposal> open,
        List<OddAct> odd) {

    /// So many of the newest sessions and decisions; `charter show` prints all.
    static final int MOST = 50;

    /// Who holds the chair.
    ///
    /// @param member empty for a vacancy
    /// @param basis of [Tenure.Basis]
    /// @param from empty where it never began
    /// @param until empty where no end is known
    /// @param fromThere the same as the clocks of the handover's zone show it
    public record Chair(
            String member,
            String basis,
            String from,
            String until,
            String fromThere,
            String untilThere) {

        static Chair of(CharterView view, Tenure tenure) {
            Instant until = tenure.until();
            Instant from = tenure.from().equals(Instant.MIN) ? null : tenure.from();
            String member = tenure.member();
            return new Chair(
                    member == null ? "" : Shown.text(member),
                    tenure.basis().name(),
                    from == null ? "" : from.toString(),
                    until == null ? "" : until.toString(),
                    from == null ? "" : there(view, from),
                    until == null ? "" : there(view, until));
        }

        private static String there(CharterView view, Instant at) {
            return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm '('VV')'", Locale.ROOT)
                    .withZone(view.zone())
                    .format(at);
        }

        public boolean isVacant() {
            return member.isEmpty();
        }
    }

    /// An office or a mandate.
    ///
    /// @param decision that gave it
    /// @param due days of reports that are not delivered
    public record Office(
            String decision,
            String title,
            String member,
            String from,
            String until,
            List<String> due) {}

    /// @param view of a charter that is founded
    /// @throws IllegalStateException when it is not
    static CharterSheet of(
            CharterView view, Instant at, Caller caller, Channel channel, CharterReaders readers) {
        List<ObjectNode> sessions = newest(view.sessions());
        List<ObjectNode> decisions = newest(view.decisions());
        List<ObjectNode> programmes = newest(view.programmes());
        List<Office> offices = offices(view, at);
        Set<String> asked = new HashSet<>();
        asked.add(view.founding());
        for (List<ObjectNode> list : List.of(sessions, decisions, programmes)) {
            list.forEach(one -> asked.add(act(one)));
        }
        decisions.forEach(one -> asked.add(one.path("proposal").asString("")));
        offices.forEach(one -> asked.add(one.decision()));
        List<ObjectNode> open =
                newest(view.proposals().stream().filter(OpenProposal::isOpen).toList());
        open.forEach(one -> asked.add(act(one)));
        Set<String> released = readers.released(caller, channel, view, asked);

        Tenure now = view.chairAt(at);
        Instant end = now.until();
        String chair = now.member() == null ? "" : now.member();
        return new CharterSheet(
                view.inForce() == null ? "" : view.inForce().toString(),
                Chair.of(view, now),
                end == null ? new Chair("", "", "", "", "", "") : Chair.of(view, view.chairAt(end)),
                TermPicture.of(view, at),
                view.members(),
                offices.stream().filter(one -> released.contains(one.decision())).toList(),
                programmes.stream()
                        .filter(one -> released.contains(act(one)))
                        .filter(one -> one.path("member").asString("").equals(chair))
                        .findFirst()
                        .map(one -> texts(one.path("points")))
                        .orElse(List.of()),
                sessions.stream()
                        .filter(one -> released.contains(act(one)))
                        .map(HeldSession::of)
                        .toList(),
                decisions.stream()
                        .filter(one ->
                                released.contains(act(one))
                                        && released.contains(one.path("proposal").asString("")))
                        .map(TakenDecision::of)
                        .toList(),
                open.stream()
                        .filter(one -> released.contains(act(one)))
                        .map(one -> OpenProposal.of(one, view))
                        .toList(),
                OddAct.of(view, caller, channel, readers));
    }

    private static List<Office> offices(CharterView view, Instant at) {
        List<Office> offices = new ArrayList<>();
        view.offices()
                .properties()
                .forEach(held ->
                        offices.add(
                                office(
                                        held.getValue().path("decision").asString(""),
                                        held.getKey(),
                                        held.getValue())));
        view.mandateReports(at)
                .properties()
                .forEach(mandate ->
                        offices.add(
                                office(
                                        mandate.getKey(),
                                        mandate.getValue().path("title").asString(""),
                                        mandate.getValue())));
        return offices;
    }

    private static Office office(String decision, String title, JsonNode held) {
        List<String> due = new ArrayList<>();
        held.path("undelivered_reports").forEach(one -> due.add(one.path("due").asString("")));
        String holder = held.path("holder").asString("");
        String member = held.path("member").asString("");
        return new Office(
                decision,
                Shown.text(title),
                Shown.text(holder.isEmpty() ? member : holder + ", " + member),
                held.path("from").asString(""),
                held.path("until").asString(""),
                due);
    }

    private static String act(ObjectNode item) {
        return item.path("act").asString("");
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(Shown.text(one.asString(""))));
        return texts;
    }

    private static List<ObjectNode> newest(List<ObjectNode> oldestFirst) {
        return oldestFirst.reversed().stream().limit(MOST).toList();
    }
}
