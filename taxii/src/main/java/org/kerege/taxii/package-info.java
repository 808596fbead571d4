/// TAXII 2.1: media types, envelopes and a client that survives every server we know.
@NullMarked
package org.kerege.taxii;

import org.jspecify.annotations.NullMarked;
