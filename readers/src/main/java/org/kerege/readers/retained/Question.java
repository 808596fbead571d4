package org.kerege.readers.retained;

import java.util.List;
import java.util.function.LongPredicate;

/// What retained events are asked for: those that may satisfy one of the branches. More events than those may be
/// handed out, never fewer; whoever asks tests them exactly.
public record Question(List<Branch> branches) {

    public Question {
        branches = List.copyOf(branches);
    }

    /// Conditions of which an event satisfies each; one at least.
    public record Branch(List<Condition> conditions) {
        public Branch {
            conditions = List.copyOf(conditions);
        }
    }

    /// Look-ups of which an event satisfies one.
    public record Condition(List<Lookup> lookups) {
        public Condition {
            lookups = List.copyOf(lookups);
        }
    }

    /// A question about the values of one property, on whatever object and level it stands.
    public sealed interface Lookup {

        /// The property's own name.
        String property();

        /// The value is this text, character by character.
        record Text(String property, String text) implements Lookup {}

        /// The value is this number.
        record Whole(String property, long number) implements Lookup {}

        /// The value is an IPv4 address from the first to the last, or another address or network of which `others` says
        /// so.
        ///
        /// @param first as a number without a sign
        /// @param last of the range, inclusive
        record Addresses(String property, long first, long last, TextTest others)
                implements Lookup {}

        /// The value is a text of which `test` says so.
        record Texts(String property, TextTest test) implements Lookup {}

        /// The value is a whole number of which `test` says so.
        record Wholes(String property, LongPredicate test) implements Lookup {}

        /// There is a value.
        record Present(String property) implements Lookup {}
    }

    /// Whether a text may be one that is looked for. Asked once for each different text of a segment.
    @FunctionalInterface
    public interface TextTest {

        /// Whether this text may be one.
        ///
        /// @param text holds it from its first character on
        /// @param length how many characters it has
        boolean mayBe(char[] text, int length);
    }
}
