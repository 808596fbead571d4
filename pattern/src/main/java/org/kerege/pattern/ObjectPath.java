package org.kerege.pattern;

import java.util.List;

/// Where in an object a value is, `type:key.key[*]`. A step through a property that ends in `_ref`, or through
/// an element of one that ends in `_refs`, goes on in the object referred to. Source: STIX 2.1 §9.7.
///
/// @param type object type, such as `network-traffic`
/// @param steps one or more, the first one a [Key]
public record ObjectPath(String type, List<Step> steps) {

    public ObjectPath {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || !(steps.getFirst() instanceof Key)) {
            throw new IllegalArgumentException("an object path starts with a property name");
        }
    }

    /// One step of a path.
    public sealed interface Step {}

    /// A property of an object or a key of a dictionary; without the quotes and escapes of the text.
    public record Key(String name) implements Step {}

    /// An element of a list.
    ///
    /// @param position from 0
    public record Index(long position) implements Step {}

    /// Any element of a list, `[*]`.
    public record AnyIndex() implements Step {}
}
