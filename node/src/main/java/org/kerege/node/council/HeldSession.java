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
public record HeldSession(
        String act,
        String title,
        String place,
        String starts,
        String ends,
        List<String> agenda,
        List<String> credentials,
        List<String> present,
        List<String> absent) {

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
                texts(session.path("absent")));
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
