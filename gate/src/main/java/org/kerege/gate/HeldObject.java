package org.kerege.gate;

import org.kerege.stix.StixObject;

/// An object that is held, and where the gate placed it.
///
/// @param collection rules of the collection it is in
public record HeldObject(StixObject object, Placement placement, CollectionRules collection) {}
