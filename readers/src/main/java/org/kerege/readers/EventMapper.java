package org.kerege.readers;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kerege.stix.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes events of the fields of a line: finds the mapping, has the [Sieve] look, and builds what may matter. A line is
/// first read for the few fields that say so, and once more for all fields where it is to be built. For one thread.
final class EventMapper {

    private static final String[] HOST = {
        "Hostname", "host.name", "winlog.computer_name", "Computer", "@system", "sensor"
    };

    /// Reads the line at hand into values of whichever fields.
    @FunctionalInterface
    interface Line {
        void into(FieldValues values);
    }

    /// What is known of a kind.
    private record Plan(@Nullable Mapping mapping, @Nullable Glance glance) {}

    private final Mappings mappings;
    private final @Nullable Sieve sieve;
    private final FieldValues first;
    private final FieldValues all;
    private final Kinds<Plan> kinds;
    private final Map<Mapping, Plan> plans = new HashMap<>();

    EventMapper(Mappings mappings, @Nullable Sieve sieve) {
        this.mappings = mappings;
        this.sieve = sieve;
        Set<String> fields = mappings.fields();
        fields.addAll(List.of(HOST));
        this.all = new FieldValues(new FieldTree(fields));
        this.first =
                sieve == null
                        ? all
                        : new FieldValues(new FieldTree(Glance.fields(mappings, sieve)));
        this.kinds = new Kinds<>(mappings, first);
    }

    /// The fields that are to be read of each line.
    FieldValues first() {
        return first;
    }

    /// Tells the event of which [#first()] has the fields.
    ///
    /// @param again reads the same line for other fields
    /// @param text of the line
    void tell(long number, Line again, Supplier<String> text, LogReader.Listener listener) {
        try {
            Plan plan = kinds.known();
            if (plan == null) {
                plan = plan(again);
                kinds.remember(plan);
            }
            if (plan.mapping() == null) {
                listener.unmapped(number);
            } else if (plan.glance() != null && !plan.glance().mayMatter(first)) {
                listener.passedOver(number);
            } else {
                listener.event(event(plan.mapping(), number, again), text);
            }
        } catch (JacksonException | ArithmeticException | NumberFormatException e) {
            listener.unread(number, "no JSON: " + Json.reason(e));
        }
    }

    private Plan plan(Line again) {
        return mappings.of(whole(again))
                .map(mapping -> plans.computeIfAbsent(mapping, this::plan))
                .orElseGet(() -> new Plan(null, null));
    }

    private Plan plan(Mapping mapping) {
        return new Plan(mapping, sieve == null ? null : new Glance(mapping, first.tree(), sieve));
    }

    private ObjectNode whole(Line again) {
        if (first != all) {
            again.into(all);
        }
        return all.event();
    }

    private Event event(Mapping mapping, long number, Line again) {
        ObjectNode event = whole(again);
        Instant time = null;
        for (String field : mapping.time()) {
            time = EventTime.read(Fields.find(event, new String[] {field}));
            if (time != null) {
                break;
            }
        }
        JsonNode host = Fields.find(event, HOST);
        return new Event(
                number,
                time,
                host == null ? null : host.asString(""),
                mapping.name(),
                mapping.observe(event));
    }
}
