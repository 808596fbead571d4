package org.kerege.readers;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kerege.readers.FieldValues.Kind;
import org.kerege.stix.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes events of the fields of a line: finds the mapping, has the [Sieve] look, and builds what may matter. The mapping
/// of a kind is looked up once: a kind is what stands in the fields that mappings' conditions ask. For one thread.
final class EventMapper {

    private static final String[] HOST = {
        "Hostname", "host.name", "winlog.computer_name", "Computer", "@system", "sensor"
    };

    /// Kinds that are remembered; beyond them each event is asked anew.
    private static final int REMEMBERED = 10_000;

    /// Longest value by which a kind is remembered, in bytes.
    private static final int MAX_KIND_BYTES = 2_000;

    /// What is known of a kind.
    private record Plan(@Nullable Mapping mapping, @Nullable Glance glance) {}

    /// What a slot says about the kind.
    private enum Says {
        NOTHING,
        THAT_IT_IS_THERE,
        ITS_VALUE
    }

    private final Mappings mappings;
    private final @Nullable Sieve sieve;
    private final FieldValues values;
    private final Says[] says;
    private final Map<Key, Plan> plans = new HashMap<>();
    private final Map<Mapping, Plan> byMapping = new HashMap<>();
    private final Key key = new Key();

    EventMapper(Mappings mappings, @Nullable Sieve sieve) {
        this.mappings = mappings;
        this.sieve = sieve;
        java.util.Set<String> fields = mappings.fields();
        fields.addAll(java.util.List.of(HOST));
        FieldTree tree = new FieldTree(fields);
        this.values = new FieldValues(tree);
        this.says = new Says[tree.size()];
        Arrays.fill(says, Says.NOTHING);
        mappings.conditions()
                .forEach(condition -> {
                    for (String field : Mapping.alternatives(condition.field())) {
                        for (int slot : tree.lists(field)) {
                            says[slot] = Says.ITS_VALUE;
                        }
                    }
                    for (int[] places :
                            tree.alternatives(Mapping.alternatives(condition.field()))) {
                        for (int slot : places) {
                            if (condition.value() != null) {
                                says[slot] = Says.ITS_VALUE;
                            } else if (says[slot] == Says.NOTHING) {
                                says[slot] = Says.THAT_IT_IS_THERE;
                            }
                        }
                    }
                });
    }

    /// The fields of the line at hand, to be filled by who reads it.
    FieldValues values() {
        return values;
    }

    /// Tells the event of which [#values()] has the fields.
    void tell(long line, LogReader.Listener listener) {
        try {
            Plan plan = plan();
            if (plan.mapping() == null) {
                listener.unmapped(line);
            } else if (plan.glance() != null && !plan.glance().mayMatter(values)) {
                listener.passedOver(line);
            } else {
                listener.event(event(plan.mapping(), line));
            }
        } catch (JacksonException | ArithmeticException | NumberFormatException e) {
            listener.unread(line, "no JSON: " + Json.reason(e));
        }
    }

    private Event event(Mapping mapping, long line) {
        ObjectNode event = values.event();
        Instant time = null;
        for (String field : mapping.time()) {
            time = EventTime.read(Fields.find(event, new String[] {field}));
            if (time != null) {
                break;
            }
        }
        JsonNode host = Fields.find(event, HOST);
        return new Event(
                line,
                time,
                host == null ? null : host.asString(""),
                mapping.name(),
                mapping.observe(event));
    }

    private Plan plan() {
        boolean remembers = key.read();
        Plan known = remembers ? plans.get(key) : null;
        if (known != null) {
            return known;
        }
        Optional<Mapping> mapping = mappings.of(values.event());
        Plan plan =
                mapping.isEmpty()
                        ? new Plan(null, null)
                        : byMapping.computeIfAbsent(
                                mapping.get(),
                                each ->
                                        new Plan(
                                                each,
                                                sieve == null
                                                        ? null
                                                        : new Glance(each, values.tree(), sieve)));
        if (remembers && plans.size() < REMEMBERED) {
            plans.put(key.copy(), plan);
        }
        return plan;
    }

    /// The fields that make out the kind, as bytes; filled anew for each event.
    private final class Key {

        private byte[] bytes = new byte[256];
        private int length;
        private int hash;

        /// Reads it from the values; false where a value is too long to be remembered.
        boolean read() {
            length = 0;
            for (int i = 0; i < values.presentCount(); i++) {
                int slot = values.presentAt(i);
                if (says[slot] == Says.NOTHING) {
                    continue;
                }
                Kind kind = values.kind(slot);
                put(slot);
                put(slot >> 8);
                put(kind.ordinal());
                if (says[slot] == Says.ITS_VALUE && !value(slot, kind)) {
                    return false;
                }
            }
            int code = 1;
            for (int i = 0; i < length; i++) {
                code = 31 * code + bytes[i];
            }
            hash = code;
            return true;
        }

        private boolean value(int slot, Kind kind) {
            return switch (kind) {
                case STRING, RAW, NUMBER -> {
                    int from = values.from(slot);
                    yield start(values.to(slot) - from) && bytes(from, values.to(slot));
                }
                case GIVEN -> {
                    int size = values.text(slot);
                    yield start(size) && characters(size);
                }
                // A condition may look into it by position.
                case ARRAY, JOINED -> false;
                case ABSENT, NULL, TRUE, FALSE, OBJECT -> true;
            };
        }

        private boolean start(int size) {
            put(size);
            put(size >> 8);
            return size <= MAX_KIND_BYTES;
        }

        private boolean bytes(int from, int to) {
            for (int i = from; i < to; i++) {
                put(values.bytes()[i]);
            }
            return true;
        }

        private boolean characters(int size) {
            for (int i = 0; i < size; i++) {
                put(values.characters()[i]);
                put(values.characters()[i] >> 8);
            }
            return true;
        }

        private void put(int value) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, length * 2);
            }
            bytes[length++] = (byte) value;
        }

        Key copy() {
            Key copy = new Key();
            copy.bytes = Arrays.copyOf(bytes, length);
            copy.length = length;
            copy.hash = hash;
            return copy;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that
                    && Arrays.equals(bytes, 0, length, that.bytes, 0, that.length);
        }
    }
}
