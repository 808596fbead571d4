/// STIX 2.1 objects: read, hold, validate, write. Start at [StixObject] for one object.
@NullMarked
package org.kerege.stix;

import org.jspecify.annotations.NullMarked;
