package org.kerege.node.foreign;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.StixId;
import org.kerege.stix.StixObject;
import tools.jackson.databind.JsonNode;

/// Events of MISP, one or several in a document, with the attributes of their objects. An attribute that is for
/// detection becomes an indicator, another one an observable. Source: draft-dulaunoy-misp-core-format §2.
final class MispEvents {

    /// Distributions that name everyone of the server, or more; any other is kept to the source.
    private static final int COMMUNITY = 1;

    private static final int ALL = 3;
    private static final int INHERIT = 5;

    private final String file;
    private final Instant at;
    private final Defaults defaults;
    private final Conversion into;
    private final @Nullable Set<String> hashes;
    private int attributes;

    /// @param file name of the document, for people
    /// @param at time of events that do not say theirs
    /// @param hashes MD5 of each value that the feed of the document says it has; null where it says none
    MispEvents(
            String file,
            Instant at,
            Defaults defaults,
            Conversion into,
            @Nullable Set<String> hashes) {
        this.hashes = hashes;
        this.file = file;
        this.at = at;
        this.defaults = defaults;
        this.into = into;
    }

    /// @throws IllegalArgumentException when there is no event in the document
    void read(JsonNode document) {
        JsonNode response = document.has("response") ? document.get("response") : document;
        if (response.isArray()) {
            response.forEach(this::event);
        } else {
            event(response);
        }
    }

    private void event(JsonNode wrapped) {
        JsonNode event = wrapped.has("Event") ? wrapped.get("Event") : wrapped;
        if (!event.isObject() || (!event.has("info") && !event.has("Attribute"))) {
            throw new IllegalArgumentException(file + ": there is no MISP event in it");
        }
        Context context =
                new Context(
                        source(event),
                        event.path("uuid").asString(""),
                        day(event.path("date").asString("")),
                        event);
        event.path("Attribute").forEach(attribute -> attribute(attribute, context, event));
        for (JsonNode object : event.path("Object")) {
            object.path("Attribute").forEach(attribute -> attribute(attribute, context, object));
        }
    }

    /// What the attributes of one event share.
    private record Context(StixObject source, String key, Instant created, JsonNode event) {}

    private void attribute(JsonNode attribute, Context context, JsonNode parent) {
        attributes++;
        String place = file + " attribute " + attributes;
        try {
            if (isTrue(attribute.path("deleted")) || isTrue(parent.path("deleted"))) {
                throw new Unconvertible("it is deleted at its source");
            }
            String type = attribute.path("type").asString("");
            if (MispTypes.namesPerson(type)) {
                into.setApart(place);
                return;
            }
            String value = attribute.path("value").asString("");
            if (hashes != null && !listed(value)) {
                throw new Unconvertible("the feed's list of hashes does not have it");
            }
            Sign sign = MispTypes.read(type, value);
            Marks marks = defaults.marks().and(marks(context.event())).and(marks(parent));
            Instant created = context.created();
            Instant changed = time(attribute.path("timestamp").asString(""));
            into.add(
                    place,
                    new Statement(
                            context.source(),
                            context.key(),
                            sign,
                            isTrue(attribute.path("to_ids")),
                            marks.and(marks(attribute)),
                            created,
                            changed == null || changed.isBefore(created) ? created : changed,
                            defaults.validFrom() == null ? created : defaults.validFrom(),
                            null,
                            context.event().path("info").asString("").strip()));
        } catch (Unconvertible e) {
            into.refuse(place, e.reason());
        }
    }

    /// Whether the feed says of a value, or of each part of one, that it has it.
    private boolean listed(String value) {
        Set<String> all = Objects.requireNonNull(hashes);
        return all.contains(MispFeed.md5(value))
                || Stream.of(value.split("\\|")).map(MispFeed::md5).allMatch(all::contains);
    }

    private static Marks marks(JsonNode tagged) throws Unconvertible {
        Marks marks = Marks.NONE;
        for (JsonNode tag : tagged.path("Tag")) {
            marks = marks.and(Marks.tag(tag.path("name").asString("")));
        }
        JsonNode distribution = tagged.path("distribution");
        if (distribution.isMissingNode() || distribution.isNull()) {
            return marks;
        }
        int reach = distribution.asInt(-1);
        boolean open = (reach >= COMMUNITY && reach <= ALL) || reach == INHERIT;
        return open ? marks : marks.and(Marks.SOURCE_ONLY);
    }

    private StixObject source(JsonNode event) {
        StixObject told = defaults.source();
        if (told != null) {
            return told;
        }
        JsonNode organisation = event.path("Orgc");
        String name = organisation.path("name").asString(event.path("orgc").asString("")).strip();
        String uuid = organisation.path("uuid").asString("").toLowerCase(Locale.ROOT);
        if (name.isEmpty()) {
            return Conversion.source(file);
        }
        return uuid.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Conversion.source(new StixId("identity", UUID.fromString(uuid)), name)
                : Conversion.source(name);
    }

    private Instant day(String date) {
        try {
            return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            return at;
        }
    }

    private static @Nullable Instant time(String seconds) {
        return seconds.matches("[1-9]\\d{0,10}")
                ? Instant.ofEpochSecond(Long.parseLong(seconds))
                : null;
    }

    private static boolean isTrue(JsonNode flag) {
        return flag.asString("").equals("1") || flag.asBoolean(false);
    }
}
