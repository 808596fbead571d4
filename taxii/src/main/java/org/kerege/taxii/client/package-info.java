/// A TAXII 2.1 client that survives the servers there are. Start at [TaxiiClient]; [Pull] reads a collection to its
/// end and goes on where it stopped.
@NullMarked
package org.kerege.taxii.client;

import org.jspecify.annotations.NullMarked;
