package org.kerege.node.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kerege.stix.Json;
import tools.jackson.databind.node.ObjectNode;

/// Text of the worst kind in every property that a page shows: it is seen as what it is, and does nothing.
@ExtendWith(DeskNode.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileTextTest {

    private static final String SCRIPT =
            "</script><script>window.taken=1</script><svg onload=alert(1)>'\"><a href=javascript:alert(1)>&lt;${7*7}@raw`";
    private static final String UNSEEN = "a\u202eb\u2066c\u200bd\ufeffe\u3164f\u0007g\u2028h";
    private static final String LONG = "9".repeat(100_000);

    private final DeskNode desk;
    private final List<String> ids = new ArrayList<>();
    private final HttpClient anna;

    HostileTextTest(DeskNode desk) {
        this.desk = desk;
        this.anna = desk.signedInOnce("anna");
    }

    @BeforeAll
    void admit() {
        for (String text : List.of(SCRIPT, UNSEEN, LONG)) {
            admit("identity", text, "name", "description", "contact_information", "sectors.");
            admit("malware", text, "name", "description", "aliases.", "labels.");
            admit("tool", text, "name", "description", "tool_version");
            admit("note", text, "content", "abstract", "authors.");
            admit("report", text, "name", "description");
            admit("indicator", text, "name", "description");
        }
    }

    private void admit(String type, String text, String... properties) {
        String id = type + "--" + UUID.randomUUID();
        ObjectNode json = Json.mapper().createObjectNode();
        json.put("type", type).put("spec_version", "2.1").put("id", id);
        json.put("created", "2026-01-01T00:00:00.000Z").put("modified", "2026-01-01T00:00:00.000Z");
        json.putArray("object_marking_refs").add(DeskNode.GREEN);
        switch (type) {
            case "malware" -> json.put("is_family", false);
            case "identity" -> json.put("identity_class", "organization");
            case "note" -> json.putArray("object_refs").add(DeskNode.MALWARE);
            case "report" -> {
                json.put("published", "2026-01-01T00:00:00Z");
                json.putArray("object_refs").add(DeskNode.MALWARE);
            }
            case "indicator" -> {
                json.put("pattern", "rule \n" + text).put("pattern_type", "yara");
                json.put("valid_from", "2026-01-01T00:00:00Z");
            }
            default -> {
                // It needs no more than a name.
            }
        }
        for (String property : properties) {
            if (property.endsWith(".")) {
                json.putArray(property.substring(0, property.length() - 1)).add(text);
            } else {
                json.put(property, text);
            }
        }
        json.putArray("external_references")
                .addObject()
                .put("source_name", text)
                .put("description", text);
        desk.admit(json.toString());
        ids.add(id);
    }

    private List<String> pages() {
        List<String> pages = new ArrayList<>();
        ids.forEach(id -> pages.add("/desk/object/" + id));
        pages.add("/desk/object/" + DeskNode.MALWARE);
        pages.add("/desk/exchange");
        pages.add("/desk/exchange?q=" + DeskNode.encoded(SCRIPT));
        pages.add("/desk/exchange?type=" + DeskNode.encoded(SCRIPT));
        pages.add("/desk/exchange?source=" + DeskNode.encoded(SCRIPT + UNSEEN));
        pages.add("/desk/suggestions?q=taken");
        pages.add("/desk/object/" + DeskNode.encoded("malware--" + UNSEEN));
        pages.add("/welcome?invitation=" + DeskNode.encoded(SCRIPT));
        pages.add("/");
        return pages;
    }

    @Test
    void is_shown_and_does_nothing() {
        for (String page : pages()) {
            String html = desk.get(anna, page).body();
            assertThat(html)
                    .as(page)
                    .doesNotContain("<script>window", "<svg onload", "<a href=javascript", "'\"><a")
                    .doesNotContain(
                            "\u202e", "\u2066", "\u200b", "\ufeff", "\u3164", "\u0007", "\u2028");
        }
        assertThat(desk.get(anna, "/desk/object/" + ids.get(1)).body())
                .contains("&lt;script&gt;window.taken=1&lt;/script&gt;", "${7*7}");
        assertThat(desk.get(anna, "/desk/object/" + ids.get(7)).body())
                .contains("a⟦U+202E⟧b⟦U+2066⟧c⟦U+200B⟧d⟦U+FEFF⟧e⟦U+3164⟧f⟦U+0007⟧g⟦U+2028⟧h");
    }

    @Test
    void makes_no_page_larger_than_150_kilobytes() {
        for (String page : pages()) {
            assertThat(desk.get(anna, page).body().length()).as(page).isLessThan(150_000);
        }
    }
}
