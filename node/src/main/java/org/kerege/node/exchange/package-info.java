/// Objects taken in, kept in collections and read again. The way of one object: [Intake] judges it, [Objects]
/// records it through the ledger, [ReadObjects] hands out what the gate's view allows.
@NullMarked
package org.kerege.node.exchange;

import org.jspecify.annotations.NullMarked;
