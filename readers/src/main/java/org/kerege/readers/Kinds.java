package org.kerege.readers;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.kerege.readers.FieldValues.Kind;

/// What is known of each kind of event, a kind being what stands in the fields that mappings' conditions ask. So
/// conditions are tried once a kind and not once an event. For one thread.
///
/// @param <T> what is known
final class Kinds<T> {

    /// Kinds that are remembered; beyond them each event is asked anew.
    private static final int REMEMBERED = 10_000;

    /// Longest value by which a kind is remembered, in bytes.
    private static final int MAX_VALUE_BYTES = 1_000;

    /// Bytes of a value that lead to the kind; all of them are compared there.
    private static final int LEADING = 12;

    /// What a slot says about the kind.
    private enum Says {
        NOTHING,
        THAT_IT_IS_THERE,
        ITS_VALUE
    }

    private record Entry<T>(
            int hash,
            int[] slots,
            Kind[] kinds,
            byte[][] values,
            T known,
            @Nullable Entry<T> next) {}

    private final Says[] says;
    private final FieldValues values;
    private @Nullable Entry<T>[] entries = table(256);
    private int size;
    private int[] asked = new int[16];
    private int askedCount;
    private int hash;

    Kinds(Mappings mappings, FieldValues values) {
        this.values = values;
        FieldTree tree = values.tree();
        this.says = new Says[tree.size()];
        Arrays.fill(says, Says.NOTHING);
        for (Mapping.Condition condition : mappings.conditions()) {
            for (String field : Mapping.alternatives(condition.field())) {
                for (int slot : tree.lists(field)) {
                    says[slot] = Says.ITS_VALUE;
                }
                for (int slot : tree.slots(field)) {
                    if (condition.value() != null) {
                        says[slot] = Says.ITS_VALUE;
                    } else if (says[slot] == Says.NOTHING) {
                        says[slot] = Says.THAT_IT_IS_THERE;
                    }
                }
            }
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Arrays know no type parameters.
    private static <T> @Nullable Entry<T>[] table(int size) {
        return new Entry[size];
    }

    /// What is known of the event at hand; null for nothing so far.
    @Nullable T known() {
        askedCount = 0;
        int code = 1;
        for (int i = 0; i < values.presentCount(); i++) {
            int slot = values.presentAt(i);
            if (says[slot] != Says.NOTHING) {
                if (askedCount == asked.length) {
                    asked = Arrays.copyOf(asked, askedCount * 2);
                }
                asked[askedCount++] = slot;
                code = code * 31 + slot;
                if (says[slot] == Says.ITS_VALUE) {
                    code = values.leading(slot, LEADING, code);
                }
            }
        }
        hash = code ^ (code >>> 15);
        for (Entry<T> entry = entries[hash & (entries.length - 1)];
                entry != null;
                entry = entry.next) {
            if (entry.hash == hash && isOf(entry)) {
                return entry.known;
            }
        }
        return null;
    }

    private boolean isOf(Entry<T> entry) {
        if (entry.slots.length != askedCount) {
            return false;
        }
        for (int i = 0; i < askedCount; i++) {
            int slot = asked[i];
            if (entry.slots[i] != slot
                    || entry.kinds[i] != values.kind(slot)
                    || (says[slot] == Says.ITS_VALUE && !values.is(slot, entry.values[i]))) {
                return false;
            }
        }
        return true;
    }

    /// Remembers what is known of the event at hand, after [#known()].
    void remember(T known) {
        if (size >= REMEMBERED) {
            return;
        }
        Kind[] kinds = new Kind[askedCount];
        byte[][] all = new byte[askedCount][];
        for (int i = 0; i < askedCount; i++) {
            kinds[i] = values.kind(asked[i]);
            all[i] = says[asked[i]] == Says.ITS_VALUE ? values.copy(asked[i]) : new byte[0];
            // A condition may look into a list by position.
            if (all[i].length > MAX_VALUE_BYTES || kinds[i] == Kind.ARRAY) {
                return;
            }
        }
        if (size > entries.length) {
            grow();
        }
        int place = hash & (entries.length - 1);
        entries[place] =
                new Entry<>(
                        hash, Arrays.copyOf(asked, askedCount), kinds, all, known, entries[place]);
        size++;
    }

    private void grow() {
        @Nullable Entry<T>[] old = entries;
        entries = table(old.length * 4);
        for (Entry<T> entry : old) {
            for (Entry<T> each = entry; each != null; each = each.next) {
                int place = each.hash & (entries.length - 1);
                entries[place] =
                        new Entry<>(
                                each.hash,
                                each.slots,
                                each.kinds,
                                each.values,
                                each.known,
                                entries[place]);
            }
        }
    }
}
