package org.kerege.readers;

/// Tells by single values whether an event can matter at all, so that of the many which do not, no observation is built.
/// It may say yes for nothing but never no to what matters. For one thread.
public interface Sieve {

    /// The number by which the other questions know values of properties of this name, on whatever object; negative
    /// where none of them matters.
    int property(String name);

    /// Whether an event matters as soon as it has the property.
    boolean presence(int property);

    /// The questions from here on are about the next event.
    void start();

    /// Whether an event with this text matters, whatever else it has.
    ///
    /// @param from the first character in `text`
    /// @param to behind the last one
    boolean text(int property, char[] text, int from, int to);

    /// Whether an event with this number matters, whatever else it has.
    boolean number(int property, long number);

    /// Whether an event with all the values since [#start()] matters.
    boolean together();
}
