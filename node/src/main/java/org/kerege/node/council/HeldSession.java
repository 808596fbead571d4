package org.kerege.node.council;

import java.util.ArrayList;
import java.util.List;
import org.kerege.node.desk.Shown;
import tools.jackson.databind.JsonNode;

/// A session with its agenda and record, as a page shows it.
///
/// @param starts as the chair wrote it; empty where it says nothing
/// @param agenda items in order
/// @param present who was there by the record; none while there is no record
/// @param observers observers and partners that were there
/// @param positions what members stated, each with who did
/// @param minutes the record's text; empty while there is none
/// @param closed whether its closing act has fixed what belongs to it
/// @param late decisions that members had not carried out in time when it was called
public record HeldSession(
        String act,
        String title,
        String place,
        String starts,
        String ends,
        List<String> agenda,
        List<String> credentials,
        List<String> present,
        List<String> absent,
        List<String> observers,
        List<Position> positions,
        String minutes,
        boolean closed,
        List<Late> late) {

    /// What a member stated.
    public record Position(String member, String text) {}

    /// A decision that members were late with.
    public record Late(String title, String due, List<String> members) {}

    static HeldSession of(JsonNode session) {
        JsonNode content = session.path("content");
        List<String> credentials = new ArrayList<>();
        session.path("credentials")
                .properties()
                .forEach(one ->
                        credentials.add(
                                Shown.text(one.getKey())
                                        + " ("
                                        + Shown.time(one.getValue().asString(""))
                                        + ")"));
        return new HeldSession(
                session.path("act").asString(""),
                text(content, "title"),
                text(content, "place"),
                text(content, "starts"),
                text(content, "ends"),
                texts(session.path("agenda")),
                credentials,
                texts(session.path("present")),
                texts(session.path("absent")),
                texts(session.path("observers")),
                positions(session.path("positions")),
                text(session.path("record"), "text"),
                session.path("closed_by").isString(),
                late(session.path("follow_up")));
    }

    private static List<Position> positions(JsonNode list) {
        List<Position> positions = new ArrayList<>();
        list.forEach(one -> positions.add(new Position(text(one, "member"), text(one, "text"))));
        return positions;
    }

    private static List<Late> late(JsonNode list) {
        List<Late> late = new ArrayList<>();
        list.forEach(one ->
                late.add(
                        new Late(
                                text(one, "title"), text(one, "due"), texts(one.path("overdue")))));
        return late;
    }

    private static String text(JsonNode from, String property) {
        return Shown.text(from.path(property).asString(""));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(Shown.text(one.asString(""))));
        return texts;
    }
}
