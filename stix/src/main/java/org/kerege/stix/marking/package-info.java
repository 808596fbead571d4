/// Markings on objects and on parts of them. Start at [Tlp] for the Traffic Light Protocol, at [Selector] for
/// markings that cover a part of an object.
@NullMarked
package org.kerege.stix.marking;

import org.jspecify.annotations.NullMarked;
